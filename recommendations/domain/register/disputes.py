"""What is said where a force does not accept a recommendation: its reason, the reply, the decision of the office.

That a force does not accept one is lawful, and it is said in its updates. Each step here is a dated row that is added
and never changed. The office decides by two people: the one who recorded the reason does not decide.
"""

import datetime

from recommendations.domain.writing.records import day_of, locked
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Position
from recommendations.enums.disputes import DisputeDecision, DisputeStep
from recommendations.models import Dispute, TrackedRecommendation, User
from recommendations.trail import Act, verb

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
    """Add why the force does not accept it. Raises Refusal where it accepts it, or says nothing."""
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
    """Add what was replied to the force by who made the recommendation. Raises as record_dispute_reason does."""
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
    """Add whether the office agrees with the force, why, and on which day it looks at that again, if on any.

    Raises NotAllowed for the person who recorded the reason of the force, Refusal where there is none.
    """
    with verb("decide_dispute", by=by, at=at, subject=tracked) as act:
        row = _row(act, tracked, DisputeStep.DECISION, text, effective_on, "Say why.")
        reason = latest_step(tracked, DisputeStep.REASON)
        if why := why_not_decide(reason.recorded_by_id if reason else None, reason is not None, by):
            raise (NotAllowed if why == OWN else Refusal)(why)
        if decision not in DisputeDecision.values:
            raise Refusal("Choose whether the office agrees with the force.", "decision")
        check_review(row.effective_on, review_on)
        row.decision, row.review_on = decision, review_on
        row.asked_by = reason.recorded_by if reason else None
        return act.save(row)


def why_not_decide(recorder: int | None, has_reason: bool, by: User | None) -> str:
    """Why a person cannot decide a dispute whose reason `recorder` (a person’s id) recorded; empty where they can."""
    if not has_reason:
        return NO_REASON
    return OWN if by is not None and recorder == by.pk else ""


def check_review(day: datetime.date, review_on: datetime.date | None) -> None:
    """Raise Refusal where the office would review its decision on its day, or before."""
    if review_on and review_on <= day:
        raise Refusal("The day of the review is not after the day of this decision.", "review_on")


def latest_step(tracked: TrackedRecommendation, step: str) -> Dispute | None:
    """What was said last of a step, and is not withdrawn."""
    said = tracked.disputes.filter(step=step).standing().select_related("recorded_by")
    return said.latest_first().first()


def _row(
    act: Act, tracked: TrackedRecommendation, step: DisputeStep, text: str, day: datetime.date | None, needs: str
) -> Dispute:
    """A step, not saved yet; its recommendation is locked."""
    tracked = locked(tracked)
    if tracked.standing.position != Position.NOT_ACCEPTED:
        raise Refusal(NO_DISPUTE)
    if not text.strip():
        raise Refusal(needs, "text")
    published_on = tracked.recommendation.inspection.published_on
    row = Dispute(tracked=tracked, step=step, text=text.strip(), recorded_at=act.at, recorded_by=act.by)
    row.effective_on = day_of(day, at=act.at, not_before=published_on, field="effective_on")
    return row
