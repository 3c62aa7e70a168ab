"""Restricting a tracked recommendation to closed papers, and lifting the restriction.

Each step adds a row; the latest is in force. The office and the recommendation's own force still see the record:
a restriction affects papers only.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from recommendations.domain.writing.records import day_of, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Marking
from recommendations.models import Restriction, TrackedRecommendation, User
from recommendations.periods import say
from recommendations.trail import VerbContext, verb


def restrict(
    *,
    tracked: TrackedRecommendation,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
) -> Restriction:
    """Keep a recommendation out of all open papers not finalised yet, from a day on, with a reason.

    Raises Refusal if it is restricted already, without a reason, or for a day in the future or before the last such
    row.
    """
    with verb("restrict", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = lock_row(tracked)
        if restriction_of(tracked):
            raise Refusal("This recommendation is restricted already.", code="restricted-already")
        return _say(act, tracked, True, reason, effective_on)


def lift_restriction(
    *,
    tracked: TrackedRecommendation,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
) -> Restriction:
    """Allow a restricted recommendation in open papers again, from a day on, with a reason. Raises as restrict does."""
    with verb("lift_restriction", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = lock_row(tracked)
        if restriction_of(tracked) is None:
            raise Refusal("This recommendation is not restricted.", code="not-restricted")
        return _say(act, tracked, False, reason, effective_on)


def restriction_of(
    tracked: TrackedRecommendation, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> Restriction | None:
    """The row that restricts it on a London day (today if None), as known by `known_at` (UTC), or None."""
    said = tracked.restrictions.standing(as_at, known_at).select_related("recorded_by").latest_first().first()
    return said if said and said.restricted else None


def marking_for(user: User, tracked: Iterable[int] | None = None, **of: Any) -> str:
    """The marking of a file that holds these recommendations (ids, or those of a filter) for one reader. One query.

    A reader who may not restrict gets the usual marking, because another would reveal which are restricted.
    """
    if not user.has_perm("restrict"):
        return Marking.OFFICIAL.label
    found = Restriction.objects.in_force().filter(**of).values_list("tracked_id", flat=True)
    held = set(found) if tracked is None else set(found).intersection(tracked)
    return Marking.SENSITIVE.label if held else Marking.OFFICIAL.label


def _say(
    act: VerbContext, tracked: TrackedRecommendation, restricted: bool, reason: str, effective_on: datetime.date | None
) -> Restriction:
    if not reason.strip():
        raise Refusal(
            "Say why it is restricted." if restricted else "Say why it is no longer restricted.",
            "reason",
            code="no-reason",
        )
    published_on = tracked.recommendation.inspection.published_on
    day = day_of(effective_on, at=act.at, not_before=published_on, field="effective_on")
    last = tracked.restrictions.standing().latest_first().first()
    if last and day < last.effective_on:
        was = "was restricted" if last.restricted else "was no longer restricted"
        raise Refusal(
            f"It {was} from {say(last.effective_on)}. Enter that day or a later one.",
            "effective_on",
            code="later-on-record",
        )
    row = Restriction(tracked=tracked, restricted=restricted, reason=reason.strip(), effective_on=day)
    row.recorded_at, row.recorded_by = act.at, act.by
    return act.save(row)
