"""Closing the parts of a recommendation one by one: requested by one person, decided by another, as for the whole.

A part is reopened with a reason. Closing the last part leaves the whole open: its own closure is requested and
decided as usual.
"""

import datetime

from recommendations.domain.register.parts.states import PartState, open_ones, part_label, part_labels
from recommendations.domain.writing.records import claim, day_of, lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import ClosureState, Outcome
from recommendations.models import Closure, PartDischarged, SubRecommendation, TrackedRecommendation, User
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext, verb

WITH = "with_parts"  # the argument that closes open parts with the whole
CLOSED = "This recommendation is closed. Reopen it before you change its parts."


def request_part_closure(
    *,
    tracked: TrackedRecommendation,
    part: SubRecommendation,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    evidence: str = "",
    requested_on: datetime.date | None = None,
    version: int | None = None,
) -> PartDischarged:
    """Request the closure of one part; another person decides it.

    Raises Refusal if it is closed or a request waits already, Stale if the record changed meanwhile.
    """
    with verb("request_part_closure", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = _open(tracked, part)
        if (stands := _standing(tracked, part)) is not None:
            raise Refusal(f"{_sentence(PartState(part, stands))} already.", "part", code=stands.state)
        claim(tracked, tracked.version if version is None else version)
        if not reason.strip():
            raise Refusal("Say what was done.", "reason")
        row = PartDischarged(tracked=tracked, part=part, request_reason=reason.strip(), evidence=evidence.strip())
        row.requested_on = _day(tracked, requested_on, at, "requested_on")
        row.requested_at, row.requested_by = at, by
        return act.save(row)


def decide_part_closure(
    *,
    tracked: TrackedRecommendation,
    part: SubRecommendation,
    approve: bool,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
    closed_on: datetime.date | None = None,
    version: int | None = None,
) -> PartDischarged:
    """Decide on the waiting closure of a part. If approved, it is done from `closed_on` (today by default).

    Declining needs a reason. Raises NotAllowed for the person who requested it, Refusal if none waits, Stale if the
    record changed.
    """
    with verb("decide_part_closure", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = _open(tracked, part)
        row = _waiting(tracked, part, by)
        claim(tracked, tracked.version if version is None else version)
        if approve:
            return _close(act, row, _day(tracked, closed_on, at, "closed_on"), reason)
        if not reason.strip():
            raise Refusal("Say why the closure of this part is not approved.", "reason", code="no-reason")
        row.state = ClosureState.DECLINED
        return _save_decision(act, row, reason)


def reopen_part(
    *,
    tracked: TrackedRecommendation,
    part: SubRecommendation,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    reopened_on: datetime.date | None = None,
    version: int | None = None,
) -> PartDischarged:
    """Reopen a part that is done, with a reason. Raises Refusal if it is not done or the reason is missing."""
    with verb("reopen_part", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = _open(tracked, part)
        row = _standing(tracked, part)
        if row is None or row.closed_on is None:
            raise Refusal(f"{_capital(part_label(part))} is not done.", "part", code="not-done")
        claim(tracked, tracked.version if version is None else version)
        if not reason.strip():
            raise Refusal("Say why this part is reopened.", "reason", code="no-reason")
        day = _day(tracked, reopened_on, at, "reopened_on")
        if day < row.closed_on:
            raise Refusal(
                f"This part was closed on {say(row.closed_on)}. Enter that day or a later one.", "reopened_on"
            )
        return _reopen(act, row, day)


def close_open_parts(act: VerbContext, tracked: TrackedRecommendation, closure: Closure, *, with_them: bool) -> None:
    """The part of a verb that closes open parts with the whole. `closure` of `tracked` is approved and saved.

    Does nothing if no closure of a part was ever requested, or the whole is not closed as implemented. Raises Refusal
    if parts are open and not `with_them`, NotAllowed if the person deciding requested the closure of one of them.
    """
    found = open_ones(tracked) if closure.outcome == Outcome.IMPLEMENTED else []
    if found and not with_them:
        are = "are" if len(found) > 1 else "is"
        raise Refusal(
            f"{_capital(part_labels(found))} {are} open. Choose to close with the whole, or do not approve.",
            WITH,
            code="parts-open",
        )
    for state in found:
        row = state.stands or _part_request(closure, state.part)
        _not_own(row, act.by)
        row.closed_with = closure
        assert closure.closed_on is not None  # it is approved
        _close(act, row, closure.closed_on, "")


def reopen_parts_of(act: VerbContext, closure: Closure) -> None:
    """The part of a verb that reopens the parts closed with the whole. `closure` is reopened."""
    assert closure.reopened_on is not None  # closure_state_has_its_stamps
    for row in closure.parts.filter(state=ClosureState.CLOSED).select_for_update():
        _reopen(act, row, closure.reopened_on)


def _open(tracked: TrackedRecommendation, part: SubRecommendation) -> TrackedRecommendation:
    """Lock and return the tracked recommendation. Raises Refusal if it is closed or the part is not its own."""
    found = lock_row(tracked)
    if part.recommendation_id != found.recommendation_id:
        raise Refusal("Choose a part of this recommendation.", "part", code="invalid-choice")
    if found.standing.closed_on:
        raise Refusal(CLOSED)
    return found


def _standing(tracked: TrackedRecommendation, part: SubRecommendation) -> PartDischarged | None:
    stands = tracked.parts_discharged.filter(part=part, state__in=(ClosureState.REQUESTED, ClosureState.CLOSED))
    return stands.select_for_update().first()


def _waiting(tracked: TrackedRecommendation, part: SubRecommendation, by: User | None) -> PartDischarged:
    row = _standing(tracked, part)
    if row is None or row.state != ClosureState.REQUESTED:
        raise Refusal(
            f"No one has asked to close {part_label(part)}, or it is decided already.", "part", code="no-request"
        )
    _not_own(row, by)
    return row


def _not_own(row: PartDischarged, by: User | None) -> None:
    if by is not None and row.requested_by_id == by.pk:
        raise NotAllowed(f"You asked to close {part_label(row.part)}, so another approving officer decides it.")


def _day(
    tracked: TrackedRecommendation, entered_day: datetime.date | None, at: datetime.datetime, field: str
) -> datetime.date:
    """The given day or today: not before the report's publication and, for a closing day, not before tracking began."""
    day = day_of(entered_day, at=at, not_before=tracked.recommendation.inspection.published_on, field=field)
    if field == "closed_on" and day < tracked.tracked_on:
        raise Refusal(f"It was open on {say(tracked.tracked_on)}. Enter that day or a later one.", field)
    return day


def _part_request(closure: Closure, part: SubRecommendation) -> PartDischarged:
    """A request for a part that nobody requested by itself, with the details of the request for the whole."""
    row = PartDischarged(tracked=closure.tracked, part=part, request_reason=closure.request_reason)
    row.requested_on, row.requested_at = closure.requested_on, closure.requested_at
    row.requested_by, row.evidence = closure.requested_by, closure.evidence
    return row


def _close(act: VerbContext, row: PartDischarged, day: datetime.date, reason: str) -> PartDischarged:
    row.state, row.closed_on = ClosureState.CLOSED, day
    return _save_decision(act, row, reason)


def _save_decision(act: VerbContext, row: PartDischarged, reason: str) -> PartDischarged:
    row.decided_on, row.decided_at = london_day(act.at), act.at
    row.decided_by, row.decision_reason = act.by, reason.strip()
    return act.save(row)


def _reopen(act: VerbContext, row: PartDischarged, day: datetime.date) -> PartDischarged:
    row.state, row.reopened_on, row.reopened_at = ClosureState.REOPENED, day, act.at
    row.reopened_by, row.reopened_why = act.by, act.reason.strip()
    return act.save(row)


def _sentence(state: PartState) -> str:
    what = "is done" if state.is_done else "waits for a decision"
    return f"{_capital(state.label)} {what}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
