"""Read comma-separated files as a sheet: encoding, separator, cells. Runs in the child process."""

import csv
import io
from collections import Counter
from typing import Any

from recommendations.domain.text.csv_safety import unescape_formula
from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.spreadsheets.grid import (
    LONGEST_CELL,
    MOST_COLUMNS,
    TOO_LONG_A_CELL,
    TOO_MANY_COLUMNS,
    Grid,
    Room,
)
from recommendations.exchange.readers.spreadsheets.header_rows import Known
from recommendations.exchange.readers.spreadsheets.table import tables_out
from recommendations.exchange.readers.spreadsheets.xlsx_sheet import clean
from recommendations.exchange.readers.workbook import TableCell

NOT_TEXT = "This .csv file is not text. Open it in the program that it comes from, save it as .xlsx and bring that in."
NAME = "Sheet1"
SEPARATORS = ",;\t|"
SAMPLE = 64 * 1024
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CONTROLS = [chr(code) for code in range(32) if chr(code) not in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"]


def rows(data: bytes, is_known: Known, *of_sheets: object) -> list[dict[str, Any]]:
    """Return the table of a .csv in the format of Workbook.as_json. `of_sheets` is not used. Raises Unreadable."""
    return tables_out([grid_of(data)], is_known)


def grid_of(data: bytes) -> Grid:
    """Return all rows of the file, numbered as in a spreadsheet. Raises Unreadable."""
    text, separator = _without_declaration(_decode(data))
    separator = separator or separator_of(text[:SAMPLE])
    csv.field_size_limit(LONGEST_CELL)
    grid, room = Grid(NAME), Room()
    number = 0
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            grid.add(number, _cells(fields, room))
    except csv.Error as error:
        raise Unreadable(
            TOO_LONG_A_CELL.format(cell=f"A cell in row {number + 1}", name=NAME, most=LONGEST_CELL)
        ) from error
    return grid


def separator_of(sample: str) -> str:
    """Return the separator with which most rows have the same number of cells, and among those the most cells."""
    return max(SEPARATORS, key=lambda mark: _evenness(sample, mark))


def _evenness(sample: str, mark: str) -> tuple[int, int]:
    try:
        widths = Counter(
            len(fields) for fields in csv.reader(io.StringIO(sample, newline=""), delimiter=mark) if fields
        )
    except csv.Error:
        return (0, 0)
    width, times = max(widths.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(0, 0))
    return (times if width > 1 else 0, width)


def _cells(fields: list[str], room: Room) -> dict[int, TableCell]:
    if len(fields) > MOST_COLUMNS and any(fields[MOST_COLUMNS:]):
        raise Unreadable(TOO_MANY_COLUMNS.format(name=NAME, most=MOST_COLUMNS))
    cells = {}
    for column, field in enumerate(fields[:MOST_COLUMNS], start=1):
        if text := clean(unescape_formula(field)):
            room.take(text)
            cells[column] = TableCell(text)
    return cells


def _decode(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(map(text.count, CONTROLS)) * 200 > len(text):
            raise Unreadable(NOT_TEXT)
        return text
    raise Unreadable(NOT_TEXT)


def _encodings(data: bytes) -> list[str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return [encoding]
    odd, even = data[1:400:2], data[0:400:2]
    if odd.count(0) * 2 > len(odd):
        return ["utf-16-le"]
    if even.count(0) * 2 > len(even):
        return ["utf-16-be"]
    return ["utf-8", "cp1252", "latin-1"]


def _without_declaration(text: str) -> tuple[str, str]:
    """Return the text without a first line of "sep=;", and its separator: Excel's convention."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"')
    return (f"\n{rest}", first[4]) if first.casefold().startswith("sep=") and len(first) == 5 else (text, "")
