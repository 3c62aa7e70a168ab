"""Actions in pasted cells: with headings of any order, without, and what cannot be read."""

import datetime

import pytest

from recommendations.exchange.actions.sheet import cells_as_text, read_lines
from recommendations.exchange.imports.spreadsheet import read_workbook
from recommendations.exchange.readers.errors import Unreadable
from tests.makers.spreadsheet_file import excel_file

TODAY = datetime.date(2026, 11, 7)


def test_headings_may_be_an_audit_tables_in_any_order():
    headings = "Agreed action\tRef\tResponsible officer\tAgreed date\tStatus"
    text = f"{headings}\nTrain.\tWM-0001; WM-0002\tHead of HR\t31/3/2027\tIn progress\n"
    (line,) = read_lines(text, TODAY)
    assert (line.number, line.references, line.words, line.owner) == (2, ("WM-0001", "WM-0002"), "Train.", "Head of HR")
    assert (line.due_on, line.state, line.problems) == (datetime.date(2027, 3, 31), "under_way", ())


def test_without_headings_the_columns_have_their_order():
    one, two = read_lines("WM-0001\tTrain.\tHR\t1 Dec 2026\n\n\tBuy.\tHR\tin 3 months\t\tTrain.\n", TODAY)
    assert (one.number, one.references, two.number, two.references) == (1, ("WM-0001",), 2, ())
    assert (two.due_on, two.state, two.waits) == (datetime.date(2027, 2, 7), "to_do", "Train.")


def test_a_cell_with_line_breaks_is_one_cell():
    (line,) = read_lines('WM-0001\t"Train,\nthen test."\tHR\t1 Dec 2026', TODAY)
    assert line.words == "Train,\nthen test."


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("WM-0001\t\tHR\t1 Dec 2026", "There is no action."),
        ("WM-0001\tTrain.\t\t1 Dec 2026", "Say who does it"),
        ("WM-0001\tTrain.\tHR\t", "Say by which day."),
        ("WM-0001\tTrain.\tHR\tsoon", "“soon” is no day."),
        ("WM-0001\tTrain.\tHR\t45992", "45992 is how Excel stores 1 December 2025."),
        ("WM-0001\tTrain.\tHR\t1 Dec 2026\tperhaps", "“perhaps” is not one"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_row(row, says):
    (line,) = read_lines(row, TODAY)
    assert (len(line.problems), says in line.problems[0]) == (1, True)


@pytest.mark.parametrize("text", ["Train the staff.", "Action\tWho\n", "x\t" * 100_001])
def test_what_is_no_table_is_refused_whole(text):
    with pytest.raises(Unreadable):
        read_lines(text, TODAY)


def test_a_day_in_a_file_is_read_where_its_cell_is_a_date():
    day = datetime.date(2027, 3, 31)
    file = excel_file([("Ref", "Action", "Who", "By"), ("WM-0001", "Train.", "HR", day)])
    (line,) = read_lines(cells_as_text(read_workbook(file, "actions.xlsx")), TODAY)
    assert (line.due_on, line.problems) == (day, ())
