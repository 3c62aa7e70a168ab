"""Two small things that most verbs need: a lock on what they change, and the guard against a lost update."""

import datetime

from recommendations.domain.refusals import Refusal, Stale
from recommendations.periods import london_day, say


def locked(record):
    """The record as it is now, locked until the transaction ends (SQLite locks the whole database by itself)."""
    return type(record).objects.select_for_update().get(pk=record.pk)


def claim(record, version: int) -> None:
    """Take the next version of `record` for this verb. Raises Stale where it is no longer `version`, which was read."""
    record.version = version
    if not type(record).objects.claim_version(record):
        raise Stale(type(record).objects.get(pk=record.pk))


def day_of(given: datetime.date | None, *, at, not_before: datetime.date | None, field: str) -> datetime.date:
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
