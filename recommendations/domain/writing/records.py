"""Helpers of most verbs: locking, guarding against lost updates, checking a day, withdrawing with a reason."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.models import ChiefOfficerComments, CommitmentCheck
from recommendations.models.base import DatedRow, Withdrawable
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext

type CanBeWithdrawn = Withdrawable | DatedRow | CommitmentCheck | ChiefOfficerComments


WITHDRAWN = "This is withdrawn already."


def lock_row[Row: Model](record: Row) -> Row:
    """Reload the record, locked until the transaction ends (SQLite locks the whole database anyway).

    Raises Refusal if its manager no longer has it, as when somebody else has just withdrawn it.
    """
    row = type(record)._default_manager.select_for_update().filter(pk=record.pk).first()
    if row is None:
        raise Refusal(WITHDRAWN, code="withdrawn")
    return row


def check_itself(record: Model) -> None:
    """Raise Refusal, with the first wrong field, if the record's own validation fails."""
    try:
        record.full_clean(exclude=["password"])
    except ValidationError as wrong:
        field, (error, *_) = next(iter(wrong.error_dict.items()))
        raise Refusal(error.messages[0], None if field == "__all__" else field, code=error.code or "") from None


def claim(record: Any, version: int) -> None:
    """Claim the next version of `record`. Raises Stale if its version is no longer `version`, the one that was read."""
    record.version = version
    if not type(record).objects.claim_version(record):
        raise Stale(type(record).objects.get(pk=record.pk))


def raise_versions(act: VerbContext, records: Sequence[Any]) -> None:
    """Increment the versions of `records`, all of one model and locked, and name them in the verb's entry."""
    if records:
        type(records[0]).objects.raise_versions(records)
        act.touch(records)


def mark_withdrawn[Row: CanBeWithdrawn](act: VerbContext, record: Row, *, needs: str, twice: str = WITHDRAWN) -> Row:
    """Withdraw a locked record with the verb's reason. It stays on file, with who, when and why.

    Raises Refusal with `twice` if it is withdrawn already, with `needs` without a reason.
    """
    if record.withdrawn_at:
        raise Refusal(twice, code="withdrawn")
    if not act.reason.strip():
        raise Refusal(needs, "reason", code="no-reason")
    record.withdrawn_at, record.withdrawn_by, record.withdrawn_why = act.at, act.by, act.reason.strip()
    return act.save(record)


def day_of(
    entered_day: datetime.date | None, *, at: datetime.datetime, not_before: datetime.date | None, field: str
) -> datetime.date:
    """The day from which something is true: as given, else today in London at `at`.

    Raises Refusal for a day in the future, or before `not_before` (the report's publication).
    """
    today = london_day(at)
    day = entered_day or today
    if day > today:
        raise Refusal(f"{say(day)} is in the future. Enter today or an earlier day.", field, code="in-the-future")
    if not_before and day < not_before:
        raise Refusal(
            f"{say(day)} is before the report was published, {say(not_before)}.", field, code="before-publication"
        )
    return day
