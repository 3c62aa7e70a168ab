"""What an export of ours that comes back holds besides the register: marks beside its rows, and sheets that are not
read."""

from dataclasses import replace

from recommendations.domain.register.export.sheets import MARK, UPDATE_FIELDS
from recommendations.domain.register.sheet_columns import BY_KEY
from recommendations.exchange.readers.workbook import Sheet, TableRow, Workbook

UPDATE_HEADINGS = {field.heading for field in UPDATE_FIELDS}
# Columns that are worked out here, and that every export of ours has had.
OURS = {BY_KEY[key].heading.casefold() for key in ("target_moves", "rag_reason", "closure_requested_on")}


def is_our_own(sheet: Sheet) -> bool:
    """Whether a table came from here: it has columns that nobody else has."""
    return {" ".join(heading.split()).casefold() for heading in sheet.headings} >= OURS


def without_extras(workbook: Workbook) -> Workbook:
    """The workbook with each mark at its row instead of in a column, and without the updates that went out with it.

    The sheet of updates is known by its headings too, under another name or without the other sheets.
    """
    not_read = [sheet.name for sheet in workbook.sheets if _is_not_read(sheet)]
    sheets = tuple(_marked(sheet) for sheet in workbook.sheets if sheet.name not in not_read)
    return replace(workbook, sheets=sheets, not_read=tuple(not_read))


def _is_not_read(sheet: Sheet) -> bool:
    return not sheet.headings or set(sheet.headings) >= UPDATE_HEADINGS


def _marked(sheet: Sheet) -> Sheet:
    if MARK.heading not in sheet.headings or not is_our_own(sheet):
        return sheet
    place = sheet.headings.index(MARK.heading)
    return replace(
        sheet,
        headings=_but(sheet.headings, place),
        rows=tuple(_marked_row(row, place) for row in sheet.rows),
        hidden_columns=frozenset(each - (each > place) for each in sheet.hidden_columns if each != place),
    )


def _marked_row(row: TableRow, place: int) -> TableRow:
    return replace(row, cells=_but(row.cells, place), mark=row.cells[place].text.strip())


def _but[Each](values: tuple[Each, ...], place: int) -> tuple[Each, ...]:
    return (*values[:place], *values[place + 1 :])
