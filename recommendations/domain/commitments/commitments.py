"""Commitments: a published sentence is followed, checked on certain days, and kept, partly kept or dropped.

Checks are added and never overwritten. `effective_on` is the London day of a check, by default today; `at` is the time
of recording (UTC).
"""

import datetime

from recommendations.domain.commitments.schedule import next_in_series
from recommendations.domain.commitments.status import anchor, next_check, refresh_next_check, rows_of
from recommendations.domain.ownership.people import link_accounts
from recommendations.domain.writing.records import claim, day_of, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import CheckOutcome, Every
from recommendations.models import Commitment, CommitmentCheck, CommitmentMove, User
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext, verb

KEEPER = ("keeper", "keeper_person")  # the keeper's name, and the matching account
ENDED = "Nothing is left to check here. Withdraw the check that ended it first, if it was wrong."


def check_terms(keeper: str, every: str) -> None:
    """Raise Refusal if the keeper or the frequency of checks is missing."""
    if not keeper.strip():
        raise Refusal("Say who keeps it.", "keeper", code="required")
    if every not in Every.values:
        raise Refusal("Choose how often it is checked.", "every", code="required")


def edit_commitment(
    *,
    commitment: Commitment,
    version: int,
    keeper: str,
    next_on: datetime.date,
    every: str,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
) -> Commitment:
    """Change a commitment's keeper, next check or frequency. Moving the next check needs a reason.

    The quote never changes. Raises Refusal, or Stale if someone else has changed or checked it since.
    """
    with verb("edit_commitment", by=by, at=at, reason=reason, subject=commitment) as act:
        commitment = lock_row(commitment)
        claim(commitment, version)
        check_terms(keeper, every)
        if commitment.next_on is None:
            raise Refusal(ENDED, code="ended")
        if next_on != commitment.next_on:
            _move(act, commitment, next_on, reason)
        commitment.keeper, commitment.every = keeper.strip(), every
        link_accounts([commitment], *KEEPER)
        refresh_next_check(act, commitment)
    return commitment


def _move(act: VerbContext, commitment: Commitment, next_on: datetime.date, reason: str) -> None:
    today = london_day(act.at)
    if next_on < today:
        raise Refusal(f"{say(next_on)} has passed. Enter today or a later day.", "next_on")
    if not reason.strip():
        raise Refusal("Say why the next check is on another day.", "reason", code="no-reason")
    act.save(
        CommitmentMove(
            commitment=commitment,
            effective_on=today,
            next_on=next_on,
            reason=reason.strip(),
            recorded_at=act.at,
            recorded_by=act.by,
        )
    )


def check_commitment(
    *,
    commitment: Commitment,
    outcome: str,
    said: str,
    by: User | None,
    at: datetime.datetime,
    evidence: str = "",
    effective_on: datetime.date | None = None,
    next_on: datetime.date | None = None,
) -> CommitmentCheck:
    """Add a check: what was found on a day, and the day of the next check.

    Without `next_on` the next check follows from the frequency. A commitment checked once and kept is finished; so is a
    dropped one, and then `said` is the reason. Raises Refusal if something is missing or impossible.
    """
    with verb("check_commitment", by=by, at=at, subject=commitment) as act:
        commitment = lock_row(commitment)
        claim(commitment, commitment.version)
        if commitment.next_on is None:
            raise Refusal(ENDED, code="ended")
        _check_finding(outcome, said)
        day = _day(commitment, effective_on, at)
        check = CommitmentCheck(
            commitment=commitment,
            effective_on=day,
            outcome=outcome,
            said=said.strip(),
            evidence=evidence.strip(),
            next_on=_next_check_day(commitment, outcome, day, next_on),
            recorded_at=at,
            recorded_by=by,
        )
        act.save(check)
        refresh_next_check(act, commitment)
    return check


def _check_finding(outcome: str, finding: str) -> None:
    if outcome not in CheckOutcome.values:
        raise Refusal("Choose what the check found.", "outcome", code="required")
    if not finding.strip():
        dropped = outcome == CheckOutcome.DROPPED
        raise Refusal(
            "Say why it is dropped." if dropped else "Say what was found.",
            "said",
            code="no-reason" if dropped else "required",
        )


def _day(commitment: Commitment, effective_on: datetime.date | None, at: datetime.datetime) -> datetime.date:
    published = commitment.of.published_on
    if effective_on and effective_on < published:
        raise Refusal(
            f"{say(effective_on)} is before the response was published, {say(published)}.",
            "effective_on",
            code="before-publication",
        )
    return day_of(effective_on, at=at, not_before=None, field="effective_on")


def _next_check_day(
    commitment: Commitment, outcome: str, day: datetime.date, next_on: datetime.date | None
) -> datetime.date | None:
    """Return the day of the next check: as given, or by the frequency, or None if this check is the last."""
    if outcome == CheckOutcome.DROPPED:
        if next_on:
            raise Refusal("What is dropped is not checked again. Leave this empty.", "next_on", code="dropped")
        return None
    if next_on:
        _check_next_day(commitment, day, next_on)
        return next_on
    if commitment.every == Every.ONCE and outcome != CheckOutcome.KEPT:
        raise Refusal("Say when it is checked again.", "next_on", code="required")
    was_due = next_check(commitment, as_at=day)
    after = max(day, was_due) if was_due else day
    return next_in_series(anchor(commitment), Every(commitment.every), after)


def _check_next_day(commitment: Commitment, day: datetime.date, next_on: datetime.date) -> None:
    if next_on <= day:
        raise Refusal("The next check is not after the day of this one.", "next_on", code="not-later")
    later = next((row for row in rows_of(commitment) if row.effective_on > day), None)
    if later:
        raise Refusal(
            f"What was recorded on {say(later.effective_on)}, after this day, says when the next check is. "
            "Leave this empty.",
            "next_on",
            code="later-on-record",
        )


def withdraw_check(*, check: CommitmentCheck, reason: str, by: User | None, at: datetime.datetime) -> CommitmentCheck:
    """Withdraw an incorrect check, with a reason. It stays on record, and the previous check counts again."""
    with verb("withdraw_check", by=by, at=at, reason=reason, subject=check.commitment) as act:
        commitment = lock_row(check.commitment)
        claim(commitment, commitment.version)
        check = lock_row(check)
        mark_withdrawn(act, check, needs="Say why this check is withdrawn.", twice="This check is withdrawn already.")
        refresh_next_check(act, commitment)
    return check
