"""Why a row has its colour, in a few words, for the register, the record's page and papers."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, Self

from recommendations.enums import Outcome, Position, Rag
from recommendations.models import Thresholds
from recommendations.periods import say, say_days


@dataclass(frozen=True)
class ColourBasis:
    """The facts behind a row's colour on a day. `counts_from` and `rag` come from domain/register/rag.py."""

    rag: str
    counts_from: datetime.date | None
    deadline_kind: str
    deadline_on: datetime.date | None
    direction_due_on: datetime.date | None
    directed_to_force: bool
    position: str
    forecast_on: datetime.date | None
    closed_on: datetime.date | None
    outcome: str
    closure_requested_on: datetime.date | None
    last_heard_on: datetime.date  # the last force update, else the day tracking began

    @classmethod
    def of(cls, value: Callable[[str], Any]) -> Self:
        """From a row of Standing or of domain/register/as_at.py: `value` returns each value by name."""
        heard_on = value("last_update_on") or value("tracked_on")
        return cls(last_heard_on=heard_on, **{name: value(name) for name in (*DATED, *FIXED)})

    @classmethod
    def of_record(cls, record: object) -> Self:
        """From a row of Standing, or any object with attributes of the same names."""
        return cls.of(partial(getattr, record))


FIXED = ("deadline_kind", "deadline_on", "directed_to_force")
DATED = tuple(each.name for each in fields(ColourBasis) if each.name not in (*FIXED, "last_heard_on"))


def days_over(basis: ColourBasis, day: datetime.date) -> int:
    """Days past the date that it counts from (negative before it); if immediate, days since publication."""
    since = basis.counts_from or basis.deadline_on
    return (day - since).days if since else 0


def reason(basis: ColourBasis, day: datetime.date) -> str:
    """The words beside the colour: "221 days over", "forecast 31 January 2026", "on track"."""
    if basis.rag == Rag.BLUE:
        assert basis.closed_on is not None  # blue is closed (rag.colour)
        return f"{Outcome(basis.outcome).label.lower()}, {say(basis.closed_on)}"
    if basis.rag == Rag.GREY:
        return "not accepted" if basis.position == Position.NOT_ACCEPTED else "directed to others"
    if basis.rag == Rag.RED:
        number = say_days(days_over(basis, day))
        return f"open {number}" if basis.counts_from is None else f"{number} over"
    if basis.rag == Rag.AMBER:
        if basis.counts_from is None:
            return "no date set"
        assert basis.forecast_on is not None  # amber with a date is a forecast past it (rag.colour)
        return f"forecast {say(basis.forecast_on)}"
    return "closure asked" if basis.closure_requested_on else "on track"


def flags_of(basis: ColourBasis, day: datetime.date, rule: Thresholds, *, with_grey: bool = False) -> tuple[str, ...]:
    """The flags beside the colour, in words: "Due in 23 days", "No update for 148 days".

    `with_grey` flags the silence about what is grey too, as papers up to format 3 did.
    """
    due, quiet = days_until_due(basis, day, rule), quiet_for(basis, day, rule, with_grey=with_grey)
    flags = []
    if due is not None:
        flags.append(f"Due in {say_days(due)}" if due else "Due today")
    if quiet is not None:
        flags.append(f"No update for {quiet:,} days")
    return tuple(flags)


def days_until_due(basis: ColourBasis, day: datetime.date, rule: Thresholds) -> int | None:
    """The days left, if the date that it counts from is near, else None (rag.flag_q says the same in SQL)."""
    if basis.counts_from is None or basis.closed_on or basis.rag == Rag.GREY:
        return None
    left = (basis.counts_from - day).days
    return left if 0 <= left <= rule.due_soon_days else None


def quiet_for(basis: ColourBasis, day: datetime.date, rule: Thresholds, *, with_grey: bool = False) -> int | None:
    """The days without a force update, if too many, else None (rag.flag_q says the same in SQL)."""
    if basis.closed_on or (basis.rag == Rag.GREY and not with_grey):
        return None
    quiet = (day - basis.last_heard_on).days
    return quiet if quiet >= rule.no_update_days else None
