"""Verbs for the voices and the target: what the force, the office and the inspectorate say.

Each verb adds a dated row and never changes one. `effective_on` is the London day from which it is true (today by
default); `at` is the moment of recording (UTC).
"""

import datetime
from typing import Any

from recommendations.domain.risk.delays import NO_DELAY, DelayReason, latest_of, new_delay
from recommendations.domain.sources.refusing import check_position
from recommendations.domain.writing.records import claim, day_of, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Position, Stage, Vocabulary
from recommendations.enums.disputes import DisputeStep
from recommendations.models import (
    Assurance,
    Delay,
    Dispute,
    ForceUpdate,
    InspectorateStatus,
    Label,
    Recommendation,
    TargetDate,
    TrackedRecommendation,
    User,
    Weight,
)
from recommendations.models.base import DatedRow
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.trail import VerbContext, verb

# The permission to record a row, which withdrawing one needs too (of the same side).
RECORDED_WITH: dict[type[DatedRow], May] = {
    ForceUpdate: May.LOG_FORCE_UPDATE,
    Assurance: May.RECORD_ASSURANCE,
    InspectorateStatus: May.RECORD_INSPECTORATE_STATUS,
    TargetDate: May.SET_TARGET,
    Weight: May.RECORD_ASSURANCE,
    Delay: May.LOG_FORCE_UPDATE,
}

# The same for the steps of a dispute: only who may decide can withdraw a decision.
STEP_RECORDED_WITH: dict[str, May] = {
    DisputeStep.REASON: May.LOG_FORCE_UPDATE,
    DisputeStep.REPLY: May.RECORD_INSPECTORATE_STATUS,
    DisputeStep.DECISION: May.DECIDE_DISPUTE,
}

PAST_FORECAST = "That day is past. By which day will it be done?"

type Labels = dict[str, dict[str, str]]
UNCHANGED: Any = object()  # "the force said nothing new": the value carries over from the row before


def _lock_tracked(tracked: TrackedRecommendation) -> TrackedRecommendation:
    """Lock and reload the tracked recommendation, then read its recommendation and inspection in one query."""
    found = lock_row(tracked)
    found.recommendation = Recommendation.on_file.select_related("inspection").get(pk=found.recommendation_id)
    return found


def _published_on(tracked: TrackedRecommendation) -> datetime.date:
    return tracked.recommendation.inspection.published_on


def _day(tracked: TrackedRecommendation, entered_day: datetime.date | None, at: datetime.datetime) -> datetime.date:
    return day_of(entered_day, at=at, not_before=_published_on(tracked), field="effective_on")


def log_force_update(
    *,
    tracked: TrackedRecommendation,
    done: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    said_by: str = "",
    position: str = UNCHANGED,
    stage: str = UNCHANGED,
    forecast_on: datetime.date = UNCHANGED,
    labels: Labels | None = None,
    delay: DelayReason = NO_DELAY,
    **texts: str,
) -> ForceUpdate:
    """Log a force update. Only `done` is required; position, stage and forecast carry over if not given.

    `texts` are those of sheet_columns.UPDATE_TEXTS, such as `evidence`; `labels` as for force_update_of; `delay` is why
    it is late, if given with the update. Raises Refusal for an empty text, an impossible day, a new forecast before the
    day of the update, an unknown stage or cause, or a position that the source does not allow.
    """
    with verb("log_force_update", by=by, at=at, subject=tracked) as act:
        tracked = _lock_tracked(tracked)
        return new_force_update(
            act,
            tracked,
            done=done,
            effective_on=effective_on,
            said_by=said_by,
            position=position,
            stage=stage,
            forecast_on=forecast_on,
            labels=labels,
            delay=delay,
            was_released=False,
            **texts,
        )


def new_force_update(
    act: VerbContext,
    tracked: TrackedRecommendation,
    *,
    done: str,
    effective_on: datetime.date | None = None,
    said_by: str = "",
    position: str = UNCHANGED,
    stage: str = UNCHANGED,
    forecast_on: datetime.date = UNCHANGED,
    labels: Labels | None = None,
    delay: DelayReason = NO_DELAY,
    was_released: bool = False,
    **texts: str,
) -> ForceUpdate:
    """The part of a verb that adds a force update, and its delay where one is given. `tracked` must be locked.

    `was_released`: it is the answer to a round, whose forecast was looked at when the force released it.
    Raises Refusal as log_force_update does.
    """
    before = tracked.updates.standing(as_at=effective_on or london_day(act.at)).latest_first().first()
    given: dict[str, Any] = {"position": position, "stage": stage, "forecast_on": forecast_on, **texts}
    given |= {"effective_on": effective_on, "said_by": said_by, "labels": labels}
    check_position(tracked, position)
    row = force_update_of(act, tracked, before, done=done, **given)
    if not was_released:
        check_forecast(row.forecast_on, before.forecast_on if before else None, row.effective_on)
    act.save(row)
    if delay:
        after = delay.after(latest_of(tracked, row.effective_on))
        new_delay(act, tracked, after, said_by=row.said_by, effective_on=row.effective_on, labels=labels)
    return row


