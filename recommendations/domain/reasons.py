"""Why a row has its colour, in a few words: the second line of the register, the record's page and the paper."""

import datetime
from dataclasses import dataclass

from recommendations.domain.records import say
from recommendations.enums import DeadlineKind, Outcome, Position, Rag
from recommendations.models import Thresholds


@dataclass(frozen=True)
class Standing:
    """What a colour rests on, as at one day. `counts_from` and `rag` come from domain/rag.py."""

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


def days_over(standing: Standing, day: datetime.date) -> int:
    """Days past the date that it counts from; for an immediate one, days since publication."""
    since = standing.counts_from or standing.deadline_on
    return (day - since).days if since else 0


def reason(standing: Standing, day: datetime.date) -> str:
    """The words beside the colour: "221 days over", "forecast 31 January 2026", "on track"."""
    if standing.rag == Rag.BLUE:
        return f"{Outcome(standing.outcome).label.lower()}, {say(standing.closed_on)}"
    if standing.rag == Rag.GREY:
        return "not accepted" if standing.position == Position.NOT_ACCEPTED else "directed to others"
    if standing.rag == Rag.RED:
        days = days_over(standing, day)
        number = f"{days:,} day" if days == 1 else f"{days:,} days"
        return f"open {number}" if standing.deadline_kind == DeadlineKind.IMMEDIATE else f"{number} over"
    if standing.rag == Rag.AMBER:
        if standing.counts_from is None:
            return "no date set"
        return f"forecast {say(standing.forecast_on)}"
    return "closure asked" if standing.closure_requested_on else "on track"


def flags_of(standing: Standing, day: datetime.date, rule: Thresholds) -> tuple[str, ...]:
    """The flags beside the colour, in words: "Due in 23 days", "No update for 148 days"."""
    flags = []
    if standing.closed_on is None:
        due = (standing.counts_from - day).days if standing.counts_from else None
        if due is not None and 0 <= due <= rule.due_soon_days and standing.rag != Rag.GREY:
            flags.append("Due today" if due == 0 else f"Due in {due} day{'s' if due > 1 else ''}")
        quiet = (day - standing.last_heard_on).days
        if quiet >= rule.no_update_days:
            flags.append(f"No update for {quiet:,} days")
    return tuple(flags)
