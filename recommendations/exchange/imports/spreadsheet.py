"""Uploaded spreadsheets: the file's type, from its name and bytes, and its tables.

The parsing runs in the child process of sandbox.py: docs/adr/0011-a-reader-of-spreadsheets-of-our-own.md.
"""

from pathlib import PurePath

from recommendations.domain.register.export.sheets import REGISTER, UPDATES, ignored_sheets
from recommendations.exchange.imports.column_guessing import is_known
from recommendations.exchange.imports.own_export import without_extras
from recommendations.exchange.readers import sandbox
from recommendations.exchange.readers.errors import MAX_BYTES, Unreadable
from recommendations.exchange.readers.workbook import Workbook
from recommendations.exchange.readers.zip_kinds import (
    ACCEPTED,
    BINARY,
    MACROS,
    NUMBERS,
    OPEN,
    PROTECTED,
    SAVE,
    SLIDES,
    WORD,
    ZIP,
)

__all__ = ["MAX_BYTES", "Unreadable", "read_cells", "read_workbook"]

READERS = {".xlsx": "xlsx", ".csv": "csv"}
OLD = "This is an old Excel file (.xls). " + SAVE.format(program="Excel")
TEMPLATE = "This is an Excel template. " + SAVE.format(program="Excel")
PDF = "This is a PDF, not a spreadsheet. Ask for the spreadsheet that it was made from. " + ACCEPTED
PICTURE = "This is a picture, not a spreadsheet. " + ACCEPTED
WEB = "This is a web page, not a spreadsheet, whatever its name ends in. " + SAVE.format(program="Excel")
XML = "This is an XML file, not a workbook. " + SAVE.format(program="Excel")
RENAMED = "This file is called .csv, but it is an Excel workbook. Change its name to end in .xlsx."
TEXT = "This file is called .xlsx, but it is not an Excel workbook. " + SAVE.format(program="Excel")
OTHER = "This kind of file cannot be read. " + ACCEPTED
EMPTY = "This file is empty. Choose another file."
ONLY_UPDATES = (
    f"This file has nothing but the sheet {UPDATES} of an export, which is not read. "
    f"Bring in the sheet {REGISTER} of the export."
)
TOO_LARGE = (
    f"This file is larger than {MAX_BYTES // (1024 * 1024)} MB. "
    "Copy the rows of the register into a new workbook, save it as .xlsx and bring that in."
)
TOO_COMPLICATED = (
    "This file could not be read safely: it takes too much time or memory, or it is damaged. "
    "Copy the rows of the register into a new workbook, save it as .xlsx and bring that in."
)
REFUSED = {
    ".xls": OLD, ".xlt": TEMPLATE, ".xlsm": MACROS, ".xltm": MACROS, ".xlam": MACROS, ".xlsb": BINARY,
    ".xltx": TEMPLATE, ".ods": OPEN, ".fods": OPEN, ".numbers": NUMBERS, ".pdf": PDF, ".docx": WORD, ".doc": WORD,
    ".pptx": SLIDES, ".html": WEB, ".htm": WEB, ".xml": XML, ".zip": ZIP, ".jpg": PICTURE, ".jpeg": PICTURE,
    ".png": PICTURE,
}  # fmt: skip
OLD_OFFICE_FILE, PACKAGE = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
BEGINNINGS = (
    (b"%PDF-", PDF), (b"\x89PNG", PICTURE), (b"\xff\xd8\xff", PICTURE), (b"GIF8", PICTURE), (b"II*\0", PICTURE),
    (b"\x09\x08", OLD), (b"PK", ZIP), (b"\x1f\x8b", ZIP), (b"7z\xbc\xaf", ZIP), (b"Rar!", ZIP), (b"{\\rtf", WORD),
    (b"MZ", OTHER), (b"\x7fELF", OTHER),
)  # fmt: skip


def read_workbook(data: bytes, name: str) -> Workbook:
    """Return the tables of an uploaded .xlsx or .csv, without the exported sheets that are never read.

    Raises Unreadable, whose message says what is wrong and what to do.
    """
    suffix = _checked_suffix(data, name)
    reader = "xlsx" if data.startswith(PACKAGE) else READERS[suffix]
    sheets = sandbox.read(reader, data, is_known, ignored_sheets, refusal=TOO_COMPLICATED)
    if reader != READERS[suffix]:
        raise Unreadable(RENAMED)
    workbook = without_extras(Workbook.from_json({"name": name, "sheets": sheets}))
    if not workbook.sheets:
        raise Unreadable(ONLY_UPDATES)
    return workbook


def read_cells(data: bytes, name: str) -> str:
    """Return the cells of the first sheet as text: each row in the line of its number, with a tab between cells.

    Raises Unreadable as read_workbook does.
    """
    _checked_suffix(data, name)
    lines: list[str] = []
    for row in sandbox.read("cells", data, refusal=TOO_COMPLICATED):
        cells = {column: " ".join(text.split()) for column, text in row["cells"]}
        lines += [""] * (row["number"] - 1 - len(lines))
        lines.append("\t".join(cells.get(column, "") for column in range(1, max(cells) + 1)))
    return "\n".join(lines)


def _checked_suffix(data: bytes, name: str) -> str:
    """Return the ending of a file's name. Raises Unreadable for what is no spreadsheet, by its name or first bytes."""
    suffix = PurePath(name.lower()).suffix
    if not data:
        raise Unreadable(EMPTY)
    if len(data) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    if refusal := _refusal_by_bytes(data, suffix) or REFUSED.get(suffix):
        raise Unreadable(refusal)
    if suffix not in READERS:
        raise Unreadable(OTHER)
    return suffix


def _refusal_by_bytes(data: bytes, suffix: str) -> str:
    """Return the reason for refusing a file with these first bytes, or "" if the child process decides."""
    if data.startswith(PACKAGE):
        return ""
    if data.startswith(OLD_OFFICE_FILE):
        return _old(data)
    found = next((refusal for start, refusal in BEGINNINGS if data.startswith(start)), "") or _markup(data)
    return found or (TEXT if suffix == ".xlsx" else "")


def _old(data: bytes) -> str:
    """Return the reason for an old Office file, or an encrypted new one inside it."""
    if _utf16("EncryptedPackage") in data:
        return PROTECTED
    return WORD if _utf16("WordDocument") in data else OLD


def _markup(data: bytes) -> str:
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        return WEB
    return (WEB if b"<html" in start else XML) if start.startswith(b"<?xml") else ""


def _utf16(word: str) -> bytes:
    return word.encode("utf-16-le")
