"""Closing and reopening. The table TRANSITIONS drives the checks, the buttons and docs/states.md."""

import datetime

from django.db.models import Max

from recommendations.domain.register.parts.closures import close_open_parts, reopen_parts_of
from recommendations.domain.register.rechecks.plans import LookPlan, plan_of, save_plan
from recommendations.domain.writing.records import claim, day_of, lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import ClosureState, Outcome
from recommendations.enums.register import RecheckAnswer
from recommendations.models import Closure, TrackedRecommendation, User
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.trail import VerbContext, verb

# (state, verb) → (next state, permission). "open": no closure is in force or waiting for a decision.
TRANSITIONS = {
    ("open", "request_closure"): ("pending closure", May.REQUEST_CLOSURE),
    ("pending closure", "approve_closure"): ("closed", May.DECIDE_CLOSURE),
    ("pending closure", "decline_closure"): ("open", May.DECIDE_CLOSURE),
    ("closed", "reopen"): ("open", May.REOPEN),
}

SAYS_NO = {
    "open": "This recommendation is open, and no one has asked to close it.",
    "pending closure": "Closure was asked for already, and waits for a decision.",
    "closed": "This recommendation is closed already.",
    "slipped": "A look found that it slipped. Another approving officer decides whether it is opened again.",
}


def state_of(tracked: TrackedRecommendation) -> str:
    """Its state in TRANSITIONS, or "slipped" while a second person decides whether to reopen it."""
    if tracked.standing.closed_on:
        is_slip = Section.RECHECKS.is_on and tracked.standing.recheck == RecheckAnswer.SLIPPED
        return "slipped" if is_slip else "closed"
    return "pending closure" if tracked.standing.closure_requested_on else "open"


def _guard(tracked: TrackedRecommendation, name: str) -> None:
    state = state_of(tracked)
    if (state, name) not in TRANSITIONS:
        raise Refusal(SAYS_NO[state], code=state)


