"""A sheet as in the file, before its table is found: cells by row and column (from 1), merged and hidden ones."""

from dataclasses import dataclass, field

from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.workbook import TableCell

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 200, 32_767
MOST_CELLS, MOST_CHARACTERS = 500_000, 12_000_000
TOO_MUCH = (
    "This file holds more text than can be read at once. "
    "Keep the sheets and rows that are the register, save it, and bring that in."
)
TOO_MANY_ROWS = (
    'The sheet "{name}" has more than {most:,} rows. Split it into several files and bring them in one by one.'
)
TOO_MANY_COLUMNS = (
    'The sheet "{name}" has more than {most} columns. Delete the columns that are not part of the register.'
)
TOO_LONG_A_CELL = (
    '{cell} of the sheet "{name}" has more than {most:,} characters, which is more than a cell can have. '
    "Shorten it, or check that every quotation mark is closed."
)


@dataclass(frozen=True)
class Merged:
    """A block of cells shown as one."""

    top: int
    left: int
    bottom: int
    right: int


class Room:
    """How many more cells and characters the whole file may have."""

    def __init__(self) -> None:
        self.cells, self.characters = MOST_CELLS, MOST_CHARACTERS

    def take(self, text: str) -> None:
        """Count a cell. Raises Unreadable if its text exceeds the limits."""
        self.cells -= 1
        self.characters -= len(text)
        if self.cells < 0 or self.characters < 0:
            raise Unreadable(TOO_MUCH)


@dataclass
class Grid:
    """The non-empty rows, by number. `unsaved` are formulas whose result is not in the file."""

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, TableCell]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    unsaved: list[tuple[int, int]] = field(default_factory=list)
    filtered: int = 0  # the row with the filter's arrows

    def add(self, number: int, cells: dict[int, TableCell]) -> None:
        """Add a row, if it is not empty. Raises Unreadable beyond the limits."""
        said = sum(1 for cell in cells.values() if cell.text)
        if not said:
            return
        if said > MOST_COLUMNS:
            raise Unreadable(TOO_MANY_COLUMNS.format(name=self.name, most=MOST_COLUMNS))
        for column, cell in cells.items():
            if len(cell.text) > LONGEST_CELL:
                place = f"Cell {letters(column)}{number}"
                raise Unreadable(TOO_LONG_A_CELL.format(cell=place, name=self.name, most=LONGEST_CELL))
        self.rows.setdefault(number, {}).update(cells)
        if len(self.rows) > MOST_ROWS:
            raise Unreadable(TOO_MANY_ROWS.format(name=self.name, most=MOST_ROWS))

    def is_hidden(self, column: int) -> bool:
        """Whether the column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def letters(column: int) -> str:
    """Return a column's name: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
