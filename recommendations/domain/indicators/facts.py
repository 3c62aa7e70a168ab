"""An indicator as it is shown: its values by period, target and marks, as frozen values. No queries.

Papers keep these values as they were, so everything converts to JSON (domain/text/dataclass_json.py): numbers are text.
Small numbers that are hidden are not in them at all.
"""

import datetime
import itertools
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from recommendations.enums.indicators import FEWEST_SHOWN, Better, IndicatorEvery, IndicatorUnit
from recommendations.periods import Period, say

SMALL = f"fewer than {FEWEST_SHOWN}"
AS_SMALL = Decimal(2)  # what a hidden number is compared as: below every other but 0


@dataclass(frozen=True, kw_only=True)
class IndicatorPoint:
    """The value of a period. `value` is "" if it is hidden because it is small, and None if there is none: a gap."""

    start: date
    end: date
    value: str | None = None

    @property
    def number(self) -> Decimal | None:
        """The value, or None if there is none to show."""
        return Decimal(self.value) if self.value else None

    @property
    def compared(self) -> Decimal:
        """The value as it is compared, so that a hidden one does not show through; not for a gap."""
        return AS_SMALL if self.number is None else self.number

    @property
    def is_gap(self) -> bool:
        return self.value is None

    @property
    def is_hidden(self) -> bool:
        return self.value == ""


@dataclass(frozen=True, kw_only=True)
class IndicatorMark:
    """What was closed, or promised, on a day: "WM-0008 closed"."""

    on: date
    words: str


