"""Small things that most verbs need: a lock, the guard against a lost update, a day, and withdrawing with a reason."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.models import ChiefOfficerComments, CommitmentCheck
from recommendations.models.base import DatedRow, Withdrawable
from recommendations.periods import london_day, say
from recommendations.trail import Act

type CanBeWithdrawn = Withdrawable | DatedRow | CommitmentCheck | ChiefOfficerComments


def locked[Row: Model](record: Row) -> Row:
    """The record as it is now, locked until the transaction ends (SQLite locks the whole database by itself)."""
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def claim(record: Any, version: int) -> None:
    """Take the next version of `record` for this verb. Raises Stale where it is no longer `version`, which was read."""
    record.version = version
    if not type(record).objects.claim_version(record):
        raise Stale(type(record).objects.get(pk=record.pk))


def raise_versions(act: Act, records: Sequence[Any]) -> None:
    """Take the next version of each of `records`, all of one model, for this verb, whose entry then names them.

    The caller holds the locks.
    """
    if records:
        type(records[0]).objects.raise_versions(records)
        act.touch(records)


def mark_withdrawn[Row: CanBeWithdrawn](
    act: Act, record: Row, *, needs: str, twice: str = "This is withdrawn already."
) -> Row:
    """Withdraw a record, which is locked, for the reason of the verb: it stays on file, and says who, when and why.

    Raises Refusal: `twice` where it is withdrawn, `needs` without a reason.
    """
    if record.withdrawn_at:
        raise Refusal(twice)
    if not act.reason.strip():
        raise Refusal(needs, "reason")
    record.withdrawn_at, record.withdrawn_by, record.withdrawn_why = act.at, act.by, act.reason.strip()
    return act.save(record)


def day_of(
    given: datetime.date | None, *, at: datetime.datetime, not_before: datetime.date | None, field: str
) -> datetime.date:
    """The day that something was true: as given, else today in London at `at`.

    Raises Refusal for a day in the future, or before `not_before` (the report's publication).
    """
    today = london_day(at)
    day = given or today
    if day > today:
        raise Refusal(f"{say(day)} is in the future. Enter today or an earlier day.", field)
    if not_before and day < not_before:
        raise Refusal(f"{say(day)} is before the report was published, {say(not_before)}.", field)
    return day
