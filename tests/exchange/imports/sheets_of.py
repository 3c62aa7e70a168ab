"""Workbooks as the reader hands them over, and the way from one to the register, in a line."""

import datetime

from recommendations.domain.imports.imports import bring_in
from recommendations.domain.imports.lines import ImportSource, context
from recommendations.domain.imports.plan import plan_of
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.imports.questions import questions_of
from recommendations.exchange.imports.rows import read_rows
from recommendations.exchange.readers.workbook import Sheet, TableCell, TableRow, Workbook
from tests.conftest import AT, TODAY

FILE = ImportSource("register.xlsx", "0" * 64)
SIMPLE = {
    "reference": "Ref",
    "inspection": "Report",
    "published_on": "Published",
    "number": "Rec No",
    "text": "Recommendation",
}


def cell(value) -> TableCell:
    if isinstance(value, TableCell):
        return value
    if isinstance(value, datetime.date):
        return TableCell(value.isoformat(), value)
    return TableCell(str(value))


def sheet(columns: dict[str, str], *rows, name: str = "Register") -> Sheet:
    """A table with these columns (field key → heading) and rows (field key → value), from row 2 on."""
    keys = list(columns)
    made = tuple(
        TableRow(number, tuple(cell(row.get(key, "")) for key in keys)) for number, row in enumerate(rows, start=2)
    )
    return Sheet(name, tuple(columns.values()), made)


def workbook(columns: dict[str, str], *rows) -> Workbook:
    """A workbook of one sheet."""
    return Workbook(FILE.name, (sheet(columns, *rows),))


def answers(columns: dict[str, str], force: str = "westmarch", **said) -> Answers:
    """The answers that say which column is which field, for a workbook of one sheet."""
    places = {str(place): key for place, key in enumerate(columns)}
    return Answers(forces={"Register": force}, columns={"Register": places}, **said)


def lines_of(columns, *rows, on=TODAY, **said):
    """What is read of rows: SheetLines."""
    return read_rows(workbook(columns, *rows), answers(columns, **said), context(on))


def asked(columns, *rows, on=TODAY, **said):
    """The questions about rows."""
    return questions_of(workbook(columns, *rows), answers(columns, **said), context(on))


def planned(columns, *rows, on=TODAY, **said):
    """The plan for rows."""
    return plan_of(lines_of(columns, *rows, on=on, **said), source=FILE, on=on)


def brought_in(columns, *rows, by=None, at=AT, **said):
    """The import of rows, on the day of the moment."""
    return bring_in(plan=planned(columns, *rows, on=at.date(), **said), by=by, at=at)