def force_update_of(
    act: VerbContext,
    tracked: TrackedRecommendation,
    before: ForceUpdate | None,
    *,
    done: str,
    effective_on: datetime.date | None = None,
    said_by: str = "",
    position: str = UNCHANGED,
    stage: str = UNCHANGED,
    forecast_on: datetime.date = UNCHANGED,
    labels: Labels | None = None,
    **texts: str,
) -> ForceUpdate:
    """Make a force update, not saved yet. `before` is the update in force on that day, whose facts carry over.

    `labels` are the office's words (Label.objects.words()), queried here if not given.
    Raises Refusal as log_force_update does.
    """
    if not done.strip():
        raise Refusal("Enter what was done.", "done")
    row = ForceUpdate(
        tracked=tracked,
        effective_on=_day(tracked, effective_on, act.at),
        recorded_at=act.at,
        recorded_by=act.by,
        done=done.strip(),
        said_by=said_by.strip(),
        **{key: text.strip() for key, text in texts.items()},
        position=_carry_over(position, before, "position", ""),
        stage=_carry_over(stage, before, "stage", Stage.IN_PROGRESS),
        forecast_on=_carry_over(forecast_on, before, "forecast_on", None),
    )
    if row.position and row.position not in Position.values:
        raise Refusal("Choose the force's position from the list.", "position")
    _check_word(labels, Vocabulary.STAGE, row.stage, "stage")
    return row


def check_forecast(
    forecast_on: datetime.date | None, before: datetime.date | None, effective_on: datetime.date
) -> None:
    """Raise Refusal for a forecast before the day of what is said. One that stands from `before` may have passed."""
    if forecast_on and forecast_on != before and forecast_on < effective_on:
        raise Refusal(PAST_FORECAST, "forecast_on", code="in-the-past")


def _carry_over(value: Any, before: ForceUpdate | None, name: str, default: Any) -> Any:
    if value is not UNCHANGED:
        return value
    return getattr(before, name) if before else default


def _check_word(labels: Labels | None, vocabulary: Vocabulary, key: str, field: str) -> None:
    if key not in (labels or Label.objects.words())[vocabulary]:
        raise Refusal("Choose one from the list.", field)


def record_assurance(
    *,
    tracked: TrackedRecommendation,
    view: str,
    rationale: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    looked_at: str = "",
    revisit_on: datetime.date | None = None,
) -> Assurance:
    """Record the office's own judgement, with its reason. Raises Refusal if a value is missing or impossible."""
    with verb("record_assurance", by=by, at=at, subject=tracked) as act:
        tracked = _lock_tracked(tracked)
        given: dict[str, Any] = {"effective_on": effective_on, "looked_at": looked_at, "revisit_on": revisit_on}
        return act.save(assurance_of(act, tracked, view=view, rationale=rationale, **given))


def assurance_of(
    act: VerbContext,
    tracked: TrackedRecommendation,
    *,
    view: str,
    rationale: str,
    effective_on: datetime.date | None = None,
    looked_at: str = "",
    revisit_on: datetime.date | None = None,
) -> Assurance:
    """Make an assurance, not saved yet. Raises Refusal as record_assurance does."""
    if not rationale.strip():
        raise Refusal("Say why.", "rationale")
    day = _day(tracked, effective_on, act.at)
    check_revisit(day, revisit_on)
    return Assurance(
        tracked=tracked,
        effective_on=day,
        recorded_at=act.at,
        recorded_by=act.by,
        view=view,
        rationale=rationale.strip(),
        looked_at=looked_at.strip(),
        revisit_on=revisit_on,
    )


def check_revisit(day: datetime.date, revisit_on: datetime.date | None) -> None:
    """Raise Refusal if the day to look again is not after the day of the view."""
    if revisit_on and revisit_on <= day:
        raise Refusal("The day to look again is not after the day of this view.", "revisit_on")


