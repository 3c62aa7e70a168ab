"""Find the heading rows of a sheet's table, and make one heading for each column."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from recommendations.exchange.readers.spreadsheets.grid import Grid, Merged, letters
from recommendations.exchange.readers.workbook import TableCell

Known = Callable[[str], bool]  # whether a text is a known heading
JOINT = " / "
NUMBER = re.compile(r"(?:[a-z]{1,4}|recommendation|area for improvement)?[ .#/-]*\d+(?:\.\d+)*[a-z]?", re.IGNORECASE)
LOOK_AT = 60  # rows from the top that can be headings
LONGEST_LABEL, LONGEST_GROUP = 120, 50
GOOD_ENOUGH = 0.75  # share of the best row's score: the first row to reach it is chosen
KNOWN, FILTERED = 2, 5


@dataclass(frozen=True)
class Heads:
    """The heading rows, from top to bottom, and the heading of each column that has one."""

    top: int
    bottom: int
    names: dict[int, str]


def find_heads(grid: Grid, is_known: Known) -> Heads | None:
    """Return the headings, if there are at least two or a known one, or None. Never raises."""
    numbers = sorted(grid.rows)[:LOOK_AT]
    scores = {number: _score(grid, number, is_known) for number in numbers}
    best = max(scores.values(), default=0)
    if best < 2:
        return None
    row = next(number for number in numbers if scores[number] >= best * GOOD_ENOUGH)
    if _are_sub_headings(grid, row, row + 1, is_known):
        return _join_headings(grid, row, row + 1)
    if _are_groups(grid, row - 1, row, is_known):
        return _join_headings(grid, row - 1, row)
    return Heads(row, row, {column: _one_line(cell.text) for column, cell in _labels(grid, row).items()})


def distinct(names: list[str]) -> list[str]:
    """Return the headings made unique: "Update", "Update (2)"."""
    taken: set[str] = set()
    found = []
    for name in names:
        times, each = 1, name
        while each.casefold() in taken:
            times += 1
            each = f"{name} ({times})"
        taken.add(each.casefold())
        found.append(each)
    return found


def nameless(column: int) -> str:
    """Return the name of a column without a heading."""
    return f"Column {letters(column)}"


def _score(grid: Grid, number: int, is_known: Known) -> int:
    """Return how much a row looks like headings: it has different short texts, preferably known ones."""
    labels = {cell.text.casefold() for cell in _labels(grid, number).values() if _is_label(cell)}
    known = sum(1 for label in labels if is_known(label))
    return len(labels) + KNOWN * known + (FILTERED if labels and number == grid.filtered else 0)


def _labels(grid: Grid, number: int) -> dict[int, TableCell]:
    return {column: cell for column, cell in sorted(grid.rows.get(number, {}).items()) if cell.text}


def _is_label(cell: TableCell, longest: int = LONGEST_LABEL) -> bool:
    return len(cell.text) <= longest and cell.day is None and not NUMBER.fullmatch(cell.text)


def _wide(grid: Grid, number: int) -> list[Merged]:
    """Return the cells of this row merged over several columns."""
    return [each for each in grid.merged if each.top <= number <= each.bottom and each.left < each.right]


def _columns_over_both(grid: Grid, top: int, bottom: int) -> set[int]:
    """Return the columns whose cells are merged over both rows."""
    both = [each for each in grid.merged if each.top <= top and bottom <= each.bottom]
    return {column for each in both for column in range(each.left, min(each.right, each.left + 200) + 1)}


def _are_groups(grid: Grid, upper: int, lower: int, is_known: Known) -> bool:
    """Whether the upper row names groups of the lower row's columns, rather than being a title."""
    groups, labels = _labels(grid, upper), _labels(grid, lower)
    if not groups or not all(_is_label(cell, LONGEST_GROUP) for cell in groups.values()):
        return False
    if all_of_it := [each for each in _wide(grid, upper) if each.left <= min(labels) and max(labels) <= each.right]:
        return len(groups) > len(all_of_it) + 1
    if _columns_over_both(grid, upper, lower) & groups.keys() or any(
        each.left in groups for each in _wide(grid, upper)
    ):
        return True
    names = [cell.text.casefold() for cell in labels.values()]
    known = sum(1 for cell in groups.values() if is_known(cell.text) or cell.text.casefold() in ("opcc", "hmicfrs"))
    return len(groups) > 1 and (len(set(names)) < len(names) or known > 1)


def _are_sub_headings(grid: Grid, upper: int, lower: int, is_known: Known) -> bool:
    """Whether the lower row has sub-headings of the upper row's headings, rather than being a row of the table."""
    spread = _columns_over_both(grid, upper, lower)
    own = {column: cell for column, cell in _labels(grid, lower).items() if column not in spread}
    if not own or not all(_is_label(cell, LONGEST_GROUP) for cell in own.values()):
        return False
    wide = [each for each in _wide(grid, upper) if each.bottom < lower]
    if wide:
        return all(any(each.left <= column <= each.right for each in wide) for column in own)
    if spread:
        return any(is_known(cell.text) for cell in own.values())
    heads = _labels(grid, upper)
    opens = [column for column in own if column in heads and column + 1 not in heads and column + 1 in own]
    blank = [column for column in own if column not in heads and column > min(heads)]
    known = sum(
        1 for column, name in _join_headings(grid, upper, lower).names.items() if column in own and is_known(name)
    )
    return bool(blank) and len(opens) + len(blank) == len(own) and known * 2 >= len(own)


def _join_headings(grid: Grid, upper: int, lower: int) -> Heads:
    groups, labels = _groups(grid, upper, lower), _labels(grid, lower)
    names = {}
    for column in sorted(groups.keys() | labels.keys()):
        parts = [groups.get(column, ""), _one_line(labels[column].text) if column in labels else ""]
        names[column] = JOINT.join(dict.fromkeys(part for part in parts if part))
    return Heads(upper, lower, names)


def _groups(grid: Grid, upper: int, lower: int) -> dict[int, str]:
    """Return each column's group: by merged cells or, without any, up to the next group."""
    groups = {column: _one_line(cell.text) for column, cell in _labels(grid, upper).items()}
    wide = _wide(grid, upper)
    found = dict(groups)
    for each in wide:
        for column in range(each.left, min(each.right, each.left + 200) + 1):
            found.setdefault(column, groups.get(each.left, ""))
    if not wide and not _columns_over_both(grid, upper, lower):
        group = ""
        for column in range(min(groups), max(_labels(grid, lower), default=0) + 1):
            group = groups.get(column, group)
            found[column] = group
    return {column: name for column, name in found.items() if name}


def _one_line(text: str) -> str:
    return " ".join(text.split())
