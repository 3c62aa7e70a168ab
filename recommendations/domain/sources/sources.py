"""Verbs for administrators: the sources that the office follows, and their rules."""

import datetime
from typing import Any

from recommendations.domain.sources.queries import all_bases, sources
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.sources import COUNTED, HMICFRS, ClockStart
from recommendations.models import Basis, BasisFacts, Source, User
from recommendations.models.sources.sources import BASIS_FIELDS, SOURCE_FIELDS
from recommendations.periods import london_day, say
from recommendations.trail import verb

MOST_DAYS = 3660


def set_source(*, key: str, by: User | None, at: datetime.datetime, reason: str = "", **facts: Any) -> Source:
    """Set a source's names and whether the office follows it, or add one under a new key.

    `facts` are named in SOURCE_FIELDS; those not given stay. Raises Refusal for HMICFRS, which is always followed, and
    for missing words.
    """
    with verb("set_source", by=by, at=at, reason=reason) as act:
        if key == HMICFRS:
            raise Refusal("HMICFRS is always followed, under its own name.")
        row = source_row(key)
        for name, value in facts.items():
            setattr(row, name, value)
        _check_words(row)
        act.subject = act.save(row)
    return row


def source_row(key: str) -> Source:
    """The part of a verb that takes the office's row of a source, locked: a new one, unsaved, if there is none."""
    row = Source.objects.select_for_update().filter(key=key).first()
    shipped = sources().get(key)
    return row or Source(key=key, **({name: getattr(shipped, name) for name in SOURCE_FIELDS} if shipped else {}))


def _check_words(row: Source) -> None:
    wanted = {"name": "a name", "word": "a short name", "initial": "a letter", "publication": "what it publishes"}
    for name, words in wanted.items():
        if not getattr(row, name).strip():
            raise Refusal(f"Enter {words}.", name)


def set_basis(
    *, key: str, since: datetime.date, by: User | None, at: datetime.datetime, reason: str = "", **facts: Any
) -> Basis:
    """Change a rule from a London day on, or add one under a new key. Inspections already recorded keep their last day.

    `facts` are named in BASIS_FIELDS; those not given stay as they are by then. Changing a rule confirms it. Raises
    Refusal for section 55, for a day on which it was changed already, and for days that are missing or too many.
    """
    with verb("set_basis", by=by, at=at, reason=reason) as act:
        before = all_bases(since).get(key)
        said = _rule(before) | facts
        _check(key, since, before, said)
        stamp = {"confirmed_by": by, "confirmed_at": at, "recorded_at": at}
        act.subject = act.save(Basis(key=key, since=since, **said | stamp))
    return act.subject


def confirm_basis(*, key: str, by: User | None, at: datetime.datetime) -> Basis:
    """Confirm a shipped rule, having looked up its law. Raises Refusal if it is confirmed already."""
    today = london_day(at)
    basis = all_bases(today).get(key)
    if basis is None or not basis.is_to_confirm:
        raise Refusal("This rule is confirmed already.")
    return set_basis(key=key, since=today, by=by, at=at)


def _rule(before: BasisFacts | None) -> dict[str, Any]:
    return {name: getattr(before, name) for name in BASIS_FIELDS} if before else {}


def _check(key: str, since: datetime.date, before: BasisFacts | None, facts: dict[str, Any]) -> None:
    if (before and before.section_55) or facts.get("section_55"):
        raise Refusal("The rule of section 55 is the law’s, and stays as it is.")
    if facts.get("source") not in sources():
        raise Refusal("Choose its source.", "source")
    if not str(facts.get("name", "")).strip():
        raise Refusal("Enter its name.", "name")
    if Basis.objects.filter(key=key, since=since).exists():
        raise Refusal(f"It was changed from {say(since)} already. Enter another day.", "since")
    _check_days(facts)


def _check_days(facts: dict[str, Any]) -> None:
    counts = facts.get("clock_start", ClockStart.NONE) in COUNTED
    days = facts.get("days")
    if counts and not (days and 1 <= days <= MOST_DAYS):
        raise Refusal(f"Enter the number of days, from 1 to {MOST_DAYS:,}.", "days")
    if not counts and days:
        raise Refusal("No days are counted where the last day is stated. Leave this empty.", "days")
