"""The tables of workbooks as offices keep them: what is a heading, what is a row, what is left out and why."""

import datetime
import re

import pytest
from openpyxl import Workbook as OpenpyxlBook
from openpyxl.chart import BarChart
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from recommendations.demo.workbook import example
from recommendations.exchange.imports.spreadsheet import Unreadable, read_workbook
from recommendations.exchange.readers.spreadsheets.table import ABOVE, AGAIN, ALONE, NO_TABLE, NOTE, TOTAL, UNDER
from recommendations.exchange.readers.workbook import LeftOut, Sheet, TableCell, TableRow, Workbook
from tests.makers.spreadsheet_file import HEADINGS, book_file, data, excel_file, inline, raw_file, saved

ROWS = [
    ("R1", "Record why each decision was made.", "ACC Rowe", "31/03/2025", "Green"),
    ("R2", "Train the sergeants.", "ACC Rowe", "30/06/2025", "Red"),
    ("R3", "Tell the public.", "DCC Nair", "30/09/2025", "Amber"),
]


def read(file: bytes) -> Sheet:
    """The only sheet of an .xlsx."""
    (sheet,) = read_workbook(file, "register.xlsx").sheets
    return sheet


def texts(sheet: Sheet) -> list[tuple]:
    return [tuple(cell.text for cell in row.cells) for row in sheet.rows]


def reasons(sheet: Sheet) -> list[tuple]:
    return [(each.number, each.text, each.why) for each in sheet.left_out]


def test_a_plain_table():
    book = read_workbook(excel_file([HEADINGS, *ROWS]), "register.xlsx")
    rows = tuple(TableRow(number, tuple(map(TableCell, row))) for number, row in enumerate(ROWS, start=2))
    assert book == Workbook("register.xlsx", (Sheet("Register", HEADINGS, rows),))


def test_a_workbook_survives_its_json():
    sheet = Sheet("A", ("x",), (TableRow(2, (TableCell("1", datetime.date(2025, 3, 1), "red"),), hidden=True),), True)
    book = Workbook("a.xlsx", (sheet, Sheet("B", ("y", "z"), (), False, frozenset({1}), (LeftOut(9, "n", "w"),))))
    assert Workbook.from_json(book.as_json()) == book


def test_titles_and_blank_rows_stand_above_the_headings():
    sheet = read(excel_file([("HMICFRS tracker",), (), ("As at", "31 March 2025"), (), HEADINGS, *ROWS]))
    assert (sheet.headings, texts(sheet), sheet.rows[0].number) == (HEADINGS, ROWS, 6)
    assert reasons(sheet) == [
        (1, "HMICFRS tracker", ABOVE),
        (3, "As at 31 March 2025", ABOVE),
    ]


def test_notes_totals_and_keys_are_left_out_and_said():
    ends = [("Total", None, None, None, "3"), (), ("Key",), ("Red", "Past its date"), ("Amber", "Slipping")]
    sheet = read(excel_file([HEADINGS, *ROWS, *ends, (), ("NB ask the DCC before moving a date",)]))
    assert texts(sheet) == ROWS
    assert reasons(sheet) == [
        (5, "Total 3", TOTAL),
        (7, "Key", UNDER),
        (8, "Red Past its date", UNDER),
        (9, "Amber Slipping", UNDER),
        (11, "NB ask the DCC before moving a date", UNDER),
    ]


def test_notes_right_under_the_table_are_left_out():
    sheet = read(excel_file([HEADINGS, *ROWS, ("* not agreed",), ("Key:", "Red is late"), ("Seen by the board",)]))
    assert texts(sheet) == ROWS
    assert [each.why for each in sheet.left_out] == [
        NOTE,
        NOTE,
        UNDER,
    ]


def test_a_heading_between_rows_and_headings_printed_again_are_left_out():
    sheet = read(excel_file([HEADINGS, ROWS[0], ("Custody 2019",), HEADINGS, ROWS[1], (), ROWS[2]]))
    assert texts(sheet) == ROWS
    assert reasons(sheet) == [
        (3, "Custody 2019", ALONE),
        (4, "Ref Recommendation Owner Deadline RAG", AGAIN),
    ]


