"""Tables in .csv files, in the encodings and with the separators that programs write."""

import pytest

from recommendations.exchange.imports.spreadsheet import Unreadable, read_workbook
from recommendations.exchange.readers.workbook import Sheet, TableCell, TableRow

LINES = [
    ["Ref", "Recommendation", "Owner"],
    ["R1", "Tell the caf\u00e9 \u2013 now", "\u00d3 N\u00e9ill"],
    ["R2", "Stop.", ""],
]
TABLE = Sheet(
    "Sheet1",
    tuple(LINES[0]),
    tuple(TableRow(n, tuple(map(TableCell, line))) for n, line in enumerate(LINES[1:], start=2)),
)


def read(text: str | bytes) -> Sheet:
    (sheet,) = read_workbook(text if isinstance(text, bytes) else text.encode(), "register.CSV").sheets
    return sheet


def written(separator: str = ",", end: str = "\r\n") -> str:
    return "".join(separator.join(line) + end for line in LINES)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_encoding(encoding):
    assert read(written().encode(encoding)) == TABLE


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_line_end(separator, end):
    assert read(written(separator, end)) == TABLE


def test_commas_inside_a_sheet_of_semicolons():
    sheet = read('Ref;Recommendation;Due\nR1;"First, second, third; and more";1,5\nR2;Now, today, here;2,5\n')
    assert [[cell.text for cell in row.cells] for row in sheet.rows] == [
        ["R1", "First, second, third; and more", "1,5"],
        ["R2", "Now, today, here", "2,5"],
    ]


def test_quotes_with_line_breaks_and_quotes():
    sheet = read('Ref,Update\nR1,"1 May: done\r\n2 June: ""all"" done"\nR2,no\n')
    assert [row.cells[1].text for row in sheet.rows] == ['1 May: done\n2 June: "all" done', "no"]


def test_a_line_that_names_the_separator():
    sheet = read("sep=;\r\nRef;RAG\r\nR1;Red, not amber\r\n")
    assert (sheet.headings, sheet.rows) == (
        ("Ref", "RAG"),
        (TableRow(3, (TableCell("R1"), TableCell("Red, not amber"))),),
    )


def test_titles_groups_and_notes():
    sheet = read(
        "Tracker\n\n,,Force,,OPCC\nRef,Recommendation,Update,Date,Comment\nR1,Do it.,Done.,1/5/25,\n\nNB ask first\n"
    )
    assert sheet.headings == ("Ref", "Recommendation", "Force / Update", "Force / Date", "OPCC / Comment")
    assert [(each.number, each.text) for each in sheet.left_out] == [(1, "Tracker"), (7, "NB ask first")]


def test_empty_columns_at_the_end_and_long_rows():
    sheet = read("Ref,RAG" + "," * 900 + "\nR1,Red" + "," * 900 + "\n")
    assert (sheet.headings, len(sheet.rows)) == (("Ref", "RAG"), 1)


def test_what_nobody_sees_is_gone():
    assert read("Ref,RAG\nR1\u200b,\u202e Red\u00a0\n").rows == (TableRow(2, (TableCell("R1"), TableCell("Red"))),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Ref,RAG\n" + "1,Red\n" * 20_001, 'The sheet "Sheet1" has more than 20,000 rows. Split it'),
        (",".join(f"h{n}" for n in range(201)) + "\n", 'The sheet "Sheet1" has more than 200 columns. Delete'),
        ("Ref,RAG\n1," + "x" * 32_768, 'A cell in row 2 of the sheet "Sheet1" has more than 32,767 characters'),
        ('Ref,RAG\n1,"' + "Red\n2," * 9_000, 'A cell in row 2 of the sheet "Sheet1" has more than 32,767 characters'),
        ("just words\n", "No table was found in this file"),
        (b"Ref,RAG\n" + bytes(range(32)) * 40, "This .csv file is not text"),
        (b"\xff\xfea", "This .csv file is not text"),
    ],
    ids=["rows", "columns", "cell", "open quote", "no table", "controls", "half a character"],
)
def test_what_is_refused(text, message):
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert str(refused.value).startswith(message)
