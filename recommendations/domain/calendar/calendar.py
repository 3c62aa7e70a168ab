"""The calendar of one person: which kinds there are for them, what is ahead, and what should have been done."""

import datetime
from collections.abc import Iterable

from recommendations.domain.calendar import sources as of
from recommendations.domain.calendar import sources_meetings as meetings_of
from recommendations.domain.calendar.entries import Entry, Kind, Source, Span
from recommendations.permissions import May

# Kind → (the rights of which one is needed, where its entries come from).
SOURCES: dict[Kind, tuple[tuple[May, ...], Source]] = {
    Kind.MEETING: ((May.SEE_PANELS,), meetings_of.meetings),
    Kind.RESPONSE: ((May.SEE_RESPONSES,), of.responses),
    Kind.COMMENTS: ((May.DRAFT_RESPONSE, May.SUBMIT_COMMENTS), of.comments),
    Kind.INSPECTION: ((May.SEE_INSPECTIONS,), of.inspections),
    Kind.COMMITMENT: ((May.SEE_RESPONSES,), of.commitments),
    Kind.ROUND: ((May.SEE_ROUNDS,), of.rounds),
    Kind.CHECK: ((May.DRAFT_PAPER, May.CHECK_PAPER), of.checks),
    Kind.REQUEST: ((May.DRAFT_PAPER,), meetings_of.requests),
    Kind.PAPER: ((May.SEE_PAPERS,), meetings_of.papers),
    Kind.TERM: ((May.SEE_PANELS,), meetings_of.terms),
}


def kinds_for(user) -> list[Kind]:
    """The kinds that there can be for this person, in their order. For a committee member: papers."""
    return [kind for kind, (rights, _) in SOURCES.items() if any(user.has_perm(right) for right in rights)]


def entries_for(user, span: Span, kinds: Iterable[Kind] | None = None) -> list[Entry]:
    """What this person may see of a span, by day; and whatever should have been done before today."""
    chosen = [kind for kind in kinds_for(user) if kinds is None or kind in kinds]
    found = [entry for kind in chosen for entry in SOURCES[kind][1](user, span)]
    return sorted(found, key=lambda each: each.key)


def ahead_and_late(
    user, today: datetime.date, days: int, *, kind: Kind | None = None, force_id: int | None = None
) -> list[Entry]:
    """What a person's page shows: first what is past its day, then what is ahead, each by its day."""
    span = Span(today, today + datetime.timedelta(days=days), today)
    found = entries_for(user, span, [kind] if kind else None)
    if force_id:
        found = [each for each in found if each.is_about(force_id)]
    return sorted(found, key=lambda each: (not each.is_late, each.shown_on(today), *each.key))


BACK, AHEAD = 31, 366  # days that a feed goes back, and ahead


def for_feed(user, today: datetime.date) -> list[Entry]:
    """What a person's own calendar is given: a month back, a year ahead, each on its own day."""
    span = Span(today - datetime.timedelta(days=BACK), today + datetime.timedelta(days=AHEAD), today)
    return [each for each in entries_for(user, span) if (each.until or each.day) >= span.first]
