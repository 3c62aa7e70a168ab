"""How much of each list fits on page 2: heights in points, estimated conservatively from text lengths.
The page is never measured: a paper is rendered once, and its web pages have the same content as its PDF.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import NamedTuple

PAGE = 712  # points, of 717
ABOVE = 66  # the heading, the table's head and the sentence below it
HEADING, LINE, GAP = 23.0, 11.4, 3.0
ROW = 5.0  # padding of a table row
COLUMN = 55  # letters in a line of half a page
CELLS = (24, 13, 26, 33, 12)  # letters in a line of each table column
UNEVEN = 22  # how much longer one half may be than the other up to format 3, where a column could begin anywhere


class SecondPageRoom(NamedTuple):
    """How many of each list are shown."""

    worst: int
    since: int
    strongest: int
    asked: int


USUAL = SecondPageRoom(worst=5, since=8, strongest=3, asked=4)
LESS = (
    SecondPageRoom(5, 5, 3, 4),
    SecondPageRoom(5, 3, 3, 4),
    SecondPageRoom(5, 3, 2, 3),
    SecondPageRoom(4, 3, 2, 3),
    SecondPageRoom(4, 2, 1, 2),
    SecondPageRoom(3, 2, 1, 2),
    SecondPageRoom(2, 1, 1, 1),
)


def lines(text: str, letters: int = COLUMN) -> int:
    """How many lines a text takes, given its line breaks."""
    return sum(max(ceil(len(line) / letters), 1) for line in text.splitlines()) if text else 0


def row_height(cells: Sequence[Iterable[str]]) -> float:
    """The height of a table row, given its cells of one or more paragraphs."""
    counted = (sum(lines(text, letters) for text in cell) for cell, letters in zip(cells, CELLS, strict=True))
    return max(counted) * LINE + ROW


def block_height(paragraphs: Iterable[str]) -> float:
    """The height of a heading and its paragraphs."""
    return HEADING + sum(map(paragraph_height, paragraphs))


def paragraph_height(text: str) -> float:
    return lines(text) * LINE + GAP


def piece_heights(paragraphs: Iterable[str]) -> Iterator[float]:
    """The heights of what stays in one column: a heading with its first paragraph, then each of the others."""
    for place, text in enumerate(paragraphs):
        yield paragraph_height(text) + (0 if place else HEADING)


def fits_on_page(rows: Iterable[float], below: float) -> bool:
    """Whether the table's rows and what is below it, in two columns that are `below` high, fit on one page."""
    return ABOVE + sum(rows) + below <= PAGE


def half_of(blocks: Iterable[float]) -> float:
    """The height of two columns where a column can begin in the middle of a block, as up to format 3."""
    return sum(blocks) / 2 + UNEVEN


def longer_column(pieces: Sequence[float]) -> float:
    """The height of two columns of which the second begins with a whole piece."""
    return min(max(sum(pieces[:place]), sum(pieces[place:])) for place in range(len(pieces) + 1))
