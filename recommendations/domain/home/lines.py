"""The data of the first page after sign-in: what waits for a user, what is late, what changed, what is ahead.

Each number links to exactly the rows that it counts. The contents depend on the user's role.
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
    """Some words in a line's second row, with a link if they count rows."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class HomeLine:
    """A number of items, as a link to them. `more` has details, `end` the time left."""

    number: str
    words: str
    url: str
    more: tuple[HomeLinePart, ...] = ()
    end: str = ""


@dataclass(frozen=True)
class Ahead:
    """A coming day, and what is due then."""

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
    """A section of the page. `nothing` is shown if it has no lines, `note` beside the title."""

    key: str
    title: str
    lines: tuple = ()
    nothing: str = ""
    note: str = ""


@dataclass(frozen=True)
class Top:
    """A count in the heading: open recommendations, or those of a colour."""

    number: str
    words: str
    url: str
    colour: str = ""


@dataclass(frozen=True)
class FirstPage:
    """The whole page. `clock` is the next response to be published: (headline, second line, address)."""

    sections: tuple[Question, ...]
    tops: tuple[Top, ...] = ()
    forces: tuple[HomeLinePart, ...] = ()
    clock: tuple[str, str, str] | None = None
    links: tuple[HomeLinePart, ...] = ()

    def section(self, key: str) -> Question:
        """The section with this key."""
        return next(each for each in self.sections if each.key == key)


COLOURS = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY)


def number_line(number: int, one: str, many: str, url: str, **rest: Any) -> HomeLine:
    """A line with the noun in singular or plural."""
    return HomeLine(f"{number:,}", one if number == 1 else many, url, **rest)


def time_left(last: datetime.date, day: datetime.date) -> str:
    """The time until a last day: "6 days left", "last day today", "2 days late"."""
    days = (last - day).days
    if days < 0:
        return f"{say_days(-days)} late"
    return f"{say_days(days)} left" if days else "last day today"


def weekday(day: datetime.date) -> str:
    """ "Wednesday 19 November"."""
    return date_format(day, "l j F")
