"""Rechecks of closed recommendations: it held, it slipped, or it is too early to say.

A slip takes two people: one records what they saw, another reopens the recommendation or declines. Once reopened in
any other way a recommendation is not rechecked: rows concern only the closure in force.
"""

import datetime

from recommendations.domain.register.closures import end_closure
from recommendations.domain.register.rechecks.plans import LookPlan, check_plan, save_plan
from recommendations.domain.writing.records import claim, day_of, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import ClosureState
from recommendations.enums.register import RecheckAnswer
from recommendations.models import Closure, Indicator, Recheck, TrackedRecommendation, User
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.trail import VerbContext, verb

# (state, verb) → (next state, permission). All states but "open again" are of a closed recommendation.
TRANSITIONS = {
    ("closed", "look_again"): ("to be looked at again", May.REOPEN),
    ("to be looked at again", "look_again"): ("to be looked at again", May.REOPEN),
    ("to be looked at again", "record_held"): ("held", May.REOPEN),
    ("to be looked at again", "report_slip"): ("slipped, to be decided", May.REOPEN),
    ("slipped, to be decided", "agree_slip"): ("open again", May.DECIDE_CLOSURE),
    ("slipped, to be decided", "decline_slip"): ("to be looked at again", May.DECIDE_CLOSURE),
    ("held", "look_again"): ("to be looked at again", May.REOPEN),
}
STATES: dict[str, str] = {
    RecheckAnswer.AGAIN: "to be looked at again",
    RecheckAnswer.NOT_AGAIN: "closed",
    RecheckAnswer.HELD: "held",
    RecheckAnswer.SLIPPED: "slipped, to be decided",
}
SAYS_NO = {
    "open": "This recommendation is open: there is no closure to look at.",
    "closed": "No day is set to look at this closure again. Say when to look at it first.",
    "to be looked at again": "No one has asked to open it again.",
    "held": "This was looked at: it has held.",
    "slipped, to be decided": "It was found to have slipped, and that waits for a decision.",
}
DECIDED = "This was decided, so it stays on record."
OWN_SLIP = "You found that it slipped, so another approving officer decides whether it is opened again."


def state_of(tracked: TrackedRecommendation) -> str:
    """The state of a recommendation in TRANSITIONS, or "open"."""
    if not tracked.standing.closed_on:
        return "open"
    return STATES.get(tracked.standing.recheck, "closed")


def look_again(
    *,
    tracked: TrackedRecommendation,
    look: LookPlan,
    by: User | None,
    at: datetime.datetime,
    saw: str = "",
    seen_on: datetime.date | None = None,
    version: int | None = None,
) -> Recheck:
    """Plan when to recheck a closed recommendation: for the first time, or again because it is too early to say.

    Raises Refusal if it is open or a slip waits, or if the plan's day is not in the future or has no measure.
    """
    with verb("look_again", by=by, at=at, reason=saw, subject=tracked) as act:
        closure = _closure(tracked, "look_again", version)
        check_plan(look, at)
        return save_plan(act, closure, look, on=_day(closure, seen_on, at), saw=saw)


def record_held(
    *,
    tracked: TrackedRecommendation,
    saw: str,
    by: User | None,
    at: datetime.datetime,
    seen_on: datetime.date | None = None,
    version: int | None = None,
    shown_by: Indicator | None = None,
) -> Recheck:
    """Record that a closure held, and what shows it. It stays closed, and the recheck is done.

    `shown_by` is an indicator of the recommendation. Raises Refusal if no recheck was planned, without what was seen,
    or for an indicator of something else.
    """
    with verb("record_held", by=by, at=at, reason=saw, subject=tracked) as act:
        closure = _closure(tracked, "record_held", version)
        return _add_recheck(act, closure, RecheckAnswer.HELD, saw, seen_on, shown_by)


def report_slip(
    *,
    tracked: TrackedRecommendation,
    saw: str,
    by: User | None,
    at: datetime.datetime,
    seen_on: datetime.date | None = None,
    version: int | None = None,
    shown_by: Indicator | None = None,
) -> Recheck:
    """Report that a closure slipped, which asks to reopen the recommendation; another person decides.

    Raises as record_held does.
    """
    with verb("report_slip", by=by, at=at, reason=saw, subject=tracked) as act:
        closure = _closure(tracked, "report_slip", version)
        return _add_recheck(act, closure, RecheckAnswer.SLIPPED, saw, seen_on, shown_by)


