"""Recognise zip files that are not plain Excel workbooks, by the names of their parts, with what to do about each."""

from collections.abc import Collection

ACCEPTED = "Bring in an .xlsx or a .csv file."
SAVE = "Open it in {program} and save it as .xlsx."
MACROS = "This is an Excel file with macros (.xlsm). " + SAVE.format(program="Excel")
BINARY = "This is a binary Excel file (.xlsb). " + SAVE.format(program="Excel")
OPEN = "This is an OpenDocument spreadsheet (.ods). " + SAVE.format(program="LibreOffice or Excel")
NUMBERS = "This is a Numbers spreadsheet (.numbers). Open it in Numbers and export it to Excel (.xlsx)."
PROTECTED = (
    "This Excel file is protected by a password, so it cannot be read. "
    "Open it in Excel, remove the password, save it as .xlsx and bring that in."
)
WORD = "This is a Word document, not a spreadsheet. " + ACCEPTED
SLIDES = "This is a PowerPoint file, not a spreadsheet. " + ACCEPTED
ZIP = "This is a zip file, not a spreadsheet. Extract the spreadsheet from it. " + ACCEPTED
KINDS = (
    ("xl/vbaproject.bin", MACROS),
    ("xl/macrosheets/", MACROS),
    ("xl/workbook.bin", BINARY),
    ("index/document.iwa", NUMBERS),
    ("index.numbers", NUMBERS),
    ("word/document.xml", WORD),
    ("ppt/presentation.xml", SLIDES),
    ("meta-inf/manifest.xml", OPEN),
)
OFFICE = "[content_types].xml"


def refusal_of(parts: Collection[str]) -> str:
    """Return why a package with these parts is refused, or "" if it can be an Excel workbook."""
    names = {part.casefold() for part in parts}
    found = (message for start, message in KINDS if any(name.startswith(start) for name in names))
    return next(found, "") or ("" if OFFICE in names else ZIP)
