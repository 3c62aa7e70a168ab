"""Read values of indicators from the cells of a sheet: names down and periods across, or the other way round.

Each cell is named as in the sheet ("C4"). What cannot be a value is wrong, and says why; an empty cell is a gap.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from recommendations.days import EARLIEST
from recommendations.domain.indicators.indicators import what_is_wrong
from recommendations.domain.indicators.values import NewValue
from recommendations.enums.indicators import IndicatorEvery, IndicatorUnit
from recommendations.exchange.imports.day_cells import stored_day_advice
from recommendations.exchange.indicators.periods_in_words import NamedPeriod, read_period
from recommendations.exchange.readers.spreadsheets.grid import letters
from recommendations.models import Indicator
from recommendations.periods import Period

MOST_LETTERS, MOST_CELLS = 100_000, 5_000
GAPS = {"", "-", "–", "—", "n/a", "na", "..", "...", "no data", "not known"}
FIGURE = re.compile(
    r"(?P<minus>[-−–(]?)\s*(?P<pound>£?)\s*(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)\)?\s*(?P<sign>%|[a-z]*)"
)
THOUSANDS, DECIMALS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"), re.compile(r"\d+\.\d{1,2}")
SIGNS = {
    "": None, "%": IndicatorUnit.PERCENT, "percent": IndicatorUnit.PERCENT,
    "d": IndicatorUnit.DAYS, "day": IndicatorUnit.DAYS, "days": IndicatorUnit.DAYS,
    "h": IndicatorUnit.HOURS, "hr": IndicatorUnit.HOURS, "hrs": IndicatorUnit.HOURS, "hour": IndicatorUnit.HOURS,
    "hours": IndicatorUnit.HOURS, "min": IndicatorUnit.MINUTES, "mins": IndicatorUnit.MINUTES,
    "minute": IndicatorUnit.MINUTES, "minutes": IndicatorUnit.MINUTES,
}  # fmt: skip
NO_SHEET = "This is no table of cells. Copy the cells in the sheet, with their headings, and paste them here."
NO_PERIODS = (
    f"No row or column of this sheet names months, quarters or years since {EARLIEST}. Put them in the first row or "
    "the first column: Apr 2026, Q1 2026/27, 2026/27."
)
NO_PERIOD = f"This is no month, quarter or year since {EARLIEST}, such as Apr 2026, Q1 2026/27 or 2026/27."
NO_NUMBER = "This is no number. Write it as 1,041 or 62.5."
TOO_LONG = f"This is more than {MOST_CELLS:,} cells. Paste it in parts."


class SheetRefused(ValueError):
    """The sheet cannot be read. The message says why and what to do."""


@dataclass(frozen=True)
class WrongCell:
    """A cell that cannot be read, and why."""

    cell: str
    typed: str
    why: str


@dataclass(frozen=True)
class ReadValue:
    """A value, and the cell in which it stands."""

    cell: str
    new: NewValue


@dataclass
class ReadSheet:
    """The values of a sheet, what is wrong in it, and how many of its cells are empty."""

    values: list[ReadValue] = field(default_factory=list)
    wrong: list[WrongCell] = field(default_factory=list)
    gaps: int = 0


def read_sheet(text: str, indicators: Iterable[Indicator], today: datetime.date) -> ReadSheet:
    """The values in pasted cells. Raises SheetRefused if it is no table, is too large, or names no periods."""
    grid = [[cell.strip() for cell in line.split("\t")] for line in text.replace("\r\n", "\n").split("\n")]
    top = next((number for number, row in enumerate(grid) if any(row)), None)
    if top is None or all(len(row) < 2 for row in grid):
        raise SheetRefused(NO_SHEET)
    if sum(map(len, grid)) > MOST_CELLS or len(text) > MOST_LETTERS:
        raise SheetRefused(TOO_LONG)
    reader = _IndicatorSheetReader({" ".join(each.name.split()).casefold(): each for each in indicators}, today)
    across = sum(read_period(cell) is not None for cell in grid[top][1:])
    down = sum(read_period(row[0]) is not None for row in grid[top + 1 :])
    if not across and not down:
        heads = [*grid[top][1:], *(row[0] for row in grid[top + 1 :])]
        raise SheetRefused(next(filter(None, map(stored_day_advice, heads)), NO_PERIODS))
    reader.read(grid, top, names_down=across >= down)
    return reader.found


class _IndicatorSheetReader:
    def __init__(self, by_name: dict[str, Indicator], today: datetime.date) -> None:
        self.by_name, self.today, self.found = by_name, today, ReadSheet()
        self.cells: dict[tuple[int, datetime.date], list[tuple[str, str]]] = defaultdict(list)

    def read(self, grid: list[list[str]], top: int, *, names_down: bool) -> None:
        heads = [self._head(cell, f"{letters(place)}{top + 1}", names_down) for place, cell in _numbered(grid[top])]
        for number in range(top + 1, len(grid)):
            if not any(grid[number]):
                continue
            side = self._head(grid[number][0], f"A{number + 1}", not names_down)
            for place, cell in _numbered(grid[number]):
                if place - 2 >= len(heads):
                    self._wrong(f"{letters(place)}{number + 1}", cell, "This column has no heading.")
                    continue
                head = heads[place - 2]
                indicator, period = (side, head) if names_down else (head, side)
                if isinstance(indicator, Indicator) and isinstance(period, NamedPeriod):
                    self._value(f"{letters(place)}{number + 1}", cell, indicator, period)
        self._check_twice()

    def _head(self, text: str, cell: str, is_period: bool) -> Indicator | NamedPeriod | None:
        """What a heading names: a period, or an indicator. One that names nothing is wrong."""
        if is_period:
            found: Indicator | NamedPeriod | None = read_period(text)
            why = stored_day_advice(text) or NO_PERIOD
        else:
            found = self.by_name.get(" ".join(text.split()).casefold())
            why = "There is no indicator of this name whose values you enter. Check its spelling, or add it first."
        if found is None:
            self._wrong(cell, text, why if text else "This heading is empty.")
        return found

    def _value(self, cell: str, text: str, indicator: Indicator, heading: NamedPeriod) -> None:
        if text.casefold() in GAPS:
            self.found.gaps += 1
            return
        period, value = counted_period(heading, indicator, self.today), read_figure(text, indicator)
        if isinstance(period, str):
            self._wrong(cell, text, period)
            return
        if isinstance(value, str):
            self._wrong(cell, text, value)
            return
        self.cells[indicator.pk, period.start].append((cell, text))
        self.found.values.append(ReadValue(cell, NewValue(indicator, period, value)))

    def _check_twice(self) -> None:
        """Two values for one period: neither is taken."""
        twice = {key: cells for key, cells in self.cells.items() if len(cells) > 1}
        for cells in twice.values():
            for cell, text in cells:
                others = " and ".join(each for each, _ in cells if each != cell)
                self._wrong(cell, text, f"{others} is for the same indicator and period. Leave one empty.")
        self.found.values = [
            each for each in self.found.values if (each.new.indicator.pk, each.new.period.start) not in twice
        ]

    def _wrong(self, cell: str, typed: str, why: str) -> None:
        self.found.wrong.append(WrongCell(cell, typed[:60], why))


def _numbered(row: list[str]) -> list[tuple[int, str]]:
    """The cells after the first, with the numbers of their columns; empty ones at the end are left out."""
    last = max((place for place, cell in enumerate(row) if cell), default=0)
    return [(place, cell) for place, cell in enumerate(row[: last + 1], start=1)][1:]


def counted_period(heading: NamedPeriod, indicator: Indicator, today: datetime.date) -> Period | str:
    """The period of an indicator that a heading names, or why it has no value of that."""
    kind = IndicatorEvery(indicator.every)
    period = heading.as_counted(indicator.every)
    if period is None:
        return f"“{indicator}” is counted {kind.label.lower()}, and this is another period. Name a {kind.value}."
    if period.end >= today:
        return f"{kind.name_of(period)} has not ended yet. Leave it out until then."
    return period


def read_figure(text: str, indicator: Indicator) -> Decimal | str:
    """The value in a cell, or why it is none."""
    found = FIGURE.fullmatch(text.casefold())
    if found is None or found["sign"] not in SIGNS:
        return NO_NUMBER
    unit = IndicatorUnit(indicator.unit)
    said = IndicatorUnit.POUNDS if found["pound"] else SIGNS[found["sign"]]
    if said is not None and said != unit:
        return f"This is {_in_words(said)}, and “{indicator}” is {_in_words(unit)}. Check that it is the right figure."
    number = found["number"]
    if "," in number and not THOUSANDS.fullmatch(number):
        with_point = number.replace(",", ".")
        return f"Write {with_point} with a point." if DECIMALS.fullmatch(with_point) else NO_NUMBER
    value = Decimal(number.replace(",", ""))
    return what_is_wrong(indicator, -value if found["minus"] and value else value) or value


def _in_words(unit: IndicatorUnit) -> str:
    """ "a percentage", "in days"."""
    words = {IndicatorUnit.NUMBER: "a number without a unit", IndicatorUnit.PERCENT: "a percentage"}
    return words.get(unit, f"in {unit.label.lower()}")