def test_a_row_with_few_cells_filled_is_a_row_of_the_table():
    new = ("R4", "Just published.", None, None, None)
    assert texts(read(excel_file([HEADINGS, *ROWS, new])))[-1] == ("R4", "Just published.", "", "", "")


def test_a_last_row_after_a_gap_counts_when_it_says_much():
    long = "Within six months, the force should train everybody concerned in what the law asks of them."
    wide = [(*row, "a", "b", "c", "d") for row in ROWS]
    table = [(*HEADINGS, "Stage", "Evidence", "Status", "Force"), *wide, (), ("R9", long, "Owner")]
    assert texts(read(excel_file(table)))[-1][:2] == ("R9", long)


def merged(*ranges: str):
    def change(sheet: Worksheet) -> None:
        for each in ranges:
            sheet.merge_cells(each)

    return change


GROUPED = [
    ("Ref", "Recommendation", "Force", None, "OPCC", None),
    (None, None, "Update", "Date", "Comment", "Date"),
    ("R1", "Do it.", "Done.", "1 May 2025", "Seen.", "2 May 2025"),
]
JOINED = ("Ref", "Recommendation", "Force / Update", "Force / Date", "OPCC / Comment", "OPCC / Date")


@pytest.mark.parametrize(
    "ranges", [("A1:A2", "B1:B2", "C1:D1", "E1:F1"), ("C1:D1", "E1:F1"), ()], ids=["all", "groups", "none"]
)
def test_two_rows_of_headings_become_one(ranges):
    sheet = read(excel_file(GROUPED, merged(*ranges)))
    assert (sheet.headings, texts(sheet), sheet.left_out) == (JOINED, [GROUPED[2]], ())


def test_groups_over_every_column_with_a_title_over_all():
    groups, heads = ("What", None, None, "When", None), HEADINGS
    sheet = read(excel_file([("Tracker",), groups, heads, *ROWS], merged("A1:E1", "A2:C2", "D2:E2")))
    assert sheet.headings == ("What / Ref", "What / Recommendation", "What / Owner", "When / Deadline", "When / RAG")
    assert reasons(sheet) == [(1, "Tracker", ABOVE)]


def test_a_title_merged_over_the_table_is_no_group():
    sheet = read(excel_file([("Tracker",), HEADINGS, *ROWS], merged("A1:E1")))
    assert (sheet.headings, [each.why for each in sheet.left_out]) == (HEADINGS, [ABOVE])


def test_a_title_merged_over_its_rows_is_in_each_of_them():
    rows = [("Report", *HEADINGS), ("Custody", *ROWS[0]), (None, *ROWS[1]), ("Vetting", *ROWS[2])]
    sheet = read(excel_file(rows, merged("A2:A3")))
    assert [row[0] for row in texts(sheet)] == ["Custody", "Custody", "Vetting"]


def test_a_cell_merged_over_columns_is_not_doubled():
    sheet = read(excel_file([HEADINGS, ("R1", "Do it.", "Nobody yet", None, "Red")], merged("C2:D2")))
    assert texts(sheet) == [("R1", "Do it.", "Nobody yet", "", "Red")]


def test_headings_are_made_distinct_and_blank_ones_named():
    sheet = read(excel_file([("Ref", "Update", "update", None, None, "RAG"), ("1", "a", "b", "c", None, "Red")]))
    assert sheet.headings == ("Ref", "Update", "update (2)", "Column D", "RAG")
    assert texts(sheet) == [("1", "a", "b", "c", "Red")]


def test_a_table_that_starts_elsewhere():
    sheet = read(excel_file([(), (), *[(None, None, *row) for row in (HEADINGS, *ROWS)]]))
    assert (sheet.headings, texts(sheet), sheet.rows[0].number) == (HEADINGS, ROWS, 4)


def test_a_column_with_a_heading_and_nothing_under_it_stays():
    assert read(excel_file([("Ref", "RAG", "Evidence"), ("1", "Red", None)])).headings == ("Ref", "RAG", "Evidence")


