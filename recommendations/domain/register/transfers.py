"""Transferring recommendations to another force's register: one by one, or all when a force is succeeded.

The record moves as it is, with its whole history. If both forces follow the same recommendation, the successor has it
twice, each with its own history, until the office closes one as superseded.
"""

import datetime

from recommendations.domain.register.moving_actions import actions_with, move_actions
from recommendations.domain.writing.records import day_of, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import (
    Action,
    Force,
    ForceSuccession,
    InspectionForce,
    TrackedRecommendation,
    Transfer,
    UpdateRound,
    User,
)
from recommendations.periods import say
from recommendations.trail import VerbContext, verb

A_DAY = datetime.timedelta(days=1)


def transfer(
    *,
    tracked: TrackedRecommendation,
    to_force: Force,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
) -> Transfer:
    """Move one recommendation to another force's register from a day on (today by default).

    The actions that are of it alone go with it; those of others too stay.

    Raises Refusal if that force has it already, without a reason, for a day in the future or before its last transfer,
    or while its force has an open update round.
    """
    with verb("transfer", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = lock_row(tracked)
        if not reason.strip():
            raise Refusal("Say why it is transferred.", "reason", code="no-reason")
        if tracked.force_id == to_force.pk:
            raise Refusal(f"{to_force} has it already.", "to_force", code="same-force")
        day = day_of(effective_on, at=at, not_before=None, field="effective_on")
        _check_rounds(tracked.force)
        force, going = tracked.force, list(actions_with([tracked.pk], tracked.force).values_list("pk", flat=True))
        row = move_tracked(act, tracked, to_force, day)
        move_actions(act, going, force, to_force, day)
        return row


def move_register(act: VerbContext, force: Force, successor: Force, effective_on: datetime.date) -> ForceSuccession:
    """Record that `successor` takes over from `force`, and move its whole register and its actions, inside a verb.

    `force` ends the day before. Raises Refusal if it was succeeded already, for itself, without a reason, for a day in
    the future, or if the successor ended by then.
    """
    force, successor = lock_row(force), lock_row(successor)
    _check_succession(force, successor, effective_on, act.reason, act.at)
    facts = {"reason": act.reason.strip(), "recorded_at": act.at, "recorded_by": act.by}
    succession = act.save(ForceSuccession(force=force, successor=successor, effective_on=effective_on, **facts))
    force.until = min(force.until or effective_on - A_DAY, effective_on - A_DAY)
    act.save(force)
    _cover(act, force, successor, effective_on)
    for tracked in TrackedRecommendation.objects.select_for_update().filter(force=force).order_by("pk"):
        move_tracked(act, tracked, successor, effective_on)
    of_force = Action.objects.filter(force=force).values_list("pk", flat=True)
    move_actions(act, list(of_force), force, successor, effective_on)
    return succession


def _check_succession(
    force: Force, successor: Force, effective_on: datetime.date, reason: str, at: datetime.datetime
) -> None:
    if not reason.strip():
        raise Refusal("Say why, for example which order merges the forces.", "reason", code="no-reason")
    if force == successor:
        raise Refusal("A force cannot succeed itself. Choose another one.", "successor", code="same-force")
    if earlier := ForceSuccession.objects.filter(force=force).select_related("successor").first():
        raise Refusal(
            f"{earlier.successor} succeeded {force} on {say(earlier.effective_on)} already.",
            "force",
            code="succeeded-already",
        )
    if successor.until and successor.until < effective_on:
        raise Refusal(
            f"{successor} ended on {say(successor.until)}. Choose another one.", "successor", code="after-end"
        )
    day_of(effective_on, at=at, not_before=None, field="effective_on")
    if force.since and effective_on <= force.since:
        raise Refusal(f"{force} began on {say(force.since)}. Enter a later day.", "effective_on", code="before-start")


def _check_rounds(force: Force) -> None:
    if UpdateRound.objects.open().filter(force=force).exists():
        raise Refusal(f"An update round with {force} is open. Close it first.")


def _cover(act: VerbContext, force: Force, successor: Force, day: datetime.date) -> None:
    """Let the reports that cover the force cover its successor from the day on, so that its people can read them."""
    covered = InspectionForce.objects.filter(force=successor).order_by().values("inspection")
    for cover in InspectionForce.objects.filter(force=force).exclude(inspection__in=covered).order_by("pk"):
        act.save(InspectionForce(inspection_id=cover.inspection_id, force=successor, since=day))


def move_tracked(act: VerbContext, tracked: TrackedRecommendation, to_force: Force, day: datetime.date) -> Transfer:
    """Move a locked recommendation to another force's register from a day on, inside a verb with its reason.

    Raises Refusal if it came to its force later.
    """
    last = tracked.transfers.standing().latest_first().first()
    if last and day < last.effective_on:
        raise Refusal(
            f"{tracked} came to {last.to_force} on {say(last.effective_on)}. Enter that day or a later one.",
            "effective_on",
        )
    row = Transfer(tracked=tracked, from_force=tracked.force, to_force=to_force, effective_on=day)
    row.reason, row.recorded_at, row.recorded_by = act.reason.strip(), act.at, act.by
    act.save(row)
    tracked.force, tracked.came_on = to_force, day
    tracked.version += 1
    act.save(tracked)
    return row
