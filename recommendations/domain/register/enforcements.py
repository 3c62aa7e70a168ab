"""Directions with force of law: tied to the recommendations that they enforce, and no longer.

A direction is added like a report, under a source of the kind "direction", which is off until an administrator follows
it. What it says, and by which day, is what the office enters: no law is built on. Each step adds a row; the latest
counts.
"""

import datetime
from collections.abc import Sequence

from recommendations.domain.sources.queries import sources
from recommendations.domain.writing.records import day_of, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.sources import SourceKind
from recommendations.models import Enforcement, Force, Inspection, TrackedRecommendation, User
from recommendations.periods import say
from recommendations.trail import VerbContext, verb


def is_direction(inspection: Inspection) -> bool:
    """Whether it came from a source of directions. No query for HMICFRS's own reports, else one."""
    return inspection.is_of_other_source and sources()[inspection.source].kind == SourceKind.DIRECTION


def enforce(
    *,
    direction: Inspection,
    tracked: TrackedRecommendation,
    due_on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    words: str = "",
    effective_on: datetime.date | None = None,
) -> Enforcement:
    """Tie a direction to a recommendation, with the day that it states, or change that day. Returns the new row.

    `effective_on` is the London day from which it counts, by default the direction's own day. Raises Refusal if it is
    no direction, for a recommendation that is closed, of a force that the direction does not cover or the direction's
    own, for a day before the direction, and if nothing would change.
    """
    with verb("enforce", by=by, at=at, subject=tracked) as act:
        tracked = lock_row(tracked)
        _check(direction, tracked, due_on)
        last = tracked.enforcements.standing().latest_first().first()
        if last and (last.direction_id, last.due_on, last.words) == (direction.pk, due_on, words.strip()):
            raise Refusal(f"This direction enforces {tracked} by that day already.", "tracked", code="already")
        day = day_of(effective_on, at=at, not_before=direction.published_on, field="effective_on")
        earliest = last.effective_on if last else max(direction.published_on, tracked.tracked_on)
        day = max(day, earliest) if effective_on else earliest
        return _add(act, tracked, direction, day, due_on, words)


def _check(direction: Inspection, tracked: TrackedRecommendation, due_on: datetime.date) -> None:
    if not is_direction(direction):
        raise Refusal(f"{direction} is not a direction.", code="no-direction")
    if due_on < direction.published_on:
        raise Refusal(
            f"{say(due_on)} is before the direction, {say(direction.published_on)}.", "due_on", code="before-direction"
        )
    if tracked.recommendation.inspection_id == direction.pk:
        raise Refusal(f"{tracked} is of the direction itself.", "tracked", code="its-own")
    if not direction.covers.filter(force=tracked.force_id).exists():
        raise Refusal(f"The direction does not cover {tracked.force}, which {tracked} is for.", "tracked", code="force")
    if tracked.standing.closed_on:
        raise Refusal(f"{tracked} is closed. Reopen it before a direction enforces it.", "tracked", code="closed")


def end_enforcement(*, enforcement: Enforcement, reason: str, by: User | None, at: datetime.datetime) -> Enforcement:
    """Record that a direction no longer enforces a recommendation, from today on. Returns the new row.

    Raises Refusal without a reason, or if it does not enforce it now.
    """
    with verb("end_enforcement", by=by, at=at, reason=reason, subject=enforcement.tracked) as act:
        tracked = lock_row(enforcement.tracked)
        current = enforcement_of(tracked)
        if current is None or current.pk != enforcement.pk:
            raise Refusal(f"This direction does not enforce {tracked} now.", code="not-enforced")
        if not reason.strip():
            raise Refusal("Say why it no longer counts.", "reason", code="no-reason")
        day = day_of(None, at=at, not_before=None, field="reason")
        return _add(act, tracked, enforcement.direction, day, None, reason)


def _add(
    act: VerbContext,
    tracked: TrackedRecommendation,
    direction: Inspection,
    day: datetime.date,
    due_on: datetime.date | None,
    words: str,
) -> Enforcement:
    row = Enforcement(tracked=tracked, direction=direction, due_on=due_on, words=words.strip(), effective_on=day)
    row.recorded_at, row.recorded_by = act.at, act.by
    return act.save(row)


def enforcement_of(
    tracked: TrackedRecommendation, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> Enforcement | None:
    """The row by which a direction enforces it on a London day (today if None), as known by `known_at`, or None."""
    rows = tracked.enforcements.standing(as_at, known_at).select_related("direction")
    last = rows.latest_first().first()
    return last if last and last.due_on else None


def enforced_by(direction: Inspection, user: User) -> list[Enforcement]:
    """What a direction enforces now, as far as `user` may see it, by day and reference. One query."""
    latest = Enforcement.objects.visible_to(user).standing().latest_of_each()
    rows = latest.select_related("tracked__recommendation", "tracked__force")
    found = [
        (row.due_on, row.tracked.reference, row) for row in rows if row.direction_id == direction.pk and row.due_on
    ]
    return [row for *_, row in sorted(found, key=lambda each: each[:2])]


def recommendation_named(
    reference: str, user: User, forces: Sequence[Force] | None = None
) -> TrackedRecommendation | None:
    """The recommendation with this reference among what `user` may see, of these forces; None if there is none."""
    found = TrackedRecommendation.objects.visible_to(user).filter(reference__iexact=reference.strip())
    return (found if forces is None else found.filter(force__in=forces)).first()
