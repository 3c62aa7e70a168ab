"""Writes small spreadsheets for the tests of their reader: with openpyxl, and part by part where it would not."""

import io
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.makers.word_file import HEAD, OFFICE, PACKAGE, zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NAMESPACES = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'
HEADINGS = ("Ref", "Recommendation", "Owner", "Deadline", "RAG")
TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/></Types>'
)


def excel_file(rows: Sequence[Sequence], change: Callable[[Worksheet], object] | None = None, **book) -> bytes:
    """A workbook of one sheet with these rows (None: no cell), as openpyxl saves it. `book` sets its properties."""
    return book_file({"Register": rows}, change, **book)


def book_file(
    sheets: dict[str, Sequence[Sequence]], change: Callable[[Worksheet], object] | None = None, **book
) -> bytes:
    """A workbook of several sheets; `change` is called with each of them."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, value in book.items():
        setattr(workbook, name, value)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if change is not None:
            change(sheet)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    """The workbook's bytes."""
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def raw_file(
    sheet: str | bytes,
    *,
    strings: str = "",
    styles: str = "",
    book: str = "",
    more: dict[str, bytes] | None = None,
    related: str = "",
    head: str = HEAD,
) -> bytes:
    """A workbook whose sheet, shared strings and styles are this XML (what stands inside their root elements)."""
    whole = sheet if isinstance(sheet, bytes) else f"{head}<worksheet {NAMESPACES}>{sheet}</worksheet>".encode()
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook {NAMESPACES}>{book}<sheets><sheet name="Register" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "/xl/styles.xml"),
            more=related,
        ),
        "xl/sharedStrings.xml": f"{head}<sst {NAMESPACES}>{strings}</sst>",
        "xl/styles.xml": f"{head}<styleSheet {NAMESPACES}>{styles}</styleSheet>",
    }
    encoded = {name: text.encode() for name, text in parts.items()}
    return zipped(encoded | {"xl/worksheets/sheet1.xml": whole} | (more or {}))


def relations(*each: tuple[str, str, str], more: str = "") -> str:
    """The part that says what another part points to."""
    lines = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{to}"/>' for key, kind, to in each)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}{more}</Relationships>'


def data(*rows: str) -> str:
    """The rows of a sheet's XML, each numbered from 1."""
    numbered = "".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(rows, start=1))
    return f"<sheetData>{numbered}</sheetData>"


def inline(*texts: str) -> str:
    """Cells with their own text, without references, as some programs write them."""
    return "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in texts)


TITLES = inline(*HEADINGS)
