"""Files that are no .xlsx or .csv are refused by what they are, with how to bring in what they hold."""

import datetime
import re

import pytest

from recommendations.exchange.imports import spreadsheet
from recommendations.exchange.imports.spreadsheet import Unreadable, read_workbook
from recommendations.exchange.readers import sandbox
from recommendations.exchange.readers.zip_kinds import PROTECTED
from tests.makers.spreadsheet_file import HEADINGS, data, excel_file, inline, raw_file
from tests.makers.word_file import para, word_file, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
EXCEL = excel_file([HEADINGS, ("1", "Do it.", "", "", "Red")])
CSV = b"Ref,RAG\n1,Red\n"
ODS = zipped({"mimetype": b"x", "content.xml": b"<a/>", "META-INF/manifest.xml": b"<a/>"})
BINARY = zipped({"[Content_Types].xml": b"", "xl/workbook.bin": b""})
NUMBERS = zipped({"Index/Document.iwa": b"x"})
MACROS = raw_file(data(inline("Ref", "RAG"), inline("1", "Red")), more={"xl/vbaProject.bin": b"x"})

REFUSED = {
    "old.xls": (OLE, "This is an old Excel file (.xls). Open it in Excel and save it as .xlsx."),
    "old.xlsx": (OLE, "This is an old Excel file (.xls). Open it in Excel and save it as .xlsx."),
    "old.csv": (OLE, "This is an old Excel file (.xls). Open it in Excel and save it as .xlsx."),
    "really-csv.xls": (CSV, "This is an old Excel file (.xls). Open it in Excel and save it as .xlsx."),
    "older.xls": (b"\x09\x08\x10\0\0\x06\x05\0", "This is an old Excel file (.xls)."),
    "old-word.xlsx": (OLE + "WordDocument".encode("utf-16-le"), "This is a Word document, not a spreadsheet."),
    "locked.xlsx": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        PROTECTED,
    ),
    "macros.xlsm": (MACROS, "This is an Excel file with macros (.xlsm). Open it in Excel and save it as .xlsx."),
    "macros.xlsx": (MACROS, "This is an Excel file with macros (.xlsm). Open it in Excel and save it as .xlsx."),
    "plain.xlsm": (EXCEL, "This is an Excel file with macros (.xlsm)."),
    "old-macros.xlsx": (raw_file(data(), more={"xl/macrosheets/sheet1.xml": b"<a/>"}), "This is an Excel file"),
    "binary.xlsb": (BINARY, "This is a binary Excel file (.xlsb). Open it in Excel and save it as .xlsx."),
    "binary.xlsx": (BINARY, "This is a binary Excel file (.xlsb)."),
    "template.xltx": (EXCEL, "This is an Excel template. Open it in Excel and save it as .xlsx."),
    "open.ods": (ODS, "This is an OpenDocument spreadsheet (.ods). Open it in LibreOffice or Excel and"),
    "embedded.xlsx": (raw_file(data(), more={"xl/embeddings/a.bin": OLE}), "No table was found in this file."),
    "open.xlsx": (ODS, "This is an OpenDocument spreadsheet (.ods)."),
    "open.csv": (ODS, "This is an OpenDocument spreadsheet (.ods)."),
    "mac.numbers": (NUMBERS, "This is a Numbers spreadsheet (.numbers). Open it in Numbers and export it to Excel"),
    "mac.xlsx": (NUMBERS, "This is a Numbers spreadsheet (.numbers)."),
    "word.docx": (word_file(para("x")), "This is a Word document, not a spreadsheet."),
    "word.xlsx": (word_file(para("x")), "This is a Word document, not a spreadsheet."),
    "slides.xlsx": (zipped({"ppt/presentation.xml": b""}), "This is a PowerPoint file, not a spreadsheet."),
    "renamed.csv": (EXCEL, spreadsheet.RENAMED),
    "renamed.xlsx": (CSV, "This file is called .xlsx, but it is not an Excel workbook. Open it in Excel and save"),
    "web.xls": (b"<html><table><tr><td>1</table>", "This is a web page, not a spreadsheet, whatever its name ends in."),
    "web.csv": (b"\xef\xbb\xbf\n<!DOCTYPE html><p>1", "This is a web page, not a spreadsheet"),
    "xml.csv": (b'<?xml version="1.0"?><Workbook/>', "This is an XML file, not a workbook."),
    "paper.pdf": (b"%PDF-1.7\n", "This is a PDF, not a spreadsheet. Ask for the spreadsheet that it was made from."),
    "paper.xlsx": (b"%PDF-1.7\n" + EXCEL, "This is a PDF, not a spreadsheet."),
    "picture.csv": (b"\x89PNG\r\n", "This is a picture, not a spreadsheet."),
    "archive.zip": (zipped({"register.xlsx": EXCEL}), "This is a zip file, not a spreadsheet. Extract the"),
    "archive.csv": (zipped({"register.txt": b"x"}), "This is a zip file, not a spreadsheet."),
    "letter.rtf": (b"{\\rtf1", "This is a Word document, not a spreadsheet."),
    "program.csv": (b"MZ\x90", "This kind of file cannot be read. Bring in an .xlsx or a .csv file."),
    "words.txt": (CSV, "This kind of file cannot be read. Bring in an .xlsx or a .csv file."),
    "nothing": (CSV, "This kind of file cannot be read."),
    "empty.xlsx": (b"", spreadsheet.EMPTY),
    "cut.xlsx": (EXCEL[:900], "This Excel file is damaged or is not one. Open it in Excel, save it again as .xlsx"),
    "no-book.xlsx": (zipped({"[Content_Types].xml": b"<a/>"}), "This Excel file is damaged or is not one."),
    "no-such-string.xlsx": (raw_file(data('<c t="s"><v>7</v></c>')), "This Excel file is damaged or is not one."),
    "no-number.xlsx": (raw_file(data("<c><v>seven</v></c>")), "This Excel file is damaged or is not one."),
    "large.csv": (b"x" * (10 * 1024 * 1024 + 1), "This file is larger than 10 MB. Copy the rows of the register"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_of_another_kind_is_named(name):
    file, message = REFUSED[name]
    with pytest.raises(Unreadable, match=f"^{re.escape(message)}"):
        read_workbook(file, name)


def test_a_workbook_that_ends_or_begins_oddly():
    assert len(read_workbook(EXCEL + b"\0" * 90, "a.XLSX").sheets) == 1


def test_a_child_that_dies_or_hangs_is_a_refusal_about_spreadsheets(monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 0)
    with pytest.raises(Unreadable) as refused:
        read_workbook(EXCEL, "a.xlsx")
    assert str(refused.value) == spreadsheet.TOO_COMPLICATED


def test_dates_do_not_depend_on_the_year():
    file = excel_file([("Ref", "Closed"), ("1", datetime.date(1899, 12, 31))])
    assert read_workbook(file, "a.xlsx").sheets[0].rows[0].cells[1].text
