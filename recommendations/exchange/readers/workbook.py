"""A spreadsheet as read: sheets with headings and rows, each cell as displayed. Pure data."""

import datetime
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell's displayed text. `day` is set for a date; `fill` is red, amber, green, blue, grey or ""."""

    text: str = ""
    day: datetime.date | None = None
    fill: str = ""


EMPTY = TableCell()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table, with its number in the sheet (from 1) and a cell for each heading.

    `mark` is the mark of a row in our own export.
    """

    number: int
    cells: tuple[TableCell, ...]
    hidden: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row outside the table, and why: a title above it, a note below it, a total.

    Or a cell, by its heading, whose formula has no result in the file.
    """

    number: int
    text: str
    why: str


@dataclass(frozen=True)
class Sheet:
    """A table: its headings (two rows merged into one), rows, what was hidden, what was left out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """All sheets of a file with a table. `not_read` are the names of sheets that are never read."""

    name: str
    sheets: tuple[Sheet, ...]
    not_read: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the value that `from_json` takes: lists and texts only."""
        sheets = [_sheet_out(sheet) for sheet in self.sheets]
        return {"name": self.name, "sheets": sheets, "not_read": list(self.not_read)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Workbook":
        """Return the workbook from `as_json`."""
        sheets = tuple(_sheet_in(sheet) for sheet in value["sheets"])
        return cls(value["name"], sheets, tuple(value.get("not_read", ())))


def _sheet_out(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "headings": list(sheet.headings),
        "rows": [_row_out(row) for row in sheet.rows],
        "hidden": sheet.hidden,
        "hidden_columns": sorted(sheet.hidden_columns),
        "left_out": [[each.number, each.text, each.why] for each in sheet.left_out],
    }


def _row_out(row: TableRow) -> list[Any]:
    plain = [row.number, row.hidden, [_cell_out(cell) for cell in row.cells]]
    return [*plain, row.mark] if row.mark else plain


def _cell_out(cell: TableCell) -> str | list[str]:
    if cell.day is None and not cell.fill:
        return cell.text
    return [cell.text, cell.day.isoformat() if cell.day else "", cell.fill]


def _sheet_in(value: dict[str, Any]) -> Sheet:
    return Sheet(
        name=value["name"],
        headings=tuple(value["headings"]),
        rows=tuple(_row_in(*row) for row in value["rows"]),
        hidden=value["hidden"],
        hidden_columns=frozenset(value["hidden_columns"]),
        left_out=tuple(LeftOut(*each) for each in value["left_out"]),
    )


def _row_in(number: int, hidden: bool, cells: list[Any], mark: str = "") -> TableRow:
    return TableRow(number, tuple(map(_cell_in, cells)), hidden, mark)


def _cell_in(value: str | list[str]) -> TableCell:
    if isinstance(value, str):
        return TableCell(value) if value else EMPTY
    text, day, fill = value
    return TableCell(text, datetime.date.fromisoformat(day) if day else None, fill)