def record_inspectorate_status(
    *,
    tracked: TrackedRecommendation,
    status: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    source: str = "",
    labels: Labels | None = None,
) -> InspectorateStatus:
    """Record the inspectorate's latest status; `labels` as for force_update_of.

    Raises Refusal for an unknown status or an impossible day.
    """
    with verb("record_inspectorate_status", by=by, at=at, subject=tracked) as act:
        tracked = _lock_tracked(tracked)
        given: dict[str, Any] = {"effective_on": effective_on, "source": source, "labels": labels}
        return act.save(status_of(act, tracked, status=status, **given))


def status_of(
    act: VerbContext,
    tracked: TrackedRecommendation,
    *,
    status: str,
    effective_on: datetime.date | None = None,
    source: str = "",
    labels: Labels | None = None,
) -> InspectorateStatus:
    """Make an inspectorate status, not saved yet; `labels` as for force_update_of.

    Raises Refusal as record_inspectorate_status does.
    """
    _check_word(labels, Vocabulary.INSPECTORATE_STATUS, status, "status")
    return InspectorateStatus(
        tracked=tracked,
        effective_on=_day(tracked, effective_on, act.at),
        recorded_at=act.at,
        recorded_by=act.by,
        status=status,
        source=source.strip(),
    )


def set_target(
    *,
    tracked: TrackedRecommendation,
    target_on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
    effective_on: datetime.date | None = None,
    set_by: str = "",
    version: int | None = None,
    delay: DelayReason | None = None,
) -> TargetDate:
    """Set the force's first target, or move it, which needs a reason.

    `delay` is why it is late, if given with the move. `version` is the record's version that the user saw; None (a
    command) skips the check. Raises Refusal, or Stale if the target or the record has changed since.
    """
    with verb("set_target", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = _lock_tracked(tracked)
        claim(tracked, tracked.version if version is None else version)
        if tracked.standing.closed_on:
            raise Refusal("This recommendation is closed. Reopen it before you move its target.")
        day = _day(tracked, effective_on, at)
        if target_on < _published_on(tracked):
            raise Refusal(f"The target is before the report was published, {say(_published_on(tracked))}.", "target_on")
        if tracked.standing.target_on == target_on:
            raise Refusal(f"{say(target_on)} is the target already. Enter another day.", "target_on")
        if tracked.standing.target_on and not reason.strip():
            raise Refusal("Say why the target moves.", "reason", code="no-reason")
        row = TargetDate(
            tracked=tracked,
            effective_on=day,
            recorded_at=at,
            recorded_by=by,
            target_on=target_on,
            reason=reason.strip(),
            set_by=set_by.strip(),
        )
        act.save(row)
        if delay is not None:
            new_delay(act, tracked, delay, said_by=row.set_by, effective_on=day)
    return row


def may_withdraw(user: User, voice: type[DatedRow], recorded_by_force: int | None, step: str = "") -> bool:
    """Whether this user may withdraw a row of `voice` (a model): each side withdraws what its own people recorded.

    `recorded_by_force` is the force id of who recorded it (None for the office or a command); `step` that of a dispute.
    """
    right = STEP_RECORDED_WITH[step] if voice is Dispute else RECORDED_WITH[voice]
    return user.has_perm(right) and user.force_id == recorded_by_force


def withdraw[Row: (ForceUpdate, Assurance, InspectorateStatus, TargetDate, Dispute, Weight, Delay)](
    *, row: Row, reason: str, by: User | None, at: datetime.datetime
) -> Row:
    """Withdraw a dated row that was wrong, with a reason. It stays on record but is no longer in force.

    Raises NotAllowed if the other side recorded it (may_withdraw).
    """
    with verb(f"withdraw_{row._meta.model_name}", by=by, at=at, reason=reason, subject=row.tracked) as act:
        lock_row(row.tracked)
        row = lock_row(row)
        theirs = row.recorded_by.force_id if row.recorded_by else None
        if by is not None and not may_withdraw(by, type(row), theirs, getattr(row, "step", "")):
            side = "the force’s" if theirs else "the office’s"
            raise NotAllowed(
                f"This is one of {side} own entries. Only {side} people can withdraw it.", code="other-side"
            )
        mark_withdrawn(act, row, needs="Say why this entry is withdrawn.", twice="This entry is withdrawn already.")
    return row