def request_closure(
    *,
    tracked: TrackedRecommendation,
    outcome: str,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    evidence: str = "",
    requested_on: datetime.date | None = None,
    look: LookPlan | None = None,
    version: int | None = None,
) -> Closure:
    """Request a closure, which another person decides. `look` proposes when to look at it again.

    Raises Refusal if the state does not allow it or a field is missing, Stale if the record changed meanwhile.
    """
    with verb("request_closure", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = lock_row(tracked)
        closure = new_closure_request(
            act,
            tracked,
            outcome=outcome,
            reason=reason,
            requested_by=by,
            evidence=evidence,
            requested_on=requested_on,
            version=version,
        )
        if look and look.look_on:
            save_plan(act, closure, look, on=closure.requested_on)
    return closure


def new_closure_request(
    act: VerbContext,
    tracked: TrackedRecommendation,
    *,
    outcome: str,
    reason: str,
    requested_by: User | None,
    evidence: str = "",
    requested_on: datetime.date | None = None,
    version: int | None = None,
) -> Closure:
    """The part of a verb that requests a closure. `tracked` must be locked.

    `requested_by` makes the request, and so cannot decide it. Raises as request_closure does.
    """
    _guard(tracked, "request_closure")
    claim(tracked, tracked.version if version is None else version)
    if outcome not in Outcome.values:
        raise Refusal("Choose the outcome.", "outcome")
    if not reason.strip():
        raise Refusal("Say why it can be closed.", "reason")
    closure = Closure(
        tracked=tracked,
        outcome=outcome,
        request_reason=reason.strip(),
        evidence=evidence.strip(),
        requested_on=_day(tracked, requested_on, act.at, "requested_on"),
        requested_at=act.at,
        requested_by=requested_by,
    )
    return act.save(closure)


def _day(
    tracked: TrackedRecommendation, entered_day: datetime.date | None, at: datetime.datetime, field: str
) -> datetime.date:
    return day_of(entered_day, at=at, not_before=tracked.recommendation.inspection.published_on, field=field)


def _closing_day(
    tracked: TrackedRecommendation, entered_day: datetime.date | None, at: datetime.datetime
) -> datetime.date:
    """The first closed day: not before tracking began or the last reopening, so that the board's figures add up."""
    day = _day(tracked, entered_day, at, "closed_on")
    reopened = tracked.closures.aggregate(last=Max("reopened_on"))["last"]
    earliest = max(tracked.tracked_on, reopened or tracked.tracked_on)
    if day < earliest:
        raise Refusal(f"It was open on {say(earliest)}. Enter that day or a later one.", "closed_on")
    return day


def _waiting(tracked: TrackedRecommendation, by: User | None) -> Closure:
    closure = Closure.objects.select_for_update().get(tracked=tracked, state=ClosureState.REQUESTED)
    if by is not None and closure.requested_by_id == by.pk:
        raise NotAllowed("You asked for this closure, so another approving officer decides it.", code="own-request")
    return closure


def approve_closure(
    *,
    tracked: TrackedRecommendation,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
    closed_on: datetime.date | None = None,
    with_parts: bool = False,
    look: LookPlan | None = None,
    version: int | None = None,
) -> Closure:
    """Approve the waiting closure: closed from `closed_on` (today by default).

    `with_parts`: close open parts too. Where parts are closed one by one, a recommendation with open parts can't be
    closed as implemented otherwise. `look` is when to look at it again and what shows that it held; None: as proposed
    in the request, if it was.
    Raises NotAllowed for the person who requested it, Refusal if none waits, Stale if the record changed.
    """
    with verb("approve_closure", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = lock_row(tracked)
        _guard(tracked, "approve_closure")
        closure = _waiting(tracked, by)
        claim(tracked, tracked.version if version is None else version)
        closure.state = ClosureState.CLOSED
        closure.decided_on = day_of(None, at=at, not_before=None, field="closed_on")
        closure.decided_at, closure.decided_by, closure.decision_reason = at, by, reason.strip()
        closure.closed_on = _closing_day(tracked, closed_on, at)
        act.save(closure)
        close_open_parts(act, tracked, closure, with_them=with_parts)
        if look is not None and look != plan_of(closure):
            save_plan(act, closure, look, on=closure.decided_on)
    return closure


def decline_closure(
    *, tracked: TrackedRecommendation, reason: str, by: User | None, at: datetime.datetime, version: int | None = None
) -> Closure:
    """Decline the waiting closure, with a reason. Raises as approve_closure does."""
    with verb("decline_closure", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = lock_row(tracked)
        _guard(tracked, "decline_closure")
        closure = _waiting(tracked, by)
        claim(tracked, tracked.version if version is None else version)
        if not reason.strip():
            raise Refusal("Say why the closure is not approved.", "reason")
        closure.state = ClosureState.DECLINED
        closure.decided_on = day_of(None, at=at, not_before=None, field="reason")
        closure.decided_at, closure.decided_by, closure.decision_reason = at, by, reason.strip()
        act.save(closure)
    return closure


def reopen(
    *,
    tracked: TrackedRecommendation,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    reopened_on: datetime.date | None = None,
    version: int | None = None,
) -> Closure:
    """Reopen a closed recommendation, with a reason.

    Raises Refusal if it is not closed, without a reason, or while a slip waits for a second person.
    """
    with verb("reopen", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = lock_row(tracked)
        _guard(tracked, "reopen")
        claim(tracked, tracked.version if version is None else version)
        if not reason.strip():
            raise Refusal("Say why it is reopened.", "reason")
        return end_closure(act, tracked, reason=reason, reopened_on=reopened_on)


def end_closure(
    act: VerbContext, tracked: TrackedRecommendation, *, reason: str, reopened_on: datetime.date | None = None
) -> Closure:
    """The part of a verb that reopens a closed recommendation (locked and claimed). Returns its closure."""
    closure = Closure.objects.select_for_update().get(tracked=tracked, state=ClosureState.CLOSED)
    day = _day(tracked, reopened_on, act.at, "reopened_on")
    assert closure.closed_on is not None  # a closure in force has its day (closure_state_has_its_stamps)
    if day < closure.closed_on:
        raise Refusal("The day of reopening is before the day of closing.", "reopened_on")
    closure.state = ClosureState.REOPENED
    closure.reopened_on, closure.reopened_at, closure.reopened_by = day, act.at, act.by
    closure.reopened_why = reason.strip()
    act.save(closure)
    reopen_parts_of(act, closure)
    return closure
