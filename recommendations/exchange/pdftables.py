"""Tables in a PDF, found by the line that heads their columns.

A PDF says nothing of tables: a cell is what stands under a column's heading, and a row begins where the text goes
back to an earlier column. The table ends at a line that reaches into the next column, or that stands well below.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from recommendations.exchange.columns import heads_a_table
from recommendations.exchange.pdfpage import Printed

SLACK = 4.0
ROW_GAP = 1.45
TABLE_GAP = 2.6
HEAD = -1
NOTE = re.compile(r"^[¹²³⁴⁵⁶⁷⁸⁹†‡*]")


def with_cells(lines: Sequence[Printed]) -> list[Printed]:
    """The lines, those inside tables with the cell that they stand in."""
    done: list[Printed] = []
    at = tables = 0
    while at < len(lines):
        head = _head_at(lines, at)
        if not head:
            done.append(lines[at])
            at += 1
            continue
        tables += 1
        body = _body(lines, at + len(head), _lefts(head))
        done += _celled(tables, head, body)
        at += len(head) + len(body)
    return done


def _head_at(lines: Sequence[Printed], at: int) -> list[Printed]:
    """The lines from here on that stand side by side, if they head columns."""
    first, end = lines[at], at + 1
    while end < len(lines) and _beside(first, lines[end]):
        end += 1
    head = list(lines[at:end])
    return head if len(head) > 1 and heads_a_table([line.text for line in head]) else []


def _beside(line: Printed, other: Printed) -> bool:
    return line.page == other.page and abs(line.bottom - other.bottom) < 0.5 * line.size and line.left < other.left


def _lefts(head: Sequence[Printed]) -> list[float]:
    return [line.left for line in head]


def _body(lines: Sequence[Printed], at: int, lefts: list[float]) -> list[tuple[Printed, int]]:
    """The table's lines with their columns; a heading repeated on the next page stands in column -1."""
    body: list[tuple[Printed, int]] = []
    lowest = lines[at - 1].bottom
    page = lines[at - 1].page
    while at + len(body) < len(lines):
        line = lines[at + len(body)]
        if line.page != page:
            page, lowest = line.page, line.bottom
        if head := _head_at(lines, at + len(body)):
            body += [(each, HEAD) for each in head]
            continue
        column = _column(line, lefts)
        if column is None or NOTE.match(line.text) or lowest - line.bottom > TABLE_GAP * line.size:
            break
        lowest = min(lowest, line.bottom)
        body.append((line, column))
    return body


def _column(line: Printed, lefts: list[float]) -> int | None:
    column = max((n for n, left in enumerate(lefts) if left <= line.left + SLACK), default=None)
    if column is None or (column + 1 < len(lefts) and line.right > lefts[column + 1]):
        return None
    return column


def _celled(number: int, head: list[Printed], body: list[tuple[Printed, int]]) -> list[Printed]:
    done = [replace(line, cell=(number, 0, column)) for column, line in enumerate(head)]
    whole_cells = any(
        column == before and line.page == last.page and line.bottom < last.bottom
        for (last, before), (line, column) in pairwise(body)
    )
    row, last_column, lowest = 0, len(head), head[0].bottom
    for line, column in body:
        if column == HEAD:
            row, last_column = row + (last_column != HEAD), HEAD
            done.append(replace(line, cell=(number, row, _column(replace(line, right=line.left), _lefts(head)) or 0)))
            continue
        back = column < last_column or last_column == HEAD
        further = whole_cells or row == 0 or lowest - line.bottom > ROW_GAP * line.size or line.bottom > lowest
        if back and further:
            row, lowest = row + 1, line.bottom
        lowest = min(lowest, line.bottom)
        last_column = column
        done.append(replace(line, cell=(number, row, column)))
    return done
