"""The cells of a saved view's rows, in the order of its columns: the page's own and those of files."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from recommendations.domain.register.export.lines import RegisterLine, lines_by_id
from recommendations.domain.register.filters import ChangedFilter
from recommendations.domain.register.rows import RegisterRow, ViewCell, full, short
from recommendations.domain.saved_views.changes import LatestChange, latest_changes
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import london_day
from recommendations.views.register.columns import CHANGED, FIXED, LATER, PageColumn, ShownColumn, label_for_sources
from recommendations.views.register.page import shown_columns
from recommendations.views.register.request_query import RegisterRequest

ENOUGH = 120  # letters of a text: two lines of a wide column
WORDS = {
    ChangedFilter.UPDATES: "force update",
    ChangedFilter.TARGETS: "target set",
    ChangedFilter.STATUS: "HMICFRS status",
    ChangedFilter.ASSURANCE: "OPCC assurance",
    ChangedFilter.CLOSURES: "closure asked for",
    ChangedFilter.DECIDED: "closure decided",
    ChangedFilter.REOPENED: "reopened",
    ChangedFilter.ACCEPTED: "answer accepted",
    ChangedFilter.RETURNED: "answer returned",
    ChangedFilter.NEW: "new",
}


def rows_in_view(register_request: RegisterRequest, rows: list[RegisterRow], has_side_form: bool) -> list[RegisterRow]:
    """The rows with the cells of the open view, if any. `has_side_form` as in page.shown_columns."""
    if register_request.view is None or not rows:
        return rows
    cells = cells_of(register_request, rows, shown_columns(register_request, has_side_form))
    return [replace(row, cells=tuple(cells[row.pk])) for row in rows]


def cells_of(
    register_request: RegisterRequest, rows: Sequence[RegisterRow], columns: Sequence[ShownColumn]
) -> dict[int, list[ViewCell]]:
    """Row id → its cells, apart from the fixed columns.
    Five more queries if there is a column of a file, one more for "changed".
    """
    wanted = [each.column for each in columns if each.column not in (*FIXED, LATER)]
    has_fields = any(each.of_table for each in wanted)
    ids = [row.pk for row in rows]
    lines = (
        lines_by_id(register_request.query, ids, register_request.user, register_request.rule, register_request.words)
        if has_fields
        else {}
    )
    changes = _changes(register_request, rows) if CHANGED in wanted else {}
    day, mixed = register_request.query.day, register_request.choices.is_mixed
    return {
        row.pk: [_cell(column, lines.get(row.pk), changes.get(row.pk), day, mixed) for column in wanted] for row in rows
    }


def _cell(
    column: PageColumn, line: RegisterLine | None, change: LatestChange | None, day: datetime.date, mixed: bool
) -> ViewCell:
    if line and column.of_table:
        return ViewCell(column.cell, column.label, _cell_text(getattr(line, column.key), day))
    if change and column == CHANGED:
        when = short(london_day(change.at), day)
        return ViewCell(column.cell, column.label, label_for_sources(WORDS[ChangedFilter(change.what)], mixed), when)
    return ViewCell(column.cell, column.label)


def _changes(register_request: RegisterRequest, rows: Sequence[RegisterRow]) -> dict[int, LatestChange]:
    assert register_request.view is not None  # only views have this column
    since = register_request.since(register_request.view)
    changed = replace(register_request.query, changed=ChangedFilter.ANY, since=since)
    return latest_changes([row.pk for row in rows], changed)


def _cell_text(value: object, day: datetime.date) -> str:
    """A value from a file, shortened for a cell of the page."""
    if isinstance(value, datetime.date):
        return full(value)
    return "" if value is None else shorten(" ".join(str(value).split()), ENOUGH)
