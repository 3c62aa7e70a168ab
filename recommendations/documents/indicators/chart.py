"""The chart of an indicator: its values by period on an axis from zero, its target, and what was closed when.

The line breaks at a period without a value, and where the definition changed: nothing is smoothed.
"""

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase

from recommendations.documents.formats.letter_widths import width_of
from recommendations.documents.formats.svg import INK, MUTED, PAPER, SMALL, Drawing, Fill
from recommendations.domain.indicators.facts import IndicatorFacts, IndicatorPoint
from recommendations.enums.indicators import FEWEST_SHOWN, IndicatorEvery
from recommendations.periods import say

LEFT, HIGH, ROW = 52, 150, 15
WIDE, NARROW, LEVELS_WIDE = 688, 400, 88  # the last: room for the names of target and baseline
DOT, SMALL_BAR = Fill(INK, INK, 1), Fill(PAPER, INK, 1.2, "3 2")
LETTER_WIDE = 40  # units that a period's name needs
LABEL = 12.6  # size of the values
SMALL_WIDE, GAP_WIDE = 20, 4  # units that "<5" needs, and the dash of a gap
CLOSE = 14  # units within which marks stand above each other
FEW = 14  # as many values stand beside their points
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class ChartKey:
    """A mark of the chart, and what it says: "1", "3 May 2026", "WM-0008 closed"."""

    sign: str
    on: datetime.date
    words: str

    @property
    def day(self) -> str:
        return say(self.on)


def key_of(facts: IndicatorFacts) -> list[ChartKey]:
    """What the chart marks: numbers for what was closed and promised, letters for changes of the definition."""
    marks = [ChartKey(str(number), each.on, each.words) for number, each in enumerate(facts.marks, start=1)]
    letters = itertools.cycle(ascii_uppercase)
    changes = [
        ChartKey(
            next(letters),
            each.on,
            f"Definition changed from “{each.was.strip().removesuffix('.')}”.{f' {each.note}' if each.note else ''}",
        )
        for each in facts.breaks
    ]
    return [*marks, *changes]


def draw_indicator(facts: IndicatorFacts, *, narrow: bool = False) -> Drawing | None:
    """The drawing, or None without a value. Its title is the facts’ sentence. `narrow` is for beside a form."""
    if not facts.with_value:
        return None
    return _Plot(facts, NARROW if narrow else WIDE).draw()


