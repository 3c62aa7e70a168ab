"""The cells of one column: how many hold something, and what kind of text they hold."""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from recommendations.days import NotADay, read_day
from recommendations.exchange.imports.column_values import COLOURS, MONTH_NAME, NO_DAY, STATUSES, names_a_period
from recommendations.exchange.readers.workbook import TableCell, TableRow

SAMPLES = 300
SHORT, LONGEST_WORD = 40, 60
FULL = 0.2  # the share of rows from which a column is full enough to be asked about
DAY = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:\D.{0,30})?"
    rf"|(?:\w{{3,9}},? )?\d{{1,2}}(?:st|nd|rd|th)?[ -]+{MONTH_NAME},?[ -]+\d{{2,4}}|{MONTH_NAME}[ -]\d{{2,4}}"
    r"|[34]\d{4}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ColumnCells:
    """A column: its position, heading and cells. `rows` are those of its table."""

    place: int
    heading: str
    rows: Sequence[TableRow]

    @cached_property
    def cells(self) -> list[TableCell]:
        """The first non-empty cells."""
        mine = (row.cells[self.place] for row in self.rows[: SAMPLES * 3] if self.place < len(row.cells))
        return [cell for cell in mine if cell.text or cell.fill][:SAMPLES]

    @cached_property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells if cell.text]

    @property
    def is_full(self) -> bool:
        """Whether enough of the rows hold something for the column to matter."""
        filled = sum(1 for row in self.rows if self.place < len(row.cells) and is_filled(row.cells[self.place]))
        return filled >= max(1, FULL * len(self.rows))

    @cached_property
    def share_of_days(self) -> float:
        """The share of days among the cells that say something about a day: "TBC" does not count."""
        return _share_of_days(self._cells_about_days)

    @cached_property
    def share_of_target_days(self) -> float:
        """The same for a force's own day, where "Immediate" and "Q3 2025/26" do not count either, beside days."""
        said = [cell for cell in self._cells_about_days if not names_a_period(cell.text)]
        return _share_of_days(said) if said else float(bool(self._cells_about_days))

    @property
    def _cells_about_days(self) -> list[TableCell]:
        return [cell for cell in self.cells if cell.text and cell.text.casefold() not in NO_DAY]

    def days(self) -> dict[int, datetime.date]:
        """Return the day of each row that has one, by the row's place."""
        found = {}
        for number, row in enumerate(self.rows[: SAMPLES * 3]):
            cell = row.cells[self.place] if self.place < len(row.cells) else TableCell()
            if day := cell.day or _day_typed(cell.text):
                found[number] = day
        return found

    def text_of(self, number: int) -> str:
        """Return the text in the row of this place."""
        cells = self.rows[number].cells
        return cells[self.place].text.strip() if self.place < len(cells) else ""

    @property
    def is_of_colours(self) -> bool:
        """Whether there are at least three cells, and each shows or names one of the colours."""
        return len(self.cells) >= 3 and all(
            cell.text.casefold() in COLOURS or (not cell.text and cell.fill) for cell in self.cells
        )

    @property
    def are_sentences(self) -> bool:
        """Whether most values end like sentences, or are as long as one."""
        ends = self.share_of(lambda text: text.endswith((".", "!", "?")) or len(text) > LONGEST_WORD)
        return ends >= 0.5 < len(self.texts)

    @property
    def is_a_list(self) -> bool:
        """Whether there are a few short, recurring values, or only words for a status."""
        if self.share_of(lambda text: text.casefold() in STATUSES) == 1:
            return True
        return len(self.texts) >= 5 and len(set(self.texts)) * 3 <= len(self.texts) and self.are_short(SHORT)

    @property
    def mean_length(self) -> float:
        return sum(map(len, self.texts)) / len(self.texts) if self.texts else 0.0

    def are_short(self, most: int) -> bool:
        return self.share_of(lambda text: len(text) <= most) >= 0.95

    def share_of(self, holds: Callable[[str], object]) -> float:
        """Return the share of texts for which this holds; 1 where there is none."""
        return sum(1 for text in self.texts if holds(text)) / len(self.texts) if self.texts else 1.0


def is_filled(cell: TableCell) -> bool:
    """Whether a cell holds a text or a colour."""
    return bool(cell.text.strip() or cell.fill)


def _share_of_days(cells: Sequence[TableCell]) -> float:
    days = sum(1 for cell in cells if cell.day or DAY.fullmatch(cell.text))
    return days / len(cells) if cells else 0.0


def _day_typed(text: str) -> datetime.date | None:
    try:
        return read_day(text.strip()) if DAY.fullmatch(text.strip()) else None
    except NotADay:
        return None
