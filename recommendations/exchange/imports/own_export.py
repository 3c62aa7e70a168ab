"""Parts of our own exports that are not the register: the rows' marks, and sheets that are not imported."""

from dataclasses import replace

from recommendations.domain.register.export.sheets import ACTION_FIELDS, MARK, UPDATE_FIELDS
from recommendations.domain.register.sheet_columns import BY_KEY
from recommendations.exchange.readers.workbook import Sheet, TableRow, Workbook

EXTRAS = [{field.heading for field in fields} for fields in (UPDATE_FIELDS, ACTION_FIELDS)]
# Columns that are calculated here, and that all our exports have had.
OURS = {BY_KEY[key].heading.casefold() for key in ("target_moves", "rag_reason", "closure_requested_on")}


def is_our_own(sheet: Sheet) -> bool:
    """Whether a table is our own export: it has columns that no other has."""
    return {" ".join(heading.split()).casefold() for heading in sheet.headings} >= OURS


def without_extras(workbook: Workbook) -> Workbook:
    """Return the workbook with each mark moved from its column to its row, and without exported updates and actions.

    Their sheets are recognised by their headings, even if they are renamed or on their own.
    """
    not_read = [sheet.name for sheet in workbook.sheets if _is_not_read(sheet)]
    sheets = tuple(_move_marks(sheet) for sheet in workbook.sheets if sheet.name not in not_read)
    return replace(workbook, sheets=sheets, not_read=tuple(not_read))


def _is_not_read(sheet: Sheet) -> bool:
    return not sheet.headings or any(set(sheet.headings) >= each for each in EXTRAS)


def _move_marks(sheet: Sheet) -> Sheet:
    if MARK.heading not in sheet.headings or not is_our_own(sheet):
        return sheet
    place = sheet.headings.index(MARK.heading)
    return replace(
        sheet,
        headings=_but(sheet.headings, place),
        rows=tuple(_move_mark(row, place) for row in sheet.rows),
        hidden_columns=frozenset(each - (each > place) for each in sheet.hidden_columns if each != place),
    )


def _move_mark(row: TableRow, place: int) -> TableRow:
    return replace(row, cells=_but(row.cells, place), mark=row.cells[place].text.strip())


def _but[Each](values: tuple[Each, ...], place: int) -> tuple[Each, ...]:
    return (*values[:place], *values[place + 1 :])
