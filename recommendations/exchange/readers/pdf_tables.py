"""Find tables in a PDF by the line with their column headings.

A PDF does not mark tables: a cell is the text under a column's heading. If rules are drawn across the page below the
headings, a row is what is between two of them, and the table ends at the last. Otherwise a row begins where the text
returns to an earlier column, and the table ends at a line that reaches into the next column, or that is well below.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from recommendations.exchange.readers.pdf_page import Printed, Rule

HeadsATable = Callable[[list[str]], bool]  # whether adjacent texts are the headings of a table's columns
SLACK = 4.0
ROW_GAP = 1.45
TABLE_GAP = 2.6
HEAD = -1
type RulesOf = Callable[[int], list[Rule]]


class TableRules(dict[int, list[int]]):
    """The heights of the rules across a table's columns, from the top, by page, computed on demand."""

    def __init__(self, rules_of: RulesOf, left: float, right: float) -> None:
        super().__init__()
        self.rules_of, self.left, self.right = rules_of, left, right

    def __missing__(self, page: int) -> list[int]:
        across = {round(height) for height, start, end in self.rules_of(page) if start < self.right and end > self.left}
        self[page] = sorted(across, reverse=True)
        return self[page]


ROWS_OF_A_HEAD = 2.2
MOST_HEAD_LINES = 30
NOTE = re.compile(r"^[¹²³⁴⁵⁶⁷⁸⁹†‡*]")


def with_cells(
    lines: Sequence[Printed], heads_a_table: HeadsATable, rules_of: RulesOf = lambda page: []
) -> list[Printed]:
    """Return the lines, with the cell of those inside tables. `rules_of` returns the horizontal rules of a page."""
    done: list[Printed] = []
    at = tables = 0
    while at < len(lines):
        head = _head_at(lines, at, heads_a_table)
        if not head:
            done.append(lines[at])
            at += 1
            continue
        tables += 1
        drawn = _rules_across(head, rules_of)
        body = _body(lines, at + _count(head), head, heads_a_table, drawn)
        done += _assign_cells(tables, head, body, drawn)
        at += _count(head) + len(body)
    return done


def _head_at(lines: Sequence[Printed], at: int, heads_a_table: HeadsATable) -> list[list[Printed]]:
    """Return the lines of each column's heading, if the adjacent texts from here on are headings."""
    columns = [[lines[at]]]
    for line in lines[at + 1 : at + 1 + MOST_HEAD_LINES]:
        last = columns[-1][-1]
        if _is_beside(columns[-1], lines[at], line):
            columns.append([line])
        elif _left_edge(columns[-1]) - SLACK <= line.left <= _right(columns[-1]) and _is_under(last, line):
            columns[-1].append(line)
        else:
            break
    texts = [" ".join(line.text for line in column) for column in columns]
    return columns if len(columns) > 1 and heads_a_table(texts) else []


def _is_beside(column: list[Printed], first: Printed, line: Printed) -> bool:
    level = abs(first.bottom - line.bottom) < ROWS_OF_A_HEAD * first.size
    return line.page == first.page and level and line.left >= _right(column)


def _is_under(last: Printed, line: Printed) -> bool:
    return last.page == line.page and 0 < last.bottom - line.bottom < ROW_GAP * line.size


def _left_edge(column: list[Printed]) -> float:
    return min(line.left for line in column)


def _right(column: list[Printed]) -> float:
    return max(line.right for line in column)


def _lowest(head: list[list[Printed]]) -> float:
    return min(line.bottom for column in head for line in column)


def _count(head: list[list[Printed]]) -> int:
    return sum(len(column) for column in head)


def _body(
    lines: Sequence[Printed],
    at: int,
    head: list[list[Printed]],
    heads_a_table: HeadsATable,
    drawn: TableRules | None,
) -> list[tuple[Printed, int]]:
    """Return the table's lines with their columns. Headings repeated on a new page are numbered down from HEAD."""
    body: list[tuple[Printed, int]] = []
    lowest, page = _lowest(head), head[0][0].page
    while at + len(body) < len(lines):
        line = lines[at + len(body)]
        if line.page != page:
            page, lowest = line.page, line.bottom
        if again := _head_at(lines, at + len(body), heads_a_table):
            body += [(each, HEAD - n) for n, column in enumerate(again) for each in column]
            lowest = _lowest(again)
            continue
        column = _column(line, head)
        inside = _is_inside(line, drawn) or _is_in_broken_row(line, lines, head, drawn)
        apart = not inside if inside is not None else lowest - line.bottom > TABLE_GAP * line.size
        if column is None or NOTE.match(line.text) or apart:
            break
        lowest = min(lowest, line.bottom)
        body.append((line, column))
    return body


