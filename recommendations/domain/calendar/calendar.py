"""One user's calendar: the kinds of entry available to them, and the entries that are coming or overdue."""

import datetime
from collections.abc import Iterable

from recommendations.domain.calendar.entries import SOURCES, CalendarEntry, CalendarSource, CalendarSpan, EntryKind
from recommendations.models import User


def _sources_for(user: User) -> list[CalendarSource]:
    return [each for each in SOURCES if any(user.has_perm(right) for right in each.rights)]


def kinds_for(user: User) -> list[EntryKind]:
    """The kinds of entry that this user can choose, in order. For a committee member: papers."""
    return [each.kind for each in _sources_for(user) if each.is_choice]


def entries_for(user: User, span: CalendarSpan, kinds: Iterable[EntryKind] | None = None) -> list[CalendarEntry]:
    """The entries of a span that this user may see, by day, and everything overdue."""
    chosen = [each for each in _sources_for(user) if kinds is None or each.kind in kinds]
    found = [entry for each in chosen for entry in each.find(user, span)]
    return sorted(found, key=lambda each: each.key)


def ahead_and_late(
    user: User,
    today: datetime.date,
    days: int,
    *,
    kind: EntryKind | None = None,
    force_id: int | None = None,
    mine: bool = False,
) -> list[CalendarEntry]:
    """The entries for a user's page: overdue ones first, then coming ones, each by day.

    With `mine` only their own (domain/ownership/mine.py).
    """
    span = CalendarSpan(today, today + datetime.timedelta(days=days), today)
    found = entries_for(user, span, [kind] if kind else None)
    if force_id:
        found = [each for each in found if each.is_about(force_id)]
    if mine:
        found = [each for each in found if each.is_own]
    return sorted(found, key=lambda each: (not each.is_late, each.list_day(today), *each.key))


BACK, AHEAD = 31, 366  # days that a feed covers, back and ahead


def feed_entries(user: User, today: datetime.date) -> list[CalendarEntry]:
    """The entries for a user's calendar feed: a month back, a year ahead, each on its own day."""
    span = CalendarSpan(today - datetime.timedelta(days=BACK), today + datetime.timedelta(days=AHEAD), today)
    return [each for each in entries_for(user, span) if (each.until or each.day) >= span.first]