def test_a_column_of_colours_without_a_heading_stays_where_they_differ():
    def fill(sheet):
        for number, colour in enumerate(("FFFF0000", "FFFFC000", "FF92D050"), start=2):
            sheet.cell(number, 3).fill = PatternFill("solid", start_color=colour)
            sheet.cell(number, 4).fill = PatternFill("solid", start_color="FFD9E1F2")

    sheet = read(excel_file([HEADINGS[:2], *[row[:2] for row in ROWS]], fill))
    assert sheet.headings == ("Ref", "Recommendation", "Column C")
    assert [row.cells[2].fill for row in sheet.rows] == ["red", "amber", "green"]


def test_hidden_rows_columns_and_sheets_are_kept_and_marked():
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions.group("C", "D", hidden=True)
        sheet.sheet_state = {"Old": "hidden", "Very old": "veryHidden"}.get(sheet.title, "visible")

    file = book_file({name: [HEADINGS, *ROWS] for name in ("Now", "Old", "Very old")}, hide)
    now, old, very_old = read_workbook(file, "a.xlsx").sheets
    assert [row.hidden for row in now.rows] == [False, True, False]
    assert now.hidden_columns == {2, 3}
    assert (now.hidden, old.hidden, very_old.hidden) == (False, True, True)


def test_rows_hidden_by_a_filter_are_kept_and_its_arrows_show_the_headings():
    def narrow(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A2:E5"
        sheet.freeze_panes = "B3"
        sheet.row_dimensions[4].hidden = True

    sheet = read(excel_file([("One", "Two", "Three", "Four", "Five"), HEADINGS, *ROWS], narrow))
    assert (sheet.headings, len(sheet.rows), [row.hidden for row in sheet.rows]) == (HEADINGS, 3, [False, True, False])


def test_a_sheet_for_each_force_and_those_without_a_table_left_away():
    book = OpenpyxlBook()
    book.active.title = "How to use"
    book.active.append(["Fill in every column."])
    book.create_sheet("Empty")
    for force in ("Westmarch", "Eastvale"):
        for row in (HEADINGS, *ROWS):
            book[force].append(row) if force in book.sheetnames else book.create_sheet(force).append(row)
    book.create_chartsheet("Chart").add_chart(BarChart())
    assert [sheet.name for sheet in read_workbook(saved(book), "a.xlsx").sheets] == ["Westmarch", "Eastvale"]


def test_a_register_without_rows_is_a_table():
    assert read(excel_file([HEADINGS])) == Sheet("Register", HEADINGS, ())


@pytest.mark.parametrize("rows", [[], [("Only a note",)], [("a", "b")], [(1, 2), (3, 4)]], ids=str)
def test_no_table_is_refused(rows):
    with pytest.raises(Unreadable, match=re.escape(NO_TABLE)):
        read_workbook(excel_file(rows), "a.xlsx")


@pytest.mark.soak
def test_formatting_alone_is_nothing():
    far = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(3, 1_048_577))
    sheet = read(
        raw_file(f"<sheetData><row>{inline('Ref', 'RAG')}</row><row>{inline('1', 'Red')}</row>{far}</sheetData>")
    )
    assert (sheet.headings, texts(sheet)) == (("Ref", "RAG"), [("1", "Red")])


def test_cells_without_references_and_with_a_prefix():
    plain = raw_file(data(inline("Ref", "RAG"), inline("1", "Red")), head="")
    assert texts(read(plain)) == [("1", "Red")]
    prefixed = (
        b'<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c t="str">'
        b'<x:v>Ref</x:v></x:c><x:c t="str"><x:v>RAG</x:v></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row>'
        b"</x:sheetData></x:worksheet>"
    )
    assert texts(read(raw_file(prefixed))) == [("1", "")]


def test_the_demonstrations_own_workbook():
    westmarch, eastvale, lists = read_workbook(example(datetime.date(2026, 11, 25)), "tracker.xlsx").sheets
    assert (len(westmarch.rows), len(eastvale.rows), lists.hidden) == (500, 300, True)
    assert westmarch.headings[:2] == ("What was asked / Our ref", "What was asked / Report")
    assert all(row.cells[0].text and row.cells[1].text for row in westmarch.rows)
    assert {row.cells[11].fill for row in westmarch.rows} == {"", "blue", "red", "amber", "green"}
    assert (westmarch.hidden_columns, [each.number for each in westmarch.left_out]) == ({16}, [1, 505, 506, 507])
