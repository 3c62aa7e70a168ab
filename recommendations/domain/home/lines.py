"""The first page after sign-in: what waits for a person, what is late, what changed, what is ahead.

Each number is a link to exactly the rows that it counts. What a page says follows from the person's role.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from recommendations.enums import Rag
from recommendations.periods import say_days

AHEAD = 28  # days


@dataclass(frozen=True)
class HomeLinePart:
    """Some words in the second line; a link where they count rows."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class HomeLine:
    """A number of something, as a link to it. `more` says what it consists of, `end` how long there is."""

    number: str
    words: str
    url: str
    more: tuple[HomeLinePart, ...] = ()
    end: str = ""


@dataclass(frozen=True)
class Ahead:
    """A day to come, and what it brings."""

    day: datetime.date
    words: str
    url: str
    end: str = ""

    @property
    def short(self) -> str:
        """Thu 13 Nov."""
        return date_format(self.day, "D j M")


@dataclass(frozen=True)
class Question:
    """One of the questions. `nothing` stands where there is no line, `note` beside the title."""

    key: str
    title: str
    lines: tuple = ()
    nothing: str = ""
    note: str = ""


@dataclass(frozen=True)
class Top:
    """A count in the heading: open ones, and of those each colour."""

    number: str
    words: str
    url: str
    colour: str = ""


@dataclass(frozen=True)
class FirstPage:
    """What the page shows. `clock` is the next response that has to be published: (headline, second line, address)."""

    sections: tuple[Question, ...]
    tops: tuple[Top, ...] = ()
    forces: tuple[HomeLinePart, ...] = ()
    clock: tuple[str, str, str] | None = None
    links: tuple[HomeLinePart, ...] = ()

    def section(self, key: str) -> Question:
        """The section of this name."""
        return next(each for each in self.sections if each.key == key)


COLOURS = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY)


def number_line(number: int, one: str, many: str, url: str, **rest: Any) -> HomeLine:
    """A line with the noun for its number."""
    return HomeLine(f"{number:,}", one if number == 1 else many, url, **rest)


def left(last: datetime.date, day: datetime.date) -> str:
    """How long there is until a last day: "6 days left", "last day today", "2 days late"."""
    days = (last - day).days
    if days < 0:
        return f"{say_days(-days)} late"
    return f"{say_days(days)} left" if days else "last day today"


def weekday(day: datetime.date) -> str:
    """Wednesday 19 November."""
    return date_format(day, "l j F")
