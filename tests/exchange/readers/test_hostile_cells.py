"""More spreadsheets that are meant to harm: parts, formulas and texts of workbooks, and comma-separated files."""

import pytest

from recommendations.exchange.imports.spreadsheet import read_workbook
from recommendations.exchange.readers.spreadsheets.table import NO_RESULT
from tests.exchange.readers.test_hostile import each
from tests.exchange.readers.test_hostile_spreadsheets import (
    DAMAGED,
    DTD,
    INSTRUCTIONS,
    LARGE,
    LAUGHS,
    ROW,
    SAFELY,
    TABLE,
    hold,
    measured,
)
from tests.makers.spreadsheet_file import HEADINGS, NAMESPACES, TITLES, data, inline, raw_file, relations
from tests.makers.word_file import zipped

IN_UTF_16 = '<?xml version="1.0" encoding="UTF-16"?>'
PROTECTED = "This Excel file is protected by a password"
MACROS = "This is an Excel file with macros (.xlsm)."
MANY_COLUMNS = 'The sheet "Sheet1" has more than 200 columns.'
NOT_TEXT = "This .csv file is not text."
SHEET = f"<worksheet {NAMESPACES}>{TABLE}</worksheet>"
TWENTY = {f"xl/worksheets/sheet{n}.xml": b"<a>" + b" " * 20_000_000 + b"</a>" for n in range(2, 22)}
NAMED = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(2, 22))
BOOK = f"<workbook {NAMESPACES}><sheets>{NAMED}</sheets></workbook>"
POINTED = "".join(
    f'<Relationship Id="r{n}" Type="x/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(2, 22)
)
FORMATTED = '<numFmts><numFmt numFmtId="200" formatCode="{}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>'


def flagged() -> bytes:
    """A workbook whose parts say that they are encrypted."""
    whole = bytearray(raw_file(TABLE))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := whole.find(mark, at + 1)) >= 0:
            whole[at + offset] |= 1
    return bytes(whole)


REFUSED = {
    "twenty-sheets.xlsx": (
        lambda: raw_file(TABLE, more=TWENTY | {"xl/workbook.xml": BOOK.encode()}, related=POINTED),
        LARGE,
    ),
    "bomb-in-relations.xlsx": (lambda: raw_file(TABLE, more={"_rels/.rels": b" " * 400_000_000}), LARGE),
    "bomb-in-theme.xlsx": (
        lambda: raw_file(
            TABLE,
            more={"xl/theme/theme1.xml": b"<a>" + b" " * 170_000_000},
            related='<Relationship Id="rId7" Type="x/theme" Target="theme/theme1.xml"/>',
        ),
        LARGE,
    ),
    "encrypted.xlsx": (lambda: flagged(), PROTECTED),
    "fetch-in-utf-16.xlsx": (lambda: raw_file(f"{IN_UTF_16}{DTD}{SHEET}".encode("utf-16")), INSTRUCTIONS),
    "fetch-by-parameter.xlsx": (
        lambda: raw_file(b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]><x/>'),
        INSTRUCTIONS,
    ),
    "fetch-in-relations.xlsx": (
        lambda: raw_file(TABLE, more={"xl/_rels/workbook.xml.rels": f"{DTD}<x/>".encode()}),
        INSTRUCTIONS,
    ),
    "quadratic.xlsx": (
        lambda: raw_file(b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 100_000 + b'">]><x>' + b"&a;" * 5_000 + b"</x>"),
        INSTRUCTIONS,
    ),
    "huge-attribute.xlsx": (lambda: raw_file(data(f'<c r="A1" s="{"1" * 90_000_000}"><v>1</v></c>')), SAFELY),
    "huge-name.xlsx": (lambda: raw_file(f"<{'a' * 150_000_000}/>".encode()), DAMAGED),
    "many-attributes.xlsx": (lambda: raw_file("<a " + " ".join(f'b{n}="1"' for n in range(2_000_000)) + "/>"), SAFELY),
    "string-before-the-first.xlsx": (
        lambda: raw_file(data('<c t="s"><v>-1</v></c>'), strings="<si><t>a</t></si>"),
        DAMAGED,
    ),
    "loud-macros.xlsx": (lambda: raw_file(TABLE, more={"XL/VBAPROJECT.BIN": b"x"}), MACROS),
    "macros-inside.csv": (lambda: raw_file(TABLE, more={"xl/vbaProject.bin": b"x"}), MACROS),
    "nulls.csv": (lambda: b"Ref,RAG\n" + b"\0" * 9_000_000, NOT_TEXT),
    "one-line.csv": (lambda: b"x" * 9_000_000, 'A cell in row 1 of the sheet "Sheet1" has more than 32,767 characters'),
    "one-line-of-cells.csv": (lambda: b"Ref,RAG\n" + b"x," * 4_000_000, MANY_COLUMNS),
    "headings.csv": (lambda: ",".join(f"Heading {n}" for n in range(10_000)).encode(), MANY_COLUMNS),
    "returns.csv": (lambda: b"Ref,RAG\r1,2\r" + b"a\r" * 4_500_000, 'The sheet "Sheet1" has more than 20,000 rows.'),
    "separators.csv": (lambda: b"Ref;RAG\n" + b";,|\t" * 2_000_000, "The sheet"),
    "half-a-character.csv": (lambda: b"\xff\xfeR\0e\0f\0,\0R\0A\0G\0\n", NOT_TEXT),
    "quotes-inside.csv": (lambda: b"Ref,RAG\n" + b'"",' * 3_000_000, "No table was found"),
    "endless-quote.csv": (lambda: b'Ref,RAG\n1,"' + b"\n" * 9_000_000, 'A cell in row 2 of the sheet "Sheet1"'),
}


