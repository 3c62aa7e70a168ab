"""The demonstration's workbook: as messy as it says, and the same for the same day."""

import datetime
import io

import openpyxl
import pytest

from recommendations.demo.workbook import FORMULA, HEADINGS, KEY, Known, example, lines_of

ON = datetime.date(2026, 11, 7)
KNOWN = Known("Westmarch", "WM-0004", "Custody", datetime.date(2026, 1, 15), "4", "recommendation", "The force should.")


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(example(ON, (KNOWN,))))


def cells(book, name="Westmarch") -> list[tuple]:
    return [row for row in book[name].iter_rows(min_row=4, max_col=len(HEADINGS)) if row[5].value]


def test_it_has_800_rows_on_a_sheet_for_each_force_and_a_hidden_one(book):
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("Westmarch", "visible"),
        ("Eastvale", "visible"),
        ("Lists", "hidden"),
    ]
    assert (len(cells(book)), len(cells(book, "Eastvale"))) == (500, 300)


def test_it_is_the_same_for_the_same_day():
    assert lines_of("Westmarch", ON, [KNOWN]) == lines_of("Westmarch", ON, [KNOWN])
    assert lines_of("Westmarch", ON, []) != lines_of("Westmarch", ON + datetime.timedelta(days=1), [])


def test_titles_and_headings_are_merged_and_the_notes_column_is_hidden(book):
    sheet = book["Westmarch"]
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {"A1:Q1", "A2:F2", "G2:H2", "I2:K2", "L2:Q2", "B4:B23"} <= merged
    assert [cell.value for cell in sheet[3]] == list(HEADINGS)
    assert sheet.column_dimensions["Q"].hidden is True


def test_colours_stand_without_words(book):
    brag = [row[11] for row in cells(book)]
    assert {cell.value for cell in brag} == {None}
    assert {cell.fill.start_color.rgb for cell in brag if cell.fill.fill_type} == {
        "FFFF0000",
        "FFFFC000",
        "FF92D050",
        "FF0070C0",
    }


def test_the_office_has_few_words_of_its_own(book):
    rows = [*cells(book), *cells(book, "Eastvale")]
    assert {row[12].value for row in rows} == {
        None,
        "Complete - awaiting HMIC",
        "Discharged",
        "Green",
        "Not started",
        "On-going",
    }
    assert {row[15].value for row in rows} == {None, "Open", "Closed"}


def test_days_are_written_in_four_forms_and_three_cannot_be_read(book):
    due = [row[8].value for row in cells(book)]
    assert {type(day) for day in due if day} == {str, datetime.datetime}
    assert [due[place - 1] for place in (37, 261, 402)] == ["31/06/2020", "11/31/2023", "05/06"]


def test_a_text_that_looks_like_a_formula_is_a_text(book):
    (found,) = [row[14] for row in cells(book) if row[14].value == FORMULA]
    assert found.data_type == "s"


def test_a_cell_has_several_dated_updates(book):
    assert {len((row[13].value or "").splitlines()) for row in cells(book)} == {0, 1, 2, 3}


def test_sub_recommendations_have_rows_with_the_reference_of_the_one_above(book):
    found = [(row[0].value, row[3].value) for row in cells(book)[3:8]]
    assert found == [
        ("HMI/W/004", "4"),
        ("HMI/W/004", "4a"),
        ("HMI/W/004", "4b"),
        ("HMI/W/004", "4c"),
        ("HMI/W/008", "5"),
    ]


def test_what_the_register_has_already_comes_last_with_another_lead(book):
    last = [cell.value for cell in cells(book)[-1]]
    assert (last[0], last[3], last[5], last[6]) == ("WM-0004", "4", "The force should.", "T/DCC Nair")


def test_there_is_a_key_under_the_table(book):
    assert [book["Westmarch"].cell(row, 1).value for row in (505, 506, 507)] == ["Key", *KEY]
