"""The rows of a large sheet as XML. openpyxl makes the workbook, its styles and its headings; these rows are
inserted when the package is post-processed (reproducible_zip.py), at a fraction of the cost of openpyxl's cells
(docs/benchmarks.md)."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched, count
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

DAY_NOUGHT = datetime.date(1899, 12, 30)
AT_ONCE = 100  # rows that are written together
ROW = "\0"  # the number of the row in the pattern of all rows

# A value → the XML of its cell, as cell_xml gives it.
type CellXml = Callable[[Any], str]


def cell_xml(style: int, value: object) -> str:
    """The XML of a cell from its style on, a number of the workbook's: all but its place.
    A text is stored as text, whatever it begins with; a day as a spreadsheet's day number; None and "" as empty.
    """
    if value is None or value == "":
        return f' s="{style}"/>'
    if isinstance(value, str):
        return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    number = (value - DAY_NOUGHT).days if isinstance(value, datetime.date) else value
    return f' s="{style}"><v>{number}</v></c>'


def rows_xml(
    rows: Iterable[Sequence[Any]], cells: Sequence[CellXml], height: Callable[[Sequence[Any]], float] | None = None
) -> Iterator[str]:
    """The XML of the rows below the heading, a value for each of `cells`. `height` returns a row's height in points.

    The cells are made column by column, some rows at a time, and differ only in their number from row to row.
    """
    high = "" if height is None else ' ht="%g" customHeight="1"'
    places = "".join(f'<c r="{get_column_letter(place)}{ROW}"%s' for place in range(1, len(cells) + 1))
    pattern, numbers = f'<row r="{ROW}"{high}>{places}</row>', count(2)
    for some in batched(rows, AT_ONCE):
        columns: list[Iterable[Any]] = [map(height, some)] if height else []
        columns += [map(cell, values) for cell, values in zip(cells, zip(*some, strict=True), strict=True)]
        for row, number in zip(zip(*columns, strict=True), numbers, strict=False):
            yield pattern.replace(ROW, str(number)) % row