@pytest.mark.parametrize("name", each(REFUSED))
def test_a_hostile_sheet_is_refused_in_time_and_takes_no_more_memory_than_it_may(readers, name):
    file, message = REFUSED[name]
    hold(readers, file(), name, message)


INERT = {
    "nested zip": lambda: raw_file(
        TABLE, more={"xl/embeddings/oleObject1.bin": zipped({"a.zip": zipped({"b": b"0" * 9**8})})}
    ),
    "hostile extras": lambda: raw_file(
        TABLE,
        more={
            "customUI/customUI.xml": LAUGHS + b"]><a>&j;</a>",
            "xl/activeX/activeX1.bin": b"MZ" + bytes(900),
            "docProps/core.xml": f"{DTD}<a>&a;</a>".encode(),
            "[trash]/0000.dat": b"x" * 9_000_000,
        },
    ),
    "climbing names": lambda: raw_file(TABLE, more={"../../../../tmp/evil.py": b"x", "/etc/cron.d/evil": b"x"}),
    "long format": lambda: raw_file(data(TITLES, ROW), styles=FORMATTED.format("[" * 400_000)),
    "far merge": lambda: raw_file(TABLE + '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'),
}


@pytest.mark.parametrize("name", each(INERT))
def test_what_could_harm_is_inert(name):
    def read() -> None:
        (sheet,) = read_workbook(INERT[name](), "a.xlsx").sheets
        assert sheet.headings == HEADINGS
        assert [[cell.text for cell in row.cells] for row in sheet.rows] == [["R1", "Do it.", "Rowe", "May", "Red"]]

    assert measured(read) < 10


def test_a_formula_is_its_saved_result_or_is_named():
    cells = '<c t="str"><f>A1&amp;"!"</f><v>Saved</v></c>', "<c><f>1+1</f><v>2</v></c>", '<c><f>WEBSERVICE("x")</f></c>'
    (sheet,) = read_workbook(raw_file(data(inline("Ref", "Update", "Evidence"), "".join(cells))), "a.xlsx").sheets
    assert [cell.text for cell in sheet.rows[0].cells] == ["Saved", "2", ""]
    assert [(each.number, each.text, each.why) for each in sheet.left_out] == [(2, "Evidence", NO_RESULT)]


def test_a_text_that_begins_like_a_formula_is_a_text():
    texts = ["=cmd|'/c calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1"]
    (of_excel,) = read_workbook(raw_file(data(TITLES, inline(*texts))), "a.xlsx").sheets
    lines = "\n".join([",".join(HEADINGS), ",".join(texts)])
    (of_csv,) = read_workbook(lines.encode(), "a.csv").sheets
    for sheet in (of_excel, of_csv):
        assert [cell.text for cell in sheet.rows[0].cells] == [text.strip() for text in texts]


def test_a_few_nulls_in_a_csv_are_nothing():
    text = "Ref,Recommendation,Owner,Due,RAG\nR\x001,Do it." + ",\n" + "R2,Do that.,,,\n" * 90
    (sheet,) = read_workbook(text.encode(), "a.csv").sheets
    assert [cell.text for cell in sheet.rows[0].cells][:2] == ["R1", "Do it."]


def test_sheets_of_one_long_name_are_told_apart():
    more = {"xl/worksheets/sheet2.xml": SHEET.encode()}
    names = "".join(f'<sheet name="{"x" * 40_000}" sheetId="{n}" r:id="rId{n}"/>' for n in (1, 2))
    more["xl/workbook.xml"] = f"<workbook {NAMESPACES}><sheets>{names}</sheets></workbook>".encode()
    related = relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml"))
    more["xl/_rels/workbook.xml.rels"] = related.encode()
    sheets = read_workbook(raw_file(TABLE, more=more), "a.xlsx").sheets
    assert [len(sheet.rows) for sheet in sheets] == [1, 1]
    assert [sheet.name for sheet in sheets] == ["x" * 60, "x" * 60 + " (2)"]
