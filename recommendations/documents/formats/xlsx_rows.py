"""The rows of a large sheet as XML. openpyxl makes the workbook, its styles and its headings; these rows join the
package as it is packed (reproducible_zip.py), for a seventh of what a cell of openpyxl costs (docs/benchmarks.md).
"""

import datetime
from collections.abc import Iterable
from xml.sax.saxutils import escape

DAY_NOUGHT = datetime.date(1899, 12, 30)


def cell_xml(place: str, style: int, value: object) -> str:
    """The cell at a place ("B7") in a style of the workbook, by its number.

    A text is a text, whatever it begins with; a day is the number that spreadsheets have for it; None and "" are empty.
    """
    if value is None or value == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, str):
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    number = (value - DAY_NOUGHT).days if isinstance(value, datetime.date) else value
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'


def row_xml(number: int, cells: Iterable[str], height: float | None = None) -> str:
    """The row of this number with its cells, in order; as high as is said, in points."""
    high = "" if height is None else f' ht="{height:g}" customHeight="1"'
    return f'<row r="{number}"{high}>{"".join(cells)}</row>'
