"""What a cell of a workbook says: numbers, days, texts and colours as a person sees them."""

import datetime

import pytest
from openpyxl.styles import Color, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from recommendations.exchange.imports.spreadsheet import read_workbook
from recommendations.exchange.readers.spreadsheets.table import NO_RESULT
from recommendations.exchange.readers.spreadsheets.xlsx_number_formats import format_cell
from recommendations.exchange.readers.workbook import LeftOut, TableCell
from tests.makers.spreadsheet_file import data, excel_file, inline, raw_file

MARCH_31 = datetime.date(2025, 3, 31)
SERIAL = 45_747  # 31 March 2025


def cells_of(file: bytes) -> list[TableCell]:
    """The second column of the only sheet."""
    (sheet,) = read_workbook(file, "a.xlsx").sheets
    return [row.cells[1] for row in sheet.rows]


def told(*values, change=None, **book) -> list[TableCell]:
    rows = [("Ref", "Value"), *[(f"R{number}", value) for number, value in enumerate(values, start=1)]]
    return cells_of(excel_file(rows, change, **book))


def with_cells(*cells: str, **parts) -> list[TableCell]:
    rows = (f"{inline(f'R{number}')}{cell}" for number, cell in enumerate(cells, start=1))
    return cells_of(raw_file(data(inline("Ref", "Value"), *rows), **parts))


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (4.0, "General", "4"), (7.1, "General", "7.1"), (7.10000000000000053, "General", "7.1"),
        (0.1 + 0.2, "General", "0.3"), (-3.5, "General", "-3.5"), (123456789012, "General", "123456789012"),
        (4, "@", "4"), (7, "000", "007"), (2.5, "0", "3"), (7, "0.0", "7.0"), (1234.5, "#,##0.00", "1,234.50"),
        (0.45, "0%", "45%"), (0.4567, "0.0%", "45.7%"), (1.15, "0%", "115%"), (12, '"REC-"000', "REC-012"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"), (-2, "0;(0)", "(2)"),
        (-2, "0", "-2"), (-0.2, "0", "0"), (-2, "#,##0;-#,##0", "-2"), (0, '0;-0;"none"', "none"),
        (3.14159, "0.##", "3.14"), (3.1, "0.##", "3.1"), (3, "0.##", "3"), (0.5, "# ?/?", "0.5"),
        (1500, "0.0E+00", "1500"),
        (0.75, "h:mm", "18:00"), (1.75, "[h]:mm", "18:00"), (0.75, "h:mm AM/PM", "6:00 PM"), (-1, "dd/mm/yyyy", "-1"),
    ],
)  # fmt: skip
def test_numbers_are_shown_as_people_see_them(value, code, text):
    assert format_cell(value, code) == TableCell(text)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (SERIAL, "dd/mm/yyyy", "31/03/2025"), (SERIAL, "d-mmm-yy", "31-Mar-25"), (SERIAL, "mmm-yy", "Mar-25"),
        (SERIAL + 0.5, "dd/mm/yyyy", "31/03/2025"), (SERIAL, "yyyy-mm-dd;@", "2025-03-31"),
        (SERIAL, "[$-809]dddd, d mmmm yyyy", "Monday, 31 March 2025"), (SERIAL, "dd\\.mm\\.yyyy", "31.03.2025"),
        (SERIAL + 0.604166666666, "dd/mm/yyyy hh:mm", "31/03/2025 14:30"), (SERIAL, 'd "of" mmmm', "31 of March"),
        (SERIAL, "[Red]dd/mm/yy", "31/03/25"),
    ],
)  # fmt: skip
def test_a_number_in_a_dates_format_is_a_day(value, code, text):
    assert format_cell(value, code) == TableCell(text, MARCH_31)


def test_days_before_march_1900_and_from_1904():
    assert format_cell(1, "dd/mm/yyyy").day == datetime.date(1900, 1, 1)
    assert format_cell(61, "dd/mm/yyyy").day == datetime.date(1900, 3, 1)
    assert format_cell(0, "dd/mm/yyyy", from_1904=True).day == datetime.date(1904, 1, 1)
    assert format_cell(0.5, "dd/mm/yyyy").day is None
    assert format_cell(99_999_999, "dd/mm/yyyy") == TableCell("99999999")


def test_days_of_a_workbook():
    midnight, half_past = (datetime.datetime.combine(MARCH_31, datetime.time(*each)) for each in ((0, 0), (14, 30)))
    cells = told(MARCH_31, midnight, half_past, "31/03/2025", "31.03.25", "31st March 2025", SERIAL)
    assert [cell.day for cell in cells] == [MARCH_31] * 3 + [None] * 4
    assert [cell.text for cell in cells[3:]] == ["31/03/2025", "31.03.25", "31st March 2025", str(SERIAL)]


