"""Calendar entries: one for each meeting, last day and check that a user may see, with its record.

An entry has two wordings. `words` is for the page. `outside` is what leaves the system in a calendar feed: kinds,
forces, panels and published reports by name; nothing from the text of a recommendation, commitment, request or draft,
no person's name, and no title of a planned inspection.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from recommendations.models import Force, FormerForceDetails, User
from recommendations.periods import say_days
from recommendations.permissions import May
from recommendations.sections import Registry, Section


@dataclass(frozen=True, order=True)
class EntryKind:
    """A kind of entry. Its key appears in addresses and feeds, so it must not change."""

    key: str
    label: str

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True)
class CalendarSpan:
    """The London days requested, inclusive, and today."""

    first: datetime.date
    last: datetime.date
    today: datetime.date

    def force_on(self, force: Force, day: datetime.date) -> Force | FormerForceDetails:
        """A force as it was called on a day. One query for the whole span, once a past day is asked for."""
        if day >= self.today:
            return force
        return next((each for each in self._former_details.get(force.pk, ()) if each.until >= day), force)

    @cached_property
    def _former_details(self) -> dict[int, list[FormerForceDetails]]:
        found = defaultdict(list)
        for each in FormerForceDetails.objects.all():
            found[each.force_id].append(each)
        return found


@dataclass(frozen=True)
class CalendarEntry:
    """An entry on a London day, or on the days until `until`. `said_at` is when its record was made.

    `forces` are the ids of the forces concerned; empty for no force or all of them.
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
    is_own: bool = False  # the user's own (domain/ownership/mine.py)

    def is_about(self, force_id: int) -> bool:
        """Whether it concerns a force. An entry without forces concerns all."""
        return not self.forces or force_id in self.forces

    def list_day(self, today: datetime.date) -> datetime.date:
        """The day under which a list shows it: today, if it has begun and is not over."""
        return self.day if self.is_late else max(self.day, today)

    @property
    def key(self) -> tuple:
        """The sort key: the day, entries without a time first, then the time."""
        return (self.day, self.start or datetime.time.min, self.kind, self.pk)


Find = Callable[[User, CalendarSpan], Iterator[CalendarEntry]]


class CalendarSource(NamedTuple):
    """A kind of entry, and the function that finds its entries for users with one of these permissions."""

    kind: EntryKind
    rights: tuple[May, ...]
    find: Find


SOURCES: Registry[CalendarSource] = Registry("recommendations.domain.calendar")


def source(place: int, kind: EntryKind, *rights: May, section: Section | None = None) -> Callable[[Find], Find]:
    """Register a function that finds the entries of a kind. Kinds are ordered by `place`."""

    def add(find: Find) -> Find:
        SOURCES.add(place, CalendarSource(kind, rights, find), section)
        return find

    return add


def one_force(pk: int | None) -> frozenset[int]:
    """The set of a single force, or the empty set."""
    return frozenset({pk} if pk else ())


def late_words(day: datetime.date, today: datetime.date) -> str:
    """ "3 days late" for an entry whose day has passed, else ""."""
    return f"{say_days((today - day).days)} late" if day < today else ""
