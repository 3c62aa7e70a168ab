"""Answers that the office does not write but follows: requested, seen, sent, published."""

import datetime

from recommendations.domain.writing.records import day_of, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.sources import AnswerStepKind
from recommendations.models import AnswerStep, Inspection, User
from recommendations.trail import VerbContext, verb


def record_answer_step(
    *,
    inspection: Inspection,
    step: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    link: str = "",
    note: str = "",
) -> AnswerStep:
    """Record that the answer was requested, seen, sent or published on a London day (today by default).

    Raises Refusal if the policing body answers, or for a day in the future or before the clock started.
    """
    with verb("record_answer_step", by=by, at=at, subject=inspection) as act:
        inspection = lock_row(inspection)
        row = new_step(act, inspection, step, effective_on, link=link, note=note)
        follow_sent(act, inspection)
    return row


def new_step(
    act: VerbContext,
    inspection: Inspection,
    step: str,
    effective_on: datetime.date | None,
    *,
    link: str = "",
    note: str = "",
    field: str = "effective_on",
) -> AnswerStep:
    """The part of a verb that records a step. `field` is the input named if its day is refused."""
    if not inspection.is_answered_elsewhere:
        raise Refusal("The chief officer does not answer this.", code="not-asked")
    if step not in AnswerStepKind.values:
        raise Refusal("Choose what happened.", "step")
    day = day_of(effective_on, at=act.at, not_before=inspection.clock_from, field=field)
    said = {"step": step, "effective_on": day, "link": link.strip(), "note": note.strip()}
    return act.save(AnswerStep(inspection=inspection, recorded_at=act.at, recorded_by=act.by, **said))


def correct_answer_step(
    *,
    step: AnswerStep,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    link: str = "",
    note: str = "",
) -> AnswerStep:
    """Replace a step by one of the same kind with another day, link or note; the old one stays in the history.

    Raises Refusal without a reason, and for a day in the future or before the clock started.
    """
    with verb("correct_answer_step", by=by, at=at, reason=reason, subject=step.inspection) as act:
        inspection = lock_row(step.inspection)
        mark_withdrawn(act, lock_row(step), needs="Say why it is changed.")
        row = new_step(act, inspection, step.step, effective_on, link=link, note=note)
        follow_sent(act, inspection)
    return row


def withdraw_answer_step(*, step: AnswerStep, reason: str, by: User | None, at: datetime.datetime) -> AnswerStep:
    """Withdraw a step recorded by mistake, with a reason; it stays in the history."""
    with verb("withdraw_answer_step", by=by, at=at, reason=reason, subject=step.inspection) as act:
        inspection = lock_row(step.inspection)
        step = mark_withdrawn(act, lock_row(step), needs="Say why it is withdrawn.")
        follow_sent(act, inspection)
    return step


def follow_sent(act: VerbContext, inspection: Inspection) -> None:
    """The part of a verb that copies the first day on which the answer was sent to the inspection."""
    steps = AnswerStep.objects.filter(inspection=inspection, step=AnswerStepKind.SENT).order_by("effective_on", "pk")
    first = steps.first()
    sent_on = first.effective_on if first else None
    if inspection.answer_sent_on != sent_on:
        inspection.answer_sent_on = sent_on
        act.save(inspection)
