"""Spreadsheets that are meant to harm are refused or inert, within 10 seconds of a processor and 300 MB."""

import io
import resource
import zipfile

import pytest

from recommendations.exchange.imports.spreadsheet import read_workbook
from recommendations.exchange.readers.workbook import Workbook
from tests.exchange.readers.test_hostile import each
from tests.makers.spreadsheet_file import HEADINGS, NAMESPACES, TITLES, data, excel_file, inline, raw_file
from tests.makers.word_file import zipped

ROW = inline("R1", "Do it.", "Rowe", "May", "Red")
TABLE = data(TITLES, ROW)
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("k"))
)
DTD = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
FETCH = f'<worksheet {NAMESPACES}><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>'
SHARED = '<c t="s"><v>0</v></c>'
SAFELY = "This file could not be read safely"
LARGE = "This Excel file is far larger inside than a register is."
INSTRUCTIONS = "This Excel file holds instructions that a spreadsheet should not have."
DAMAGED = "This Excel file is damaged or is not one."
TOO_MUCH = "This file holds more text than can be read at once."


def lying() -> bytes:
    """A part that says it unpacks to 100 bytes and unpacks to 20 MB."""
    whole = bytearray(raw_file(TABLE, more={"xl/worksheets/sheet1.xml": b" " * 20_000_000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = -1
        while (at := whole.find(mark, at + 1)) >= 0:
            if whole[at + offset : at + offset + 4] == (20_000_000).to_bytes(4, "little"):
                whole[at + offset : at + offset + 4] = (100).to_bytes(4, "little")
    return bytes(whole)


def overlapping(part: str) -> bytes:
    """A part that is said to stand where the sheet stands."""
    whole = raw_file(TABLE, more={"xl/spare.xml": b"0" * 900_000})
    package = zipfile.ZipFile(io.BytesIO(whole))
    part, sheet = (package.getinfo(f"xl/{name}.xml").header_offset for name in (part, "worksheets/sheet1"))
    return whole.replace(part.to_bytes(4, "little"), sheet.to_bytes(4, "little"))


# Each file is made when it is asked for: some are large.
REFUSED = {
    "bomb.xlsx": (lambda: raw_file(b"0" * 400_000_000), LARGE),
    "bomb-of-rows.xlsx": (lambda: raw_file(data(*["<c/>" * 16_384] * 1_500)), SAFELY),
    "bomb-of-texts.xlsx": (
        lambda: raw_file(data(TITLES, *[SHARED * 200] * 3), strings=f"<si><t>{'x' * 32_000}</t></si>"),
        TOO_MUCH,
    ),
    "strings.xlsx": (lambda: raw_file(TABLE, strings="<si><t>a</t></si>" * 8_500_000), SAFELY),
    "one-string.xlsx": (lambda: raw_file(data(SHARED), strings=f"<si><t>{'x' * 90_000_000}</t></si>"), TOO_MUCH),
    "many-parts.xlsx": (lambda: raw_file(TABLE, more={f"x{n}": b"" for n in range(2_100)}), LARGE),
    "laughs.xlsx": (lambda: raw_file(LAUGHS + b"]><w>&j;</w>"), INSTRUCTIONS),
    "laughs-in-strings.xlsx": (
        lambda: raw_file(data(SHARED), more={"xl/sharedStrings.xml": LAUGHS + b"]><sst><si><t>&j;</t></si></sst>"}),
        INSTRUCTIONS,
    ),
    "fetch.xlsx": (lambda: raw_file((DTD + FETCH).encode()), INSTRUCTIONS),
    "fetch-in-the-book.xlsx": (
        lambda: raw_file(TABLE, more={"xl/workbook.xml": f"{DTD}<workbook/>".encode()}),
        INSTRUCTIONS,
    ),
    "fetch-in-styles.xlsx": (
        lambda: raw_file(TABLE, more={"xl/styles.xml": f"{DTD}<styleSheet/>".encode()}),
        INSTRUCTIONS,
    ),
    "fetch-by-name.xlsx": (lambda: raw_file(b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'), INSTRUCTIONS),
    "styles.xlsx": (
        lambda: raw_file(TABLE, styles="<cellXfs>" + '<xf fillId="1"/>' * 9_000_000 + "</cellXfs>"),
        SAFELY,
    ),
    "merged.xlsx": (
        lambda: raw_file(
            "<sheetData>"
            + f"<row>{TITLES}</row>" * 15_000
            + "</sheetData>"
            + '<mergeCell ref="A1:XFD1048576"/>' * 20_000
        ),
        TOO_MUCH,
    ),
    "merged-text.xlsx": (
        lambda: raw_file(
            data(TITLES, inline("x" * 32_000, "b", "c", "d", "e"), *[inline("a", "b", "c", "d", "e")] * 900)
            + '<mergeCell ref="A2:A1048576"/>'
        ),
        TOO_MUCH,
    ),
    "many-rows.xlsx": (
        lambda: raw_file(data(*[inline("a", "b")] * 20_002)),
        'The sheet "Register" has more than 20,000 rows.',
    ),
    "many-columns.xlsx": (
        lambda: raw_file(data(inline(*[f"h{n}" for n in range(201)]))),
        'The sheet "Register" has more than 200 columns.',
    ),
    "long-cell.xlsx": (
        lambda: raw_file(data(TITLES, inline("x" * 32_768))),
        'Cell A2 of the sheet "Register" has more than 32,767',
    ),
    "far-row.xlsx": (lambda: raw_file(f'<sheetData><row r="99999999999">{TITLES}</row></sheetData>'), DAMAGED),
    "far-column.xlsx": (lambda: raw_file(data('<c r="ZZZZZZZ1"><v>1</v></c>')), DAMAGED),
    "no-such-style.xlsx": (lambda: raw_file(data('<c s="x"><v>1</v></c>')), DAMAGED),
    "infinite.xlsx": (lambda: raw_file(data("<c><v>1e999</v></c>")), DAMAGED),
    "bad-xml.xlsx": (lambda: raw_file(b"<worksheet><sheetData>"), DAMAGED),
    "lying-size.xlsx": (lambda: lying(), DAMAGED),
    "overlapping.xlsx": (lambda: overlapping("sharedStrings"), DAMAGED),
    "nested.xlsx": (lambda: zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": raw_file(TABLE)}), DAMAGED),
    "itself.xlsx": (
        lambda: raw_file(
            TABLE,
            more={"_rels/.rels": b'<a><Relationship Id="a" Type="/officeDocument" Target="_rels/.rels"/></a>'},
        ),
        "No table",
    ),
    "quotes.csv": (lambda: b"Ref,RAG\n" + b'"' * 9_000_000, "A cell in row 2"),
    "commas.csv": (lambda: b"Ref,RAG\n" + b"," * 9_000_000 + b"x", "The sheet"),
    "lines.csv": (lambda: b"Ref,RAG\n1,2\n" + b"a\n" * 4_500_000, "The sheet"),
}


def processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def measured(act) -> float:
    """The seconds of a processor that it takes, in its child processes too: the clock goes on while others work."""
    began = processor_seconds()
    act()
    return processor_seconds() - began


def hold(readers, file: bytes, name: str, message: str) -> None:
    """Hold what is refused with `message` to its time and its memory."""
    assert len(file) < 10 * 1024 * 1024
    refused = readers.refused("recommendations.exchange.imports.spreadsheet", "read_workbook", file, name)
    assert refused.said.startswith(message)
    assert refused.seconds < 10
    assert refused.kilobytes < 350 * 1024  # the interpreter and 300 MB


@pytest.mark.parametrize("name", each(REFUSED))
def test_a_hostile_sheet_is_refused_in_time_and_takes_no_more_memory_than_it_may(readers, name):
    file, message = REFUSED[name]
    hold(readers, file(), name, message)


LINK = f'{{}}<externalLink {NAMESPACES}><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
OUTSIDE = '<Relationship Id="rId9" Type="x/{}" Target="{}" TargetMode="External"/>'
INERT = {
    "plain": lambda: raw_file(TABLE),
    "far cell": lambda: raw_file(
        TABLE.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    ),
    "lying dimension": lambda: raw_file('<dimension ref="A1:XFD1048576"/>' + TABLE),
    "hidden far columns": lambda: raw_file('<cols><col min="9" max="16384" hidden="1"/></cols>' + TABLE),
    "linked": lambda: raw_file(
        TABLE,
        more={"xl/externalLinks/externalLink1.xml": LINK.format(DTD).encode()},
        related='<Relationship Id="rId8" Type="x/externalLink" Target="externalLinks/externalLink1.xml"/>',
    ),
    "fetched sheet": lambda: raw_file(TABLE, related=OUTSIDE.format("worksheet", "http://127.0.0.1:9/sheet.xml")),
    "fetched strings": lambda: raw_file(TABLE, related=OUTSIDE.format("sharedStrings", "file:///etc/passwd")),
    "climbing part": lambda: raw_file(
        TABLE, related='<Relationship Id="rId7" Type="x/theme" Target="../../../../etc/passwd"/>'
    ),
    "hostile drawing": lambda: raw_file(TABLE, more={"xl/drawings/drawing1.xml": LAUGHS + b"]><a>&j;</a>"}),
    "large picture": lambda: raw_file(TABLE, more={"xl/media/image1.bmp": b"0" * 200_000_000}),
    "deep": lambda: raw_file("<a>" * 200_000 + "</a>" * 200_000 + TABLE),
    "connection": lambda: raw_file(
        TABLE, more={"xl/connections.xml": b'<connections><dbPr connection="x"/></connections>'}
    ),
    "overlapping part that nothing points to": lambda: overlapping("spare"),
    "polyglot": lambda: raw_file(TABLE) + b"<script>alert(1)</script>",
    "a million formatted rows": lambda: raw_file(
        TABLE.replace("</sheetData>", '<row s="1" customFormat="1" ht="15"/>' * 1_048_574 + "</sheetData>")
    ),
}


@pytest.mark.parametrize("name", each(INERT))
def test_what_could_harm_is_inert(name):
    def read() -> None:
        (sheet,) = read_workbook(INERT[name](), "a.xlsx").sheets
        assert sheet.headings == HEADINGS
        assert [tuple(cell.text for cell in row.cells) for row in sheet.rows] == [
            ("R1", "Do it.", "Rowe", "May", "Red")
        ]

    assert measured(read) < 10


def only_row(file: bytes) -> list[str]:
    (sheet,) = read_workbook(file, "a.xlsx").sheets
    return [cell.text for cell in sheet.rows[0].cells]


def test_formulas_and_links_are_their_words():
    formulas = [
        '<c t=\'str\'><f>DDE("cmd","/c calc","x")</f><v>=cmd|\'/c calc\'!A0</v></c>',
        "<c t='str'><f>WEBSERVICE(\"http://127.0.0.1:9\")</f><v>@SUM(1)</v></c>",
        "<c t='e'><f>[1]Sheet1!A1</f><v>#REF!</v></c>",
    ]
    file = raw_file(data(inline("Ref", "Update", "Evidence"), "".join(formulas)))
    assert only_row(file) == ["=cmd|'/c calc'!A0", "@SUM(1)", "#REF!"]


def test_markup_is_words():
    row = ["<script>alert(1)</script>", "\u202eevil\u202c", "a\x7fb"]
    assert only_row(raw_file(data(inline("Ref", "Update", "RAG"), inline(*row)))) == [
        "<script>alert(1)</script>",
        "evil",
        "ab",
    ]


@pytest.mark.soak
def test_a_large_register_is_read():
    rows = [HEADINGS, *[(f"R{n}", f"The force should do thing {n}. " * 8, "Rowe", "May", "Red") for n in range(20_000)]]
    book: Workbook = read_workbook(excel_file(rows[:20_000]), "a.xlsx")
    assert len(book.sheets[0].rows) == 19_999