def _column(line: Printed, head: list[list[Printed]]) -> int | None:
    """Return a line's column. Borders are half way between headings, which may be left-aligned or centred."""
    borders = [(_right(before) + _left_edge(after)) / 2 for before, after in pairwise(head)]
    column = sum(border < line.left + SLACK for border in borders)
    if column + 1 < len(head) and line.right > _left_edge(head[column + 1]) + SLACK:
        return None
    return column


def _rules_across(head: list[list[Printed]], rules_of: RulesOf) -> TableRules | None:
    """Return the rules across the table's columns, or None if there are none below its headings."""
    drawn = TableRules(rules_of, _left_edge(head[0]), _left_edge(head[-1]))
    below = [height for height in drawn[head[0][0].page] if height < _lowest(head)]
    return drawn if len(below) > 1 else None


def _is_inside(line: Printed, drawn: TableRules | None) -> bool | None:
    """Whether a line is between two rules on its page; None if there are no rules."""
    heights = drawn[line.page] if drawn is not None else []
    if not heights:
        return None
    return heights[-1] < line.bottom + SLACK and line.bottom < heights[0]


def _is_in_broken_row(
    line: Printed, lines: Sequence[Printed], head: list[list[Printed]], drawn: TableRules | None
) -> bool | None:
    """Whether the line is in a row that a page break splits; None if there are no rules.

    It is below the last rule on its page or above the first, the adjoining page has rules too, and nothing is there
    except text within columns.
    """
    here = drawn[line.page] if drawn is not None else []
    if drawn is None or not here:
        return None
    if line.bottom < here[-1] and drawn[line.page + 1]:
        beside = [each for each in lines if each.page == line.page and each.bottom < here[-1]]
    elif line.bottom > here[0] and drawn[line.page - 1]:
        beside = [each for each in lines if each.page == line.page and each.bottom > here[0]]
    else:
        return False
    columns = {_column(each, head) for each in beside}
    return None not in columns and len(columns) > 1


def _assign_cells(
    number: int, head: list[list[Printed]], body: list[tuple[Printed, int]], drawn: TableRules | None
) -> list[Printed]:
    done = [replace(line, cell=(number, 0, n)) for n, column in enumerate(head) for line in column]
    if drawn is not None and all(drawn[line.page] for line, _ in body):
        return done + _rows_between_rules(number, body, drawn)
    whole_cells = any(
        column == before and line.page == last.page and line.bottom < last.bottom
        for (last, before), (line, column) in pairwise(body)
    )
    row, last_column, lowest = 0, len(head), _lowest(head)
    for line, column in body:
        if column <= HEAD:
            row, last_column = row + (last_column > HEAD), column
            done.append(replace(line, cell=(number, row, HEAD - column)))
            continue
        back = column < last_column or last_column <= HEAD
        further = whole_cells or row == 0 or lowest - line.bottom > ROW_GAP * line.size or line.bottom > lowest
        if back and further:
            row, lowest = row + 1, line.bottom
        lowest = min(lowest, line.bottom)
        last_column = column
        done.append(replace(line, cell=(number, row, column)))
    return done


def _row_between(line: Printed, drawn: TableRules) -> tuple[int, int]:
    """Return the row: its page and the number of rules above it. If a page break splits it, it is the next page's."""
    above = sum(height > line.bottom for height in drawn[line.page])
    return (line.page + 1, 0) if above == len(drawn[line.page]) else (line.page, above)


def _rows_between_rules(number: int, body: list[tuple[Printed, int]], drawn: TableRules) -> list[Printed]:
    """Return the rows separated by rules, from the top, with each cell's lines together and in order."""
    rows: dict[tuple[int, int], int] = {}
    placed: list[tuple[int, int, int, Printed]] = []
    for order, (line, column) in enumerate(body):
        row = rows.setdefault(_row_between(line, drawn), len(rows) + 1)
        placed.append((row, HEAD - column if column <= HEAD else column, order, line))
    ranks = {row: rank for rank, row in enumerate((rows[key] for key in sorted(rows)), start=1)}
    in_order = sorted((ranks[row], column, order, line) for row, column, order, line in placed)
    return [replace(line, cell=(number, row, column)) for row, column, _, line in in_order]
