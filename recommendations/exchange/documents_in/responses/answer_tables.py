"""Read tables with columns of recommendations and answers, row by row."""

from collections.abc import Callable
from dataclasses import dataclass

from recommendations.exchange.documents_in.items import LinePart
from recommendations.exchange.documents_in.parts import ParsedComment, Rec
from recommendations.exchange.documents_in.reading_state import ReadingState
from recommendations.exchange.documents_in.recommendation_starts import read_section, read_start
from recommendations.exchange.documents_in.responses.voices import begin
from recommendations.exchange.documents_in.table_columns import column_role, heads_a_table
from recommendations.exchange.documents_in.vocabulary import (
    CHIEF,
    FORCE,
    IMPROVEMENT,
    OFFICE,
    RECOMMENDATION,
    REPLY,
    UNSAID,
    plain,
)


@dataclass
class AnswerTable:
    """A table with a heading row: the role of each column, and its rows of cells."""

    first: LinePart
    roles: dict[int, str]
    kinds: dict[int, str]
    head: list[LinePart]
    rows: dict[int, dict[int, list[LinePart]]]


def find(items: list[LinePart]) -> dict[int, AnswerTable]:
    """Return, by number, the tables with such columns, and those that continue one."""
    cells: dict[int, dict[int, dict[int, list[LinePart]]]] = {}
    for item in items:
        if item.line.cell:
            number, row, column = item.line.cell
            cells.setdefault(number, {}).setdefault(row, {}).setdefault(column, []).append(item)
    found: dict[int, AnswerTable] = {}
    last: AnswerTable | None = None
    for number, rows in cells.items():
        table = _table_with_head(rows) or _going_on(rows, last)
        if table is not None:
            found[number] = last = table
    return found


def walk[R: ReadingState](reading: R, take_line: Callable[[R, int, LinePart], None]) -> None:
    """Read every line: those of such tables by table, the others with `take_line`."""
    found = find(reading.items)
    for index, item in enumerate(reading.items):
        table = found.get(item.line.cell[0]) if item.line.cell else None
        if table is None:
            take_line(reading, index, item)
        elif item is table.first:
            take(table, reading)


def _table_with_head(rows: dict[int, dict[int, list[LinePart]]]) -> AnswerTable | None:
    row_number = min(rows)
    texts = {column: " ".join(item.text for item in cell) for column, cell in rows[row_number].items()}
    if not heads_a_table(list(texts.values())):
        return None
    roles = {column: column_role(text) for column, text in texts.items()}
    kinds = {column: _kind(text) for column, text in texts.items()}
    head = [item for cell in rows[row_number].values() for item in cell]
    return AnswerTable(head[0], roles, kinds, head, {row: cells for row, cells in rows.items() if row != row_number})


def _going_on(rows: dict[int, dict[int, list[LinePart]]], last: AnswerTable | None) -> AnswerTable | None:
    """Return a table with the same columns directly after one: it continues on the next page."""
    columns = {column for row in rows.values() for column in row}
    if last is None or len(last.roles) < 3 or columns != set(last.roles):
        return None
    first = next(iter(next(iter(rows.values())).values()))[0]
    return AnswerTable(first, last.roles, last.kinds, [], rows)


def _kind(heading: str) -> str:
    words = plain(heading).strip(" :*")
    section, start = read_section(words), read_start(words)
    return (section.kind if section else start.kind if start else "") or RECOMMENDATION


def take(table: AnswerTable, reading: ReadingState) -> None:
    """Read the rows: all recommendations first, because a cell beside them can answer several."""
    for item in table.head:
        reading.place(item, "Label", taken=(item.text,))
    recs: dict[int, list[Rec]] = {}
    for row in [row for row, cells in table.rows.items() if repeats_head(cells)]:
        for item in [item for cell in table.rows.pop(row).values() for item in cell]:
            reading.place(item, "Label", taken=(item.text,))
    for row, cells in table.rows.items():
        recs[row] = _recommendations(table, cells, reading)
    for row, cells in table.rows.items():
        for column, cell in cells.items():
            _read_other_cell(_role(table, column, reading), row, cell, recs, reading)
    reading.state.pending, reading.state.comment, reading.state.where = [], None, "narrative"


