"""A sheet's table: headings, rows, and the text around it that is left out, with reasons."""

import bisect
import re
from typing import Any

from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.spreadsheets.grid import MOST_COLUMNS, TOO_MANY_COLUMNS, Grid, Room
from recommendations.exchange.readers.spreadsheets.header_rows import Heads, Known, distinct, find_heads, nameless
from recommendations.exchange.readers.workbook import EMPTY, LeftOut, Sheet, TableRow, Workbook

ABOVE = "It is above the headings."
UNDER = "It is below the table."
AGAIN = "It repeats the headings."
TOTAL = "It is a total."
NOTE = "It is a note or a key."
ALONE = "Only one of its cells is filled."
NO_RESULT = "The file holds a formula here and not its result. Open it in Excel, save it, and bring it in again."
NO_TABLE = (
    "No table was found in this file. The table needs a row of headings with its rows under it. "
    "Check that you chose the right file."
)
LONGEST_QUOTE = 300
LONG = 60
FIRST_COLUMNS = 3  # where a heading in between rows, or a note, begins
SUMS = re.compile(r"(?:sub|grand )?-?totals?\b", re.IGNORECASE)
NOTES = re.compile(r"(?:key|notes?|nb|n\.b\.|source|legend)\b|\*", re.IGNORECASE)


def tables_out(grids: list[Grid], is_known: Known) -> list[dict[str, Any]]:
    """Return the sheets with a table, in the format of Workbook.as_json. Raises Unreadable if there is none."""
    sheets = tuple(sheet for sheet in (table_of(grid, is_known) for grid in grids) if sheet is not None)
    if not sheets:
        raise Unreadable(NO_TABLE)
    found: list[dict[str, Any]] = Workbook("", sheets).as_json()["sheets"]
    return found


def table_of(grid: Grid, is_known: Known) -> Sheet | None:
    """Return the sheet's table, or None if it has no headings, or only unknown ones with nothing below."""
    _spread(grid)
    heads = find_heads(grid, is_known)
    if heads is None:
        return None
    left_out = {number: ABOVE for number in grid.rows if number < heads.top} | _left_out_below(grid, heads)
    numbers = [number for number in sorted(grid.rows) if number > heads.bottom and number not in left_out]
    known = sum(1 for name in heads.names.values() if is_known(name))
    if not (numbers or known > 2) or len(heads.names) < 2 > known:
        return None
    return _sheet(grid, heads, numbers, left_out)


def _spread(grid: Grid) -> None:
    """Copy a merged cell's text to each of its rows, so that a report's title is in all its rows."""
    numbers, room = sorted(grid.rows), Room()
    for each in grid.merged:
        said = grid.rows.get(each.top, {}).get(each.left)
        if said is None or each.top == each.bottom:
            continue
        for number in numbers[bisect.bisect_right(numbers, each.top) : bisect.bisect_right(numbers, each.bottom)]:
            room.take(said.text)
            grid.rows[number][each.left] = said


def _sheet(grid: Grid, heads: Heads, numbers: list[int], left_out: dict[int, str]) -> Sheet:
    columns = _columns(grid, heads, numbers)
    names = distinct([heads.names.get(column) or nameless(column) for column in columns])
    unsaved = [
        LeftOut(number, names[columns.index(column)], NO_RESULT)
        for number, column in grid.unsaved
        if number in grid.rows and number > heads.bottom and number not in left_out and column in columns
    ]
    quoted = [LeftOut(number, _quote(grid, number), why) for number, why in left_out.items()]
    return Sheet(
        name=grid.name,
        headings=tuple(names),
        rows=tuple(
            TableRow(
                number, tuple(grid.rows[number].get(column, EMPTY) for column in columns), number in grid.hidden_rows
            )
            for number in numbers
        ),
        hidden=grid.hidden,
        hidden_columns=frozenset(place for place, column in enumerate(columns) if grid.is_hidden(column)),
        left_out=tuple(sorted([*quoted, *unsaved], key=lambda each: each.number)),
    )


def _columns(grid: Grid, heads: Heads, numbers: list[int]) -> list[int]:
    """Return the columns with a heading, with text, or with differing colours."""
    said: set[int] = set(heads.names)
    fills: dict[int, list[str]] = {}
    for number in numbers:
        for column, cell in grid.rows[number].items():
            if cell.text:
                said.add(column)
            elif column not in said:
                fills.setdefault(column, []).append(cell.fill)
    coloured = {column for column, words in fills.items() if len(words) > 2 and len(set(words)) > 1}
    if len(said | coloured) > MOST_COLUMNS:
        raise Unreadable(TOO_MANY_COLUMNS.format(name=grid.name, most=MOST_COLUMNS))
    return sorted(said | coloured)


# -- rows outside the table


def _left_out_below(grid: Grid, heads: Heads) -> dict[int, str]:
    """Return the rows below the headings that are left out, with reasons."""
    numbers = [number for number in sorted(grid.rows) if number > heads.bottom]
    texts = {number: _texts(grid, number) for number in numbers}
    most = max([len(each) for each in texts.values()], default=0)
    whole = [number for number in numbers if len(texts[number]) > max(2, most // 3)]
    after = whole[-1] if whole else 0
    why = {number: _why(texts[number], heads, most, number > after > 0) for number in numbers}
    found = {number: reason for number, reason in why.items() if reason and not _goes_on(grid, heads, number, reason)}
    return found | _blocks_under(numbers, texts, most)


def _goes_on(grid: Grid, heads: Heads, number: int, reason: str) -> bool:
    """Whether a single cell directly below a row, and far from where headings begin, continues that row."""
    first = min(column for column, cell in grid.rows[number].items() if cell.text)
    return reason in (ALONE, UNDER) and number - 1 in grid.rows and first - min(heads.names) >= FIRST_COLUMNS


def _why(texts: list[str], heads: Heads, most: int, is_last: bool) -> str:
    names = {part.casefold() for name in heads.names.values() for part in (name, *name.split(" / "))}
    if len(texts) > 1 and all(" ".join(text.split()).casefold() in names for text in texts):
        return AGAIN
    if SUMS.match(texts[0]) and len(texts) * 2 <= max(most, 4):
        return TOTAL
    if NOTES.match(texts[0]) and len(texts) <= 2 < most:
        return NOTE
    if len(texts) == 1 and most > 2:
        return UNDER if is_last else ALONE
    return ""


def _blocks_under(numbers: list[int], texts: dict[int, list[str]], most: int) -> dict[int, str]:
    """Return rows after a blank row at the end with few, short cells: keys, counts, names."""
    found: dict[int, str] = {}
    blocks = _blocks(numbers)
    while len(blocks) > 1 and all(_is_slight(texts[number], most) for number in blocks[-1]):
        found |= dict.fromkeys(blocks.pop(), UNDER)
    return found


def _blocks(numbers: list[int]) -> list[list[int]]:
    """Group the numbers into runs without gaps."""
    blocks: list[list[int]] = []
    for number in numbers:
        if blocks and blocks[-1][-1] == number - 1:
            blocks[-1].append(number)
        else:
            blocks.append([number])
    return blocks


def _is_slight(texts: list[str], most: int) -> bool:
    few = len(texts) <= max(2, most // 3) and len(texts) < most
    return few and (len(texts) < 3 or max(map(len, texts)) <= LONG)


def _texts(grid: Grid, number: int) -> list[str]:
    return [cell.text for _, cell in sorted(grid.rows[number].items()) if cell.text]


def _quote(grid: Grid, number: int) -> str:
    text = " ".join(" ".join(_texts(grid, number)).split())
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