def test_a_workbook_that_counts_from_1904():
    assert [cell.day for cell in told(MARCH_31, epoch=CALENDAR_MAC_1904)] == [MARCH_31]


def test_a_day_as_iso():
    assert with_cells('<c t="d"><v>2025-03-31T00:00:00</v></c>') == [TableCell("31/03/2025", MARCH_31)]


def test_booleans_errors_and_formulas():
    assert told(True, False, "#REF!") == [TableCell("TRUE"), TableCell("FALSE"), TableCell("#REF!")]
    formula = '<c t="str"><f>CONCAT("a","b")</f><v>ab</v></c>'
    assert with_cells(formula, "<c><f>1+1</f><v>2</v></c>", '<c t="e"><f>A9</f><v>#N/A</v></c>') == [
        TableCell("ab"),
        TableCell("2"),
        TableCell("#N/A"),
    ]


def test_a_formula_without_its_result_is_empty_and_said():
    (sheet,) = read_workbook(excel_file([("Ref", "Due"), ("R1", "=TODAY()"), ("R2", "May")]), "a.xlsx").sheets
    assert [row.cells[1].text for row in sheet.rows] == ["", "May"]
    why = NO_RESULT
    assert sheet.left_out == (LeftOut(2, "Due", why),)


def test_texts_with_runs_sounds_breaks_and_escapes():
    strings = (
        "<si><r><t>Train </t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">all\nstaff</t></r></si>"
        "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>とうきょう</t></rPh></si><si><t>a_x000D_\nb_x005F_c</t></si>"
        "<si><t xml:space=\"preserve\">  odd\u00a0spaces\u200b </t></si><si/>"
    )  # fmt: skip
    cells = "".join(f"|<c t='s'><v>{place}</v></c>" for place in range(5)).split("|")[1:]
    assert [cell.text for cell in with_cells(*cells, strings=strings)] == [
        "Train all\nstaff", "東京", "a\nb_c", "odd spaces", "",
    ]  # fmt: skip
    rich = '<c t="inlineStr"><is><r><t>one</t></r><r><t> two</t></r><rPh><t>x</t></rPh></is></c>'
    assert with_cells(rich) == [TableCell("one two")]


COLOURS = {
    "FFFF0000": "red", "FFC00000": "red", "FFFFC7CE": "red", "FFFFC000": "amber", "FFFFFF00": "amber",
    "FFED7D31": "amber", "FFFFEB9C": "amber", "FF92D050": "green", "FF00B050": "green", "FFC6EFCE": "green",
    "FF0070C0": "blue", "FF00B0F0": "blue", "FF002060": "blue", "FFDDEBF7": "blue",
    "FFA6A6A6": "grey", "FFD9D9D9": "grey",
    "FF808080": "grey", "FFFFFFFF": "", "FFF2F2F2": "", "FF000000": "", "FF7030A0": "", "FFFF00FF": "",
}  # fmt: skip


@pytest.mark.parametrize("colour", COLOURS)
def test_a_fill_is_the_word_of_its_hue(colour):
    assert filled(PatternFill("solid", start_color=colour)) == COLOURS[colour]


def filled(fill: PatternFill) -> str:
    def change(sheet):
        sheet["B2"].fill = fill

    return told("x", change=change)[0].fill


@pytest.mark.parametrize(
    ("fill", "word"),
    [
        (PatternFill("solid", start_color=Color(theme=9)), "amber"),
        (PatternFill("solid", start_color=Color(theme=6, tint=0.4)), "green"),
        (PatternFill("solid", start_color=Color(theme=3, tint=-0.25)), "blue"),
        (PatternFill("solid", start_color=Color(theme=0, tint=-0.25)), "grey"),
        (PatternFill("solid", start_color=Color(theme=0)), ""),
        (PatternFill("solid", start_color=Color(indexed=10)), "red"),
        (PatternFill("solid", start_color=Color(indexed=64)), ""),
        (PatternFill("solid", start_color=Color(indexed=99)), ""),
        (PatternFill(), ""),
    ],
)  # fmt: skip
def test_a_fill_by_the_number_of_its_colour(fill, word):
    assert filled(fill) == word


def test_a_fill_beside_no_text():
    def change(sheet):
        sheet["C2"].fill = PatternFill("solid", start_color="FFFF0000")

    (sheet,) = read_workbook(excel_file([("Ref", "Owner", "RAG"), ("R1", "Rowe", None)], change), "a.xlsx").sheets
    assert sheet.rows[0].cells[2] == TableCell("", None, "red")
