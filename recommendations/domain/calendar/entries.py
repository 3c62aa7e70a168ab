"""What is ahead: one entry for each meeting, last day and check that a person may see, each with its record.

An entry has two wordings. `words` are for the page. `outside` is what leaves this system in a calendar feed: kinds,
forces, panels and published reports by name; no word of a recommendation, a commitment, a request or a draft, no name
of a person, and nothing of an inspection that is only planned.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from recommendations.models import User
from recommendations.periods import say_days
from recommendations.permissions import May
from recommendations.sections import Pieces, Section


@dataclass(frozen=True, order=True)
class EntryKind:
    """What an entry is of. The key stands in addresses and feeds, and stays."""

    key: str
    label: str

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True)
class CalendarSpan:
    """The London days that are asked for, both included, and today."""

    first: datetime.date
    last: datetime.date
    today: datetime.date


@dataclass(frozen=True)
class CalendarEntry:
    """One thing on a London day, or on the days until `until`. `said_at` is the moment at which its record said so.

    `forces` are the keys of the forces that it is about; empty for what is about no force, or all of them.
    """

    kind: EntryKind
    pk: int
    day: datetime.date
    words: str
    outside: str
    url: str
    said_at: datetime.datetime
    until: datetime.date | None = None
    start: datetime.time | None = None
    end: datetime.time | None = None
    forces: frozenset[int] = frozenset()
    is_late: bool = False
    is_cancelled: bool = False
    note: str = ""
    is_own: bool = False  # of the person who asks (domain/ownership/mine.py)

    def is_about(self, force_id: int) -> bool:
        """Whether it concerns a force: also where it is about none by name."""
        return not self.forces or force_id in self.forces

    def shown_on(self, today: datetime.date) -> datetime.date:
        """The day under which a list shows it: what has begun and still runs stands under today."""
        return self.day if self.is_late else max(self.day, today)

    @property
    def key(self) -> tuple:
        """By what a list is sorted: the day, what has no time first, then the time."""
        return (self.day, self.start or datetime.time.min, self.kind, self.pk)


Find = Callable[[User, CalendarSpan], Iterator[CalendarEntry]]


class CalendarSource(NamedTuple):
    """Where the entries of a kind come from. Whoever holds one of the rights is asked for them."""

    kind: EntryKind
    rights: tuple[May, ...]
    find: Find


SOURCES: Pieces[CalendarSource] = Pieces("recommendations.domain.calendar")


def source(place: int, kind: EntryKind, *rights: May, section: Section | None = None) -> Callable[[Find], Find]:
    """Register a function that finds the entries of a kind. Kinds stand in the order of their places."""

    def add(find: Find) -> Find:
        SOURCES.add(place, CalendarSource(kind, rights, find), section)
        return find

    return add


def one_force(pk: int | None) -> frozenset[int]:
    """The forces of an entry with one, or none."""
    return frozenset({pk} if pk else ())


def late_words(day: datetime.date, today: datetime.date) -> str:
    """ "3 days late", for an entry whose day has passed; else nothing."""
    return f"{say_days((today - day).days)} late" if day < today else ""
