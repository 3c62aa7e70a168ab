"""Disputes: the reason why a force does not accept a recommendation, the reply to it, and the office's decision.

Not accepting is lawful, and is recorded in the force's updates. Each step here adds a dated row and changes none.
The decision needs two people: whoever recorded the reason can't decide.
"""

import datetime

from recommendations.domain.writing.records import day_of, lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Position
from recommendations.enums.disputes import DisputeDecision, DisputeStep
from recommendations.models import Dispute, TrackedRecommendation, User
from recommendations.trail import VerbContext, verb

NO_DISPUTE = "The force’s position is not “not accepted”, so there is no dispute. Record its position first."
NO_REASON = "Record the reason of the force before the office decides."
OWN = "You recorded the reason of the force, so another approving officer decides."


def record_dispute_reason(
    *,
    tracked: TrackedRecommendation,
    text: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    said_by: str = "",
) -> Dispute:
    """Add the force's reason. Raises Refusal if the force's position is not “not accepted”, or without a text."""
    with verb("record_dispute_reason", by=by, at=at, subject=tracked) as act:
        row = _row(act, tracked, DisputeStep.REASON, text, effective_on, "Say why the force does not accept it.")
        row.said_by = said_by.strip()
        return act.save(row)


def record_dispute_reply(
    *,
    tracked: TrackedRecommendation,
    text: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    said_by: str = "",
) -> Dispute:
    """Add the reply of the body that made the recommendation. Raises as record_dispute_reason does."""
    with verb("record_dispute_reply", by=by, at=at, subject=tracked) as act:
        row = _row(act, tracked, DisputeStep.REPLY, text, effective_on, "Enter what was replied.")
        row.said_by = said_by.strip()
        return act.save(row)


def decide_dispute(
    *,
    tracked: TrackedRecommendation,
    decision: str,
    text: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    review_on: datetime.date | None = None,
) -> Dispute:
    """Add the office's decision: whether it agrees with the force, why, and when it reviews that, if at all.

    Raises NotAllowed for the person who recorded the force's reason, Refusal if there is no reason.
    """
    with verb("decide_dispute", by=by, at=at, subject=tracked) as act:
        row = _row(act, tracked, DisputeStep.DECISION, text, effective_on, "Say why.")
        reason = latest_step(tracked, DisputeStep.REASON)
        if why := why_not_decide(reason.recorded_by_id if reason else None, reason is not None, by):
            raise (NotAllowed if why == OWN else Refusal)(why)
        if decision not in DisputeDecision.values:
            raise Refusal("Choose whether the office agrees with the force.", "decision", code="required")
        check_review(row.effective_on, review_on)
        row.decision, row.review_on = decision, review_on
        row.asked_by = reason.recorded_by if reason else None
        return act.save(row)


def why_not_decide(recorder: int | None, has_reason: bool, by: User | None) -> str:
    """Why a person can't decide a dispute whose reason was recorded by `recorder` (a user id), or "" if they can."""
    if not has_reason:
        return NO_REASON
    return OWN if by is not None and recorder == by.pk else ""


def check_review(day: datetime.date, review_on: datetime.date | None) -> None:
    """Raise Refusal if the review is not after the day of the decision."""
    if review_on and review_on <= day:
        raise Refusal("The day of the review is not after the day of this decision.", "review_on", code="not-later")


def latest_step(tracked: TrackedRecommendation, step: str) -> Dispute | None:
    """The latest row of a dispute's step that is not withdrawn, or None."""
    said = tracked.disputes.filter(step=step).standing().select_related("recorded_by")
    return said.latest_first().first()


def _row(
    act: VerbContext,
    tracked: TrackedRecommendation,
    step: DisputeStep,
    text: str,
    day: datetime.date | None,
    needs: str,
) -> Dispute:
    """A new row for a step, not saved yet. Locks the recommendation."""
    tracked = lock_row(tracked)
    if tracked.standing.position != Position.NOT_ACCEPTED:
        raise Refusal(NO_DISPUTE)
    if not text.strip():
        raise Refusal(needs, "text", code="required")
    published_on = tracked.recommendation.inspection.published_on
    row = Dispute(tracked=tracked, step=step, text=text.strip(), recorded_at=act.at, recorded_by=act.by)
    row.effective_on = day_of(day, at=act.at, not_before=published_on, field="effective_on")
    return row