@dataclass(frozen=True, kw_only=True)
class IndicatorBreak:
    """The day from which the numbers count something else, and what they counted before."""

    on: date
    was: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class IndicatorFacts:
    """An indicator on a day. `points` are all periods from the first with a value to the last, with gaps between them.

    `baseline` and `target` are None if there is none; the baseline is "" if it is hidden. `references` are the
    recommendations that it is of.
    """

    name: str
    day: date
    unit: str = IndicatorUnit.NUMBER
    better: str = Better.DOWN
    every: str = IndicatorEvery.MONTH
    source: str = ""
    definition: str = ""
    baseline: str | None = None
    baseline_on: date | None = None
    target: str | None = None
    target_on: date | None = None
    points: tuple[IndicatorPoint, ...] = ()
    breaks: tuple[IndicatorBreak, ...] = ()
    marks: tuple[IndicatorMark, ...] = ()
    references: tuple[str, ...] = ()

    def words_of(self, value: str | None) -> str:
        """A value in words: "12%", "fewer than 5", "no value"."""
        if value is None:
            return "no value"
        return IndicatorUnit(self.unit).words(Decimal(value)) if value else SMALL

    def name_of(self, point: IndicatorPoint) -> str:
        """The period of a point: "April 2026"."""
        return IndicatorEvery(self.every).name_of(Period(point.start, point.end))

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Each period with its value, in words."""
        return [(self.name_of(each), self.words_of(each.value)) for each in self.points]

    @property
    def latest_rows(self) -> list[tuple[str, str]]:
        """The same, the latest first."""
        return self.rows[::-1]

    @property
    def with_value(self) -> list[IndicatorPoint]:
        """The points with a value, hidden ones too."""
        return [each for each in self.points if not each.is_gap]

    @property
    def latest(self) -> IndicatorPoint | None:
        return self.with_value[-1] if self.with_value else None

    @property
    def latest_words(self) -> str:
        """ "12 in September 2026", or "No value yet"."""
        return f"{self.words_of(self.latest.value)} in {self.name_of(self.latest)}" if self.latest else "No value yet"

    @property
    def gaps(self) -> int:
        return sum(each.is_gap for each in self.points)

    @property
    def baseline_words(self) -> str:
        """ "41 on 1 April 2026", or "" without one."""
        if self.baseline is None or self.baseline_on is None:
            return ""
        return f"{self.words_of(self.baseline)} on {say(self.baseline_on)}"

    @property
    def target_words(self) -> str:
        """ "10 by 31 March 2027", or "" without one."""
        if self.target is None or self.target_on is None:
            return ""
        return f"{self.words_of(self.target)} by {say(self.target_on)}"

    @property
    def is_met(self) -> bool | None:
        """Whether the latest value is at the target or better; None without a target or a value, or if it is hidden
        and the target is among the numbers that are hidden."""
        if self.target is None or self.latest is None:
            return None
        target, number = Decimal(self.target), self.latest.number
        if number is not None:
            return not Better(self.better).is_worse(number, target)
        if not 0 < target < FEWEST_SHOWN:
            return not Better(self.better).is_worse(AS_SMALL, target)
        return None

    @property
    def state(self) -> str:
        """How it stands to its target, in two or three words."""
        if self.target is None or self.target_on is None:
            return "No target"
        if self.latest is None:
            return "No value yet"
        if self.is_met is None:
            return "Number too small to show"
        if self.is_met:
            return "Target reached"
        return "Not reached yet" if self.day <= self.target_on else "Target not reached"

    @property
    def sentence(self) -> str:
        """What the chart shows, in words: "Fell from 41 in April to 12 in September 2026; target 10 by 31 March 2027
        not reached yet. No value for 2 months."""
        parts = [self._course]
        if self.latest and self.target_words and self.is_met is not None:
            reached = "reached" if self.is_met else "not reached yet" if self.is_early else "not reached"
            parts.append(f"target {self.target_words} {reached}")
        elif self.target_words:
            parts.append(f"target {self.target_words}")
        told = f"{'; '.join(parts)}."
        if self.gaps:
            word = IndicatorEvery(self.every).value
            told += f" No value for {self.gaps} {word if self.gaps == 1 else f'{word}s'}."
        return told

    @property
    def is_early(self) -> bool:
        """Whether the day of the target is still to come."""
        return self.target_on is not None and self.day <= self.target_on

    @property
    def _course(self) -> str:
        changed = max((each.on for each in self.breaks), default=None)
        since = [each for each in self.with_value if changed is None or each.end >= changed]
        if not since:
            return f"No value since the definition changed on {say(changed)}" if changed else "No value yet"
        before = changed is not None and len(since) < len(self.with_value)
        opening = f"Since the definition changed on {say(changed)}: " if before and changed else ""
        told = self._change(since[0], since[-1])
        return f"{opening}{told[:1].lower()}{told[1:]}" if opening else told

    def _change(self, first: IndicatorPoint, last: IndicatorPoint) -> str:
        then, now = self.words_of(first.value), self.words_of(last.value)
        if first == last:
            return f"{now[:1].upper()}{now[1:]} in {self.name_of(last)}"
        is_month = self.every == IndicatorEvery.MONTH and first.start.year == last.start.year
        began = f"{first.start:%B}" if is_month else self.name_of(first)
        if first.value == last.value:
            return f"{now[:1].upper()}{now[1:]} in {began} and in {self.name_of(last)}"
        moved = "Fell" if last.compared < first.compared else "Rose"
        return f"{moved} from {then} in {began} to {now} in {self.name_of(last)}"

    @property
    def runs(self) -> list[list[IndicatorPoint]]:
        """The points that a line joins: it breaks at a gap, and where the definition changes."""
        found: list[list[IndicatorPoint]] = [[]]
        for before, point in itertools.pairwise((None, *self.points)):
            assert point
            if point.is_gap or (before and any(before.end < each.on <= point.end for each in self.breaks)):
                found.append([])
            if not point.is_gap:
                found[-1].append(point)
        return [each for each in found if each]

    def point_on(self, day: date) -> IndicatorPoint | None:
        """The last point with a value whose period has ended by a day."""
        return next((each for each in reversed(self.with_value) if each.end <= day), None)

    def is_worse_since(self, day: date) -> bool:
        """Whether the latest value is worse than the last of those up to a day; not across a changed definition."""
        then, now = self.point_on(day), self.latest
        if then is None or now is None:
            return False
        if any(then.end < each.on <= now.end for each in self.breaks):
            return False
        return Better(self.better).is_worse(now.compared, then.compared)

    def without_small(self) -> "IndicatorFacts":
        """The same without numbers from 1 to 4, as everyone may read it."""
        if self.unit != IndicatorUnit.NUMBER:
            return self
        points = tuple(replace(each, value=hidden(each.value)) for each in self.points)
        return replace(self, points=points, baseline=hidden(self.baseline))


def hidden(value: str | None) -> str | None:
    """A value, or "" in place of a number from 1 to 4."""
    return "" if value and 0 < Decimal(value) < FEWEST_SHOWN else value


def points_of(values: dict[Period, Decimal], every: str) -> tuple[IndicatorPoint, ...]:
    """A point for each period from the first to the last, None where there is no value between them."""
    if not values:
        return ()
    periods = IndicatorEvery(every).periods(min(values), max(values))
    found = {*periods, *values}
    return tuple(
        IndicatorPoint(start=each.start, end=each.end, value=plain(values.get(each))) for each in sorted(found)
    )


def plain(value: Decimal | None) -> str | None:
    """A number as text, without zeros at its end."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ended_periods(every: str, first: datetime.date, today: datetime.date) -> list[Period]:
    """The periods from that of the first day to the last that has ended before today."""
    kind, found = IndicatorEvery(every), []
    period = kind.period_of(first)
    while period.end < today:
        found.append(period)
        period = kind.next_of(period)
    return found
