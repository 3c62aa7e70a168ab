"""The rows of a large sheet as XML. openpyxl makes the workbook, its styles and its headings; these rows are
inserted when the package is post-processed (reproducible_zip.py), at a seventh of the cost of openpyxl's cells
(docs/benchmarks.md)."""

import datetime
from collections.abc import Iterable
from xml.sax.saxutils import escape

DAY_NOUGHT = datetime.date(1899, 12, 30)


def cell_xml(place: str, style: int, value: object) -> str:
    """The cell at a place ("B7") with a style of the workbook, by number.
    A text is stored as text, whatever it begins with; a day as a spreadsheet's day number; None and "" as empty.
    """
    if value is None or value == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, str):
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    number = (value - DAY_NOUGHT).days if isinstance(value, datetime.date) else value
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'


def row_xml(number: int, cells: Iterable[str], height: float | None = None) -> str:
    """A row with this number and these cells, in order; `height` is in points."""
    high = "" if height is None else f' ht="{height:g}" customHeight="1"'
    return f'<row r="{number}"{high}>{"".join(cells)}</row>'
