"""Looking again at what was closed: it has held, it slipped, or it is too early to say.

A slip is two people's: one says what they saw, another opens the recommendation again, or does not. A recommendation
that is reopened in any other way is not looked at again: rows speak of the closure in force only.
"""

import datetime

from recommendations.domain.register.closures import end_closure
from recommendations.domain.register.rechecks.plans import LookPlan, check_plan, save_plan
from recommendations.domain.writing.records import claim, day_of, locked, mark_withdrawn
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import ClosureState
from recommendations.enums.rechecks import RecheckAnswer
from recommendations.models import Closure, Recheck, TrackedRecommendation, User
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.trail import Act, verb

# (state, verb) → (next state, who may). All but "open again" are of a recommendation that is closed.
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
OWN_SLIP = "You found that it slipped, so another approving officer decides whether it is opened again."


def state_of(tracked: TrackedRecommendation) -> str:
    """Where a recommendation is in the table above, or "open"."""
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
    """Say when a closed recommendation is looked at again: for the first time, or because it is too early to say.

    Raises Refusal where it is open or a slip waits, and for a day that is not ahead or has no measure.
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
) -> Recheck:
    """Record that what was closed has held, and what shows it. It stays closed, and nobody is asked again.

    Raises Refusal where it was not to be looked at again, or without what was seen.
    """
    with verb("record_held", by=by, at=at, reason=saw, subject=tracked) as act:
        closure = _closure(tracked, "record_held", version)
        return _found(act, closure, RecheckAnswer.HELD, saw, seen_on)


def report_slip(
    *,
    tracked: TrackedRecommendation,
    saw: str,
    by: User | None,
    at: datetime.datetime,
    seen_on: datetime.date | None = None,
    version: int | None = None,
) -> Recheck:
    """Ask that a closed recommendation be opened again because it slipped; another person decides.

    Raises as record_held does.
    """
    with verb("report_slip", by=by, at=at, reason=saw, subject=tracked) as act:
        closure = _closure(tracked, "report_slip", version)
        return _found(act, closure, RecheckAnswer.SLIPPED, saw, seen_on)


def agree_slip(
    *,
    tracked: TrackedRecommendation,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
    reopened_on: datetime.date | None = None,
    version: int | None = None,
) -> Recheck:
    """Agree that it slipped: the recommendation is open again from `reopened_on` (today), with its old dates.

    Raises NotAllowed for the person who found it, Refusal where no slip waits, Stale on a changed record.
    """
    with verb("agree_slip", by=by, at=at, reason=reason, subject=tracked) as act:
        row = _waiting(_closure(tracked, "agree_slip", version), by)
        end_closure(act, row.tracked, reason=row.saw, reopened_on=reopened_on)
        return _decide(act, row, agreed=True)


def decline_slip(
    *, tracked: TrackedRecommendation, reason: str, by: User | None, at: datetime.datetime, version: int | None = None
) -> Recheck:
    """Do not open it again, and say why: it stays closed, and is to be looked at again as before.

    Raises as agree_slip does, and Refusal without a reason.
    """
    with verb("decline_slip", by=by, at=at, reason=reason, subject=tracked) as act:
        row = _waiting(_closure(tracked, "decline_slip", version), by)
        if not reason.strip():
            raise Refusal("Say why it stays closed.", "reason")
        return _decide(act, row, agreed=False)


def withdraw_recheck(*, row: Recheck, reason: str, by: User | None, at: datetime.datetime) -> Recheck:
    """Withdraw what was recorded of a look and is wrong, with a reason: what was said before it speaks again.

    Raises Refusal for a slip that was decided, and where it is withdrawn already or there is no reason.
    """
    with verb("withdraw_recheck", by=by, at=at, reason=reason, subject=row.tracked) as act:
        locked(row.tracked)
        row = locked(row)
        if row.agreed is not None:
            raise Refusal("This was decided, so it stays on record.")
        mark_withdrawn(act, row, needs="Say why this entry is withdrawn.", twice="This entry is withdrawn already.")
    return row


def _closure(tracked: TrackedRecommendation, name: str, version: int | None) -> Closure:
    """The closure in force, its recommendation locked and claimed. Raises Refusal where the table has no such step."""
    tracked = locked(tracked)
    state = state_of(tracked)
    if (state, name) not in TRANSITIONS:
        raise Refusal(SAYS_NO[state])
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


def _found(act: Act, closure: Closure, answer: RecheckAnswer, saw: str, seen_on: datetime.date | None) -> Recheck:
    if not saw.strip():
        raise Refusal("Say what you saw.", "saw")
    row = Recheck(tracked=closure.tracked, closure=closure, answer=answer, saw=saw.strip())
    row.effective_on = _day(closure, seen_on, act.at)
    row.recorded_at, row.recorded_by = act.at, act.by
    return act.save(row)


def _day(closure: Closure, given: datetime.date | None, at: datetime.datetime) -> datetime.date:
    """The day of a look: not before the closing, nor before what was said last of it."""
    day = day_of(given, at=at, not_before=None, field="seen_on")
    last = closure.rechecks.speaking().latest_first().first()
    assert closure.closed_on is not None  # a closure in force has its day (closure_state_has_its_stamps)
    earliest = max(closure.closed_on, last.effective_on if last else closure.closed_on)
    if day < earliest:
        raise Refusal(f"Enter {say(earliest)} or a later day.", "seen_on")
    return day


def _decide(act: Act, row: Recheck, *, agreed: bool) -> Recheck:
    row.agreed, row.decision_reason = agreed, act.reason.strip()
    row.decided_on = day_of(None, at=act.at, not_before=None, field="reason")
    row.decided_at, row.decided_by = act.at, act.by
    return act.save(row)