def _role(table: AnswerTable, column: int, reading: ReadingState) -> str:
    """Return a column's role. "Update" is the force's if another column is the office's, otherwise the office's."""
    role = table.roles.get(column, "")
    return (FORCE if OFFICE in table.roles.values() else OFFICE) if role == UNSAID else role


def _recommendations(table: AnswerTable, cells: dict[int, list[LinePart]], reading: ReadingState) -> list[Rec]:
    asked = next(column for column, role in table.roles.items() if role == "asked")
    number = _number(table, cells)
    kind = IMPROVEMENT if number.upper().startswith("AFI") else table.kinds[asked]
    found: list[Rec] = []
    for item in cells.get(asked, []):
        start = item.start if item.start and not (found and item.limb) else None
        if start is not None and start.rest and (start.kind or not found or item.asks):
            found.append(begin(reading, Rec(start.kind or kind, start.number or number)))
            found[-1].stem.append(start.rest)
            reading.place(item, rec=found[-1], taken=(start.words,))
        elif start is not None and not start.rest:
            found.append(begin(reading, Rec(start.kind or kind, start.number or number)))
            reading.place(item, rec=found[-1], taken=(start.words,))
        else:
            if not found:
                found.append(begin(reading, Rec(kind, number)))
            _add(found[-1], item, reading)
    return found


def _add(rec: Rec, item: LinePart, reading: ReadingState) -> None:
    if rec.stem and (item.is_bullet or item.limb):
        rec.limbs.append(item.text)
        reading.place(item, rec=rec, limb=len(rec.limbs) - 1)
    else:
        rec.add(item.text, item.line.mark)
        reading.place(item, rec=rec)


def _number(table: AnswerTable, cells: dict[int, list[LinePart]]) -> str:
    """Return the number in the row's number column."""
    column = next((column for column, role in table.roles.items() if role == "number"), None)
    own = cells.get(column, []) if column is not None else []
    printed = " ".join(item.text for item in own)
    start = own[0].start if own else None
    return start.number if start is not None and not start.rest else printed.rstrip(".:)")


def repeats_head(cells: dict[int, list[LinePart]]) -> bool:
    """Whether it is the heading row, repeated at the top of the next page."""
    return heads_a_table([" ".join(item.text for item in cell) for cell in cells.values()])


def _read_other_cell(
    role: str, row: int, cell: list[LinePart], recs: dict[int, list[Rec]], reading: ReadingState
) -> None:
    """Read a cell of another column: an answer to its rows' recommendations, a deadline or addressees."""
    if role == "asked" and recs[row]:
        return
    answered = [rec for at in range(row, row + cell[0].line.rows) for rec in recs.get(at, [])]
    if not answered:
        for item in cell:
            reading.unplaced(item)
    elif role == OFFICE:
        _comment(answered, cell, reading)
    elif role in (FORCE, CHIEF):
        for item in cell:
            answered[0].force.append(item.printed)
            reading.place(item, "Chief officer", rec=answered[0])
    elif role == REPLY:
        for item in cell:
            reading.parts.reply.append(item.printed)
            reading.place(item, "Reply")
    else:
        _fact(role, answered, cell, reading)


def _comment(answered: list[Rec], cell: list[LinePart], reading: ReadingState) -> None:
    comment = ParsedComment(answered)
    reading.parts.comments.append(comment)
    for item in cell:
        if item.is_bullet and comment.paragraphs:
            comment.paragraphs[-1] += f"\n{item.printed}"
        else:
            comment.paragraphs.append(item.printed)
        reading.place(item, comment=comment)


def _fact(role: str, answered: list[Rec], cell: list[LinePart], reading: ReadingState) -> None:
    for item in cell:
        if role == "number":
            reading.place(item, rec=answered[0], taken=(item.text,))
        elif role == "deadline" and not answered[0].deadline_words:
            for rec in answered:
                rec.deadline_words = item.text
            reading.place(item, "Deadline", rec=answered[0])
        elif role == "directed":
            for rec in answered:
                rec.addressees.append(item.text)
            reading.place(item, "Directed to", rec=answered[0])
        else:
            reading.unplaced(item)