class _Plot:
    def __init__(self, facts: IndicatorFacts, width: int) -> None:
        self.facts, self.right, self.few = facts, width - LEVELS_WIDE, FEW if width == WIDE else FEW // 2
        self.drawing = Drawing(
            f"{facts.name}. {facts.sentence}",
            "A square for each value, joined by a line that breaks at a period without a value and where the "
            "definition changed. Dashed lines are the baseline and the target. Numbers and letters at the top are "
            "explained below.",
            width=width,
        )
        last = facts.points[-1].end
        on_chart = [each for each in key_of(facts) if facts.points[0].start <= each.on <= facts.day]
        self.keys = sorted(on_chart, key=lambda each: each.on)
        self.first = facts.points[0].start
        self.end = max([last, *(each.on for each in self.keys)])
        self.rows = list(self._mark_rows())
        self.top = 14 + ROW * max((row for row, _ in self.rows), default=0) + (12 if self.rows else 0)
        self.base = self.top + HIGH
        self.most = _round_up(self._largest())

    def _largest(self) -> Decimal:
        numbers = [each.number for each in self.facts.with_value if each.number is not None]
        levels = [Decimal(each) for each in (self.facts.target, self.facts.baseline) if each]
        hidden = [Decimal(FEWEST_SHOWN)] if any(each.is_hidden for each in self.facts.with_value) else []
        return max([*numbers, *levels, *hidden, Decimal(1)])

    def x(self, day: datetime.date) -> float:
        return LEFT + 8 + (self.right - LEFT - 16) * ((day - self.first).days / max((self.end - self.first).days, 1))

    def middle(self, point: IndicatorPoint) -> float:
        return self.x(point.start + (point.end - point.start) / 2)

    def y(self, value: Decimal) -> float:
        return self.base - float(value / self.most) * HIGH

    def draw(self) -> Drawing:
        self._axes()
        self._levels()
        self._marks()
        self._line()
        self._periods()
        self.drawing.height = int(self.base + 42)
        return self.drawing

    def _axes(self) -> None:
        for share in (Decimal(0), Decimal("0.5"), Decimal(1)):
            value = self.most * share
            words = self.facts.words_of(f"{value.normalize():f}")
            self.drawing.line(LEFT, self.y(value), self.right, self.y(value), thickness=0.6, colour=MUTED)
            self.drawing.say(LEFT - 6, self.y(value) + 4, words.split(" ")[0], anchor="end", size=SMALL, colour=MUTED)

    def _levels(self) -> None:
        """The target and the baseline, named at the right, apart from each other."""
        named: list[float] = []
        for name, value, dashes in (("Target", self.facts.target, "7 4"), ("Baseline", self.facts.baseline, "2 4")):
            if value:
                y = self.y(Decimal(value))
                self.drawing.line(LEFT, y, self.right, y, dashes=dashes)
                at = y + 4
                if named and abs(named[0] - at) < ROW:
                    at = named[0] + (ROW if at >= named[0] else -ROW)
                named.append(at)
                words = f"{name} {self.facts.words_of(value).split(' ')[0]}"
                self.drawing.say(self.right + 6, at, words, anchor="start", size=SMALL)

    def _mark_rows(self) -> Iterator[tuple[int, ChartKey]]:
        """Each mark with the row, from 0 at the bottom, in which its sign does not lie over another."""
        ends: list[float] = []
        for each in self.keys:
            x = self.x(each.on)
            row = next((row for row, end in enumerate(ends) if x - end >= CLOSE), len(ends))
            ends[row : row + 1] = [x]
            yield row, each

    def _marks(self) -> None:
        for row, each in self.rows:
            x, y = self.x(each.on), self.top - 8 - ROW * row
            is_change = each.sign in ascii_uppercase
            self.drawing.line(x, y + 3, x, self.base, thickness=1.2, dashes="" if is_change else "3 3")
            self.drawing.say(x, y, each.sign, weight=700, size=SMALL)

    def _line(self) -> None:
        for run in self.facts.runs:
            for before, after in itertools.pairwise(run):
                if before.number is not None and after.number is not None:
                    self.drawing.line(
                        self.middle(before), self.y(before.number), self.middle(after), self.y(after.number),
                        thickness=1.8,
                    )  # fmt: skip
        shown, named_until, dashed_until = self._named_points(), 0.0, 0.0
        for point in self.facts.points:
            x = self.middle(point)
            if point.is_gap:
                if x - dashed_until >= GAP_WIDE:
                    self.drawing.say(x, self.base - 5, "–", colour=MUTED)
                    dashed_until = x
            elif point.number is None:
                top = self.y(Decimal(FEWEST_SHOWN - 1))
                self.drawing.box(x - 3, top, 6, self.base - top, SMALL_BAR)
                if x - named_until >= SMALL_WIDE:
                    self.drawing.say(x, top - 6, f"<{FEWEST_SHOWN}", size=SMALL)
                    named_until = x
            else:
                y = self.y(point.number)
                self.drawing.box(x - 3, y - 3, 6, 6, DOT)
                if point in shown:
                    words = _figure(self.facts, point)
                    weight = 700 if point == self.facts.latest else 400
                    self.drawing.say(x, y - 8 if y - 8 > self.top - 2 else y + 17, words, weight=weight)

    def _named_points(self) -> list[IndicatorPoint]:
        """The points whose values stand beside them, none over another: the last, the first, then the extremes.

        If there are few, all others that fit.
        """
        said = [each for each in self.facts.with_value if each.number is not None]
        by_number = sorted(said, key=lambda each: each.number or 0)
        asked = (
            [said[-1], said[0], by_number[0], by_number[-1], *(said if len(said) <= self.few else [])] if said else []
        )
        named: list[IndicatorPoint] = []
        for point in asked:
            room = width_of(_figure(self.facts, point), LABEL, 700) + 3
            if all(abs(self.middle(point) - self.middle(each)) >= room for each in named):
                named.append(point)
        return named

    def _periods(self) -> None:
        """The names of the periods below, as many as fit; a year stands below its first."""
        points = self.facts.points
        apart = (self.middle(points[-1]) - self.middle(points[0])) / max(len(points) - 1, 1)
        step = max(1, -(-LETTER_WIDE // max(int(apart), 1)))
        year = ""
        for point in points[::step]:
            name, of_year = _names(self.facts.every, point)
            self.drawing.say(self.middle(point), self.base + 17, name)
            if of_year != year:
                year = of_year
                self.drawing.say(self.middle(point), self.base + 32, year, size=SMALL, colour=MUTED)


def _names(every: str, point: IndicatorPoint) -> tuple[str, str]:
    """The short name of a period, and its year: ("Apr", "2026"), ("Q1", "2026/27"), ("2026/27", "")."""
    if every == IndicatorEvery.MONTH:
        return f"{point.start:%b}", f"{point.start:%Y}"
    first = point.start.year if point.start.month >= 4 else point.start.year - 1
    years = f"{first}/{(first + 1) % 100:02}"
    return (years, "") if every == IndicatorEvery.YEAR else (f"Q{(point.start.month - 4) % 12 // 3 + 1}", years)


def _round_up(value: Decimal) -> Decimal:
    """The next round number, such as 20, 25, 50 or 100, that is at least this."""
    power = Decimal(10) ** (len(str(int(value))) - 1)
    return next(step * power for step in STEPS if step * power >= value)


@dataclass(frozen=True)
class IndicatorTable:
    """The values of an indicator, a row for each year from April, a column for each of its periods."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


COLUMNS: dict[str, tuple[str, ...]] = {
    IndicatorEvery.MONTH: ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"),
    IndicatorEvery.QUARTER: ("Q1", "Q2", "Q3", "Q4"),
    IndicatorEvery.YEAR: ("Value",),
}


def table_of(facts: IndicatorFacts) -> IndicatorTable:
    """The table that has the chart’s numbers: "–" where a period has no value."""
    heads = COLUMNS[facts.every]
    years: dict[str, list[str]] = {}
    for point in facts.points:
        first = point.start.year if point.start.month >= 4 else point.start.year - 1
        row = years.setdefault(f"{first}/{(first + 1) % 100:02}", [""] * len(heads))
        place = (point.start.month - 4) % 12 * len(heads) // 12
        row[place] = f"<{FEWEST_SHOWN}" if point.is_hidden else "–" if point.is_gap else _figure(facts, point)
    unit = {"number": "", "percent": "", "pounds": ""}.get(facts.unit, f", in {facts.unit}")
    return IndicatorTable(f"{facts.name}{unit}", heads, tuple((year, tuple(row)) for year, row in years.items()))


def _figure(facts: IndicatorFacts, point: IndicatorPoint) -> str:
    return facts.words_of(point.value).split(" ")[0]
