"""How often a force attended panels' meetings, and how often with a decision maker. Pure: no queries."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from recommendations.enums import MeetingState
from recommendations.periods import Period

GAP_RAISED = 2  # consecutive meetings without the force


@dataclass(frozen=True, kw_only=True)
class MeetingRow:
    """One meeting of a panel and its attendance. `represented`: the force was there, even in part or by a substitute.

    `by_decision_maker`: with a decision maker. Both are False if no attendance is recorded.
    """

    on: datetime.date
    state: str = MeetingState.HELD
    represented: bool = False
    by_decision_maker: bool = False
    pk: int = 0

    @property
    def is_held(self) -> bool:
        return self.state == MeetingState.HELD

    @property
    def answer(self) -> str:
        """Whether the force was represented, in words."""
        if not self.is_held:
            return MeetingState(self.state).label
        if not self.represented:
            return "Not represented"
        return "By a decision maker" if self.by_decision_maker else "Represented, not by a decision maker"


@dataclass(frozen=True, kw_only=True)
class AttendanceFigure:
    """A force's attendance at the meetings of a period. `held` counts meetings with recorded attendance.

    `gap` counts the latest consecutive meetings up to the period's last day without the force; they may begin before
    the period. `last_on` is the latest meeting held by then, `next_on` the next one planned after it.
    """

    held: int = 0
    represented: int = 0
    by_decision_maker: int = 0
    unrecorded: int = 0
    cancelled: int = 0
    gap: int = 0
    last_on: datetime.date | None = None
    next_on: datetime.date | None = None

    @property
    def share(self) -> str:
        """ "5 of 6", or "none held"."""
        return f"{self.represented} of {self.held}" if self.held else "none held"

    @property
    def decided_words(self) -> str:
        """The same for meetings with a decision maker."""
        return f"{self.by_decision_maker} of {self.held}" if self.held else "none held"

    @property
    def percent(self) -> int | None:
        """The rounded percentage of meetings held that the force attended, or None if none was held."""
        return round(100 * self.represented / self.held) if self.held else None

    @property
    def is_raised(self) -> bool:
        """Whether the force missed the last two meetings or more."""
        return self.gap >= GAP_RAISED


def attendance_of(meetings: list[MeetingRow], period: Period) -> AttendanceFigure:
    """Return the force's attendance at one panel's meetings in a period.

    Pass all meetings of the panel, in any order: the gap can begin before the period, and `next_on` is after it.
    Planned meetings within the period count as `unrecorded`.
    """
    within = [each for each in meetings if each.on in period]
    held = [each for each in within if each.is_held]
    before = sorted((each for each in meetings if each.is_held and each.on <= period.end), key=lambda each: each.on)
    ahead = [each.on for each in meetings if each.state == MeetingState.PLANNED and each.on > period.end]
    return AttendanceFigure(
        held=len(held),
        represented=sum(each.represented for each in held),
        by_decision_maker=sum(each.by_decision_maker for each in held),
        unrecorded=sum(each.state == MeetingState.PLANNED for each in within),
        cancelled=sum(each.state == MeetingState.CANCELLED for each in within),
        gap=running_gap(before),
        last_on=before[-1].on if before else None,
        next_on=min(ahead, default=None),
    )


def running_gap(held: list[MeetingRow]) -> int:
    """Return how many of the latest consecutive meetings the force missed. `held` is oldest first."""
    missed = 0
    for each in reversed(held):
        if each.represented:
            break
        missed += 1
    return missed


def sum_figures(figures: Iterable[AttendanceFigure]) -> AttendanceFigure:
    """Return the figures of several panels as one, with the longest gap, the latest and the soonest day."""
    figures = list(figures)
    counts = ("held", "represented", "by_decision_maker", "unrecorded", "cancelled")
    return AttendanceFigure(
        **{name: sum(getattr(each, name) for each in figures) for name in counts},
        gap=max((each.gap for each in figures), default=0),
        last_on=max((each.last_on for each in figures if each.last_on), default=None),
        next_on=min((each.next_on for each in figures if each.next_on), default=None),
    )


def silent_for(
    meetings: list[MeetingRow], longest_gap: int | None, since: datetime.date | None, today: datetime.date
) -> int | None:
    """Return for how many days nothing was recorded, if that is longer than the panel's frequency allows, or None.

    `longest_gap` is Frequency's, or None for irregular meetings. Without any meeting it counts from `since`; if that is
    None too, so is the result.
    """
    held = max((each.on for each in meetings if each.is_held and each.on <= today), default=since)
    if longest_gap is None or held is None:
        return None
    days = (today - held).days
    return days if days > longest_gap else None