def agree_slip(
    *,
    tracked: TrackedRecommendation,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
    reopened_on: datetime.date | None = None,
    version: int | None = None,
) -> Recheck:
    """Agree that it slipped: reopen the recommendation from `reopened_on` (today by default), with its old dates.

    Raises NotAllowed for the person who reported the slip, Refusal if none waits, Stale if the record changed.
    """
    with verb("agree_slip", by=by, at=at, reason=reason, subject=tracked) as act:
        row = _waiting(_closure(tracked, "agree_slip", version), by)
        end_closure(act, row.tracked, reason=row.saw, reopened_on=reopened_on)
        return _decide(act, row, agreed=True)


def decline_slip(
    *, tracked: TrackedRecommendation, reason: str, by: User | None, at: datetime.datetime, version: int | None = None
) -> Recheck:
    """Decline a slip, with a reason: the recommendation stays closed, and its recheck is planned as before.

    Raises as agree_slip does, and Refusal without a reason.
    """
    with verb("decline_slip", by=by, at=at, reason=reason, subject=tracked) as act:
        row = _waiting(_closure(tracked, "decline_slip", version), by)
        if not reason.strip():
            raise Refusal("Say why it stays closed.", "reason", code="no-reason")
        return _decide(act, row, agreed=False)


def withdraw_recheck(*, row: Recheck, reason: str, by: User | None, at: datetime.datetime) -> Recheck:
    """Withdraw a recheck entry that was wrong, with a reason: the one before it is in force again.

    Raises Refusal for a slip that was decided, if it is withdrawn already, or without a reason.
    """
    with verb("withdraw_recheck", by=by, at=at, reason=reason, subject=row.tracked) as act:
        lock_row(row.tracked)
        row = lock_row(row)
        if row.agreed is not None:
            raise Refusal(DECIDED, code="decided-already")
        mark_withdrawn(act, row, needs="Say why this entry is withdrawn.", twice="This entry is withdrawn already.")
    return row


def _closure(tracked: TrackedRecommendation, name: str, version: int | None) -> Closure:
    """The closure in force; locks and claims its recommendation. Raises Refusal if TRANSITIONS has no such step."""
    tracked = lock_row(tracked)
    state = state_of(tracked)
    if (state, name) not in TRANSITIONS:
        raise Refusal(SAYS_NO[state], code=state)
    claim(tracked, tracked.version if version is None else version)
    closure = Closure.objects.get(tracked=tracked, state=ClosureState.CLOSED)
    closure.tracked = tracked
    return closure


def _waiting(closure: Closure, by: User | None) -> Recheck:
    row = Recheck.objects.waiting().select_for_update().get(closure=closure)
    if by is not None and row.recorded_by_id == by.pk:
        raise NotAllowed(OWN_SLIP)
    row.tracked = closure.tracked
    return row


def _add_recheck(
    act: VerbContext,
    closure: Closure,
    answer: RecheckAnswer,
    saw: str,
    seen_on: datetime.date | None,
    shown_by: Indicator | None,
) -> Recheck:
    if not saw.strip():
        raise Refusal("Say what you saw.", "saw")
    if shown_by and not shown_by.links.filter(tracked=closure.tracked).exists():
        raise Refusal("This indicator is not of this recommendation.", "shown_by", code="another-indicator")
    row = Recheck(tracked=closure.tracked, closure=closure, answer=answer, saw=saw.strip(), shown_by=shown_by)
    row.effective_on = _day(closure, seen_on, act.at)
    row.recorded_at, row.recorded_by = act.at, act.by
    return act.save(row)


def _day(closure: Closure, entered_day: datetime.date | None, at: datetime.datetime) -> datetime.date:
    """The day of a look: not before the closing, nor before the latest entry on it."""
    day = day_of(entered_day, at=at, not_before=None, field="seen_on")
    last = closure.rechecks.speaking().latest_first().first()
    assert closure.closed_on is not None  # a closure in force has its day (closure_state_has_its_stamps)
    earliest = max(closure.closed_on, last.effective_on if last else closure.closed_on)
    if day < earliest:
        raise Refusal(f"Enter {say(earliest)} or a later day.", "seen_on")
    return day


def _decide(act: VerbContext, row: Recheck, *, agreed: bool) -> Recheck:
    row.agreed, row.decision_reason = agreed, act.reason.strip()
    row.decided_on = day_of(None, at=act.at, not_before=None, field="reason")
    row.decided_at, row.decided_by = act.at, act.by
    return act.save(row)
