"""Why a row has its colour, in a few words: the second line of the register, the record's page and the paper."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, Self

from recommendations.enums import DeadlineKind, Outcome, Position, Rag
from recommendations.models import Thresholds
from recommendations.periods import say, say_days


@dataclass(frozen=True)
class Standing:
    """What a colour rests on, as at one day. `counts_from` and `rag` come from domain/register/rag.py."""

    rag: str
    counts_from: datetime.date | None
    deadline_kind: str
    deadline_on: datetime.date | None
    directed_to_force: bool
    position: str
    forecast_on: datetime.date | None
    closed_on: datetime.date | None
    outcome: str
    closure_requested_on: datetime.date | None
    last_heard_on: datetime.date  # the last force update, else the day tracking began

    @classmethod
    def of(cls, value: Callable[[str], Any], prefix: str = "") -> Self:
        """From the values of one row of domain/register/as_at.py: `value` gives each by its name, with `prefix` as at a
        day."""
        dated = {name: value(prefix + name) for name in DATED}
        heard_on = value(f"{prefix}last_update_on") or value("tracked_on")
        return cls(last_heard_on=heard_on, **dated, **{name: value(name) for name in FIXED})

    @classmethod
    def of_record(cls, record: object) -> Self:
        """Of a record of as_at.on_day, or of anything that has the same names as attributes."""
        return cls.of(partial(getattr, record))


FIXED = ("deadline_kind", "deadline_on", "directed_to_force")
DATED = tuple(each.name for each in fields(Standing) if each.name not in (*FIXED, "last_heard_on"))


def days_over(standing: Standing, day: datetime.date) -> int:
    """Days past the date that it counts from; for an immediate one, days since publication."""
    since = standing.counts_from or standing.deadline_on
    return (day - since).days if since else 0


def reason(standing: Standing, day: datetime.date) -> str:
    """The words beside the colour: "221 days over", "forecast 31 January 2026", "on track"."""
    if standing.rag == Rag.BLUE:
        assert standing.closed_on is not None  # blue is closed (rag.colour)
        return f"{Outcome(standing.outcome).label.lower()}, {say(standing.closed_on)}"
    if standing.rag == Rag.GREY:
        return "not accepted" if standing.position == Position.NOT_ACCEPTED else "directed to others"
    if standing.rag == Rag.RED:
        number = say_days(days_over(standing, day))
        return f"open {number}" if standing.deadline_kind == DeadlineKind.IMMEDIATE else f"{number} over"
    if standing.rag == Rag.AMBER:
        if standing.counts_from is None:
            return "no date set"
        assert standing.forecast_on is not None  # amber with a date is a forecast past it (rag.colour)
        return f"forecast {say(standing.forecast_on)}"
    return "closure asked" if standing.closure_requested_on else "on track"


def flags_of(standing: Standing, day: datetime.date, rule: Thresholds) -> tuple[str, ...]:
    """The flags beside the colour, in words: "Due in 23 days", "No update for 148 days"."""
    due, quiet = due_in(standing, day, rule), quiet_for(standing, day, rule)
    flags = []
    if due is not None:
        flags.append(f"Due in {say_days(due)}" if due else "Due today")
    if quiet is not None:
        flags.append(f"No update for {quiet:,} days")
    return tuple(flags)


def due_in(standing: Standing, day: datetime.date, rule: Thresholds) -> int | None:
    """The days that are left, where the date that it counts from is near (rag.flagged says the same in SQL)."""
    if standing.counts_from is None or standing.closed_on or standing.rag == Rag.GREY:
        return None
    left = (standing.counts_from - day).days
    return left if 0 <= left <= rule.due_soon_days else None


def quiet_for(standing: Standing, day: datetime.date, rule: Thresholds) -> int | None:
    """The days without a force update, where they are too many (rag.flagged says the same in SQL)."""
    quiet = (day - standing.last_heard_on).days
    return quiet if quiet >= rule.no_update_days and not standing.closed_on else None
