"""What stands around a table says something of its rows: rows between, lines above, the sheet's name."""

import pytest

from recommendations.domain.imports.lines import context
from recommendations.exchange.imports.around_tables import (
    inspection_of,
    names_inspection,
    publication_day_above,
    read_register,
)
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.imports.rows import read_rows
from recommendations.exchange.readers.spreadsheets.table import ABOVE
from recommendations.exchange.readers.workbook import LeftOut, Sheet, Workbook
from tests.conftest import TODAY
from tests.makers.spreadsheet_file import book_file, excel_file

HEADS = ("Ref", "Recommendation", "Owner", "Due")
DO = ("R1", "Do it.", "ACC Rowe", "31/03/2025")
ASK = ("R2", "Ask them.", "DCC Nair", "30/06/2025")


def read(*rows) -> Sheet:
    (sheet,) = read_register(excel_file([HEADS, *rows]), "register.xlsx").sheets
    return sheet


def added(sheet: Sheet) -> dict[str, list[str]]:
    """The columns beside those of the file."""
    places = range(len(HEADS), len(sheet.headings))
    return {sheet.headings[place]: [row.cells[place].text for row in sheet.rows] for place in places}


def test_a_row_between_names_the_inspection_of_the_rows_under_it():
    sheet = read(("PEEL 2023",), DO, ("Custody 2022",), ASK)
    assert (added(sheet), sheet.left_out) == ({"Inspection (rows between)": ["PEEL 2023", "Custody 2022"]}, ())


def test_it_gives_the_day_of_publication_too():
    sheet = read(("HMICFRS: PEEL 2023 – published 28 April 2023",), DO, ASK)
    assert added(sheet) == {
        "Inspection (rows between)": ["PEEL 2023", "PEEL 2023"],
        "Published (rows between)": ["28 April 2023", "28 April 2023"],
    }


def test_a_kind_between_holds_until_the_next_inspection():
    sheet = read(("PEEL 2023",), ("Areas for improvement",), DO, ("Custody 2022",), ASK)
    assert added(sheet) == {
        "Inspection (rows between)": ["PEEL 2023", "Custody 2022"],
        "Kind (rows between)": ["Areas for improvement", ""],
    }


def test_headings_again_with_a_title_over_each_table():
    rows = [("PEEL 2023",), HEADS, DO, (), ("Custody 2022",), HEADS, ASK]
    (sheet,) = read_register(excel_file(rows), "register.xlsx").sheets
    assert added(sheet) == {"Inspection (rows between)": ["PEEL 2023", "Custody 2022"]}


def test_a_theme_between_is_left_to_a_person_where_the_inspection_stands_elsewhere():
    rows = [("PEEL 2023",), HEADS, ("Preventing crime",), DO, ("Leadership",), ASK]
    (sheet,) = read_register(excel_file(rows), "register.xlsx").sheets
    assert added(sheet) == {"Group (rows between)": ["Preventing crime", "Leadership"]}


def test_a_cell_alone_further_on_goes_on_with_the_row_above():
    sheet = read(DO, (None, None, None, "30/04/2025"))
    assert [[cell.text for cell in row.cells] for row in sheet.rows] == [[*DO], ["", "", "", "30/04/2025"]]


@pytest.mark.parametrize(("name", "column"), [("AFIs", "Kind"), ("Closed", "Status"), ("Westmarch", None)])
def test_a_sheet_of_several_says_kind_or_status_by_its_name(name, column):
    book = book_file({"Register": [HEADS, DO], name: [HEADS, ASK]})
    sheet = read_register(book, "register.xlsx").sheets[1]
    assert added(sheet) == ({f"{column} (sheet’s name)": [name]} if column else {})


@pytest.mark.parametrize(
    ("name", "above", "several", "title"),
    [
        ("Sheet1", ("Inspection: Light in the dark", "Published: 1 May 2024"), False, "Light in the dark"),
        ("Sheet1", ("HMICFRS tracker", "PEEL 2023/25 – action plan"), False, "PEEL 2023/25"),
        ("Sheet1", ("Position at 30 September 2025",), False, ""),
        ("Custody 2024", (), False, "Custody 2024"),
        ("Fraud", (), False, ""),
        ("Fraud", (), True, "Fraud"),
        ("Register", (), True, ""),
        ("September 2025", (), True, ""),
        ("Q2 2025-26", (), True, ""),
    ],
)
def test_the_inspection_of_a_whole_sheet(name, above, several, title):
    lines = tuple(LeftOut(number, text, ABOVE) for number, text in enumerate(above, start=1))
    assert inspection_of(Sheet(name, HEADS, (), left_out=lines), several=several) == title


def test_the_day_above_a_table():
    lines = tuple(LeftOut(1, text, ABOVE) for text in ("PEEL", "Date of publication: 1 May 2024"))
    assert publication_day_above(Sheet("A", HEADS, (), left_out=lines)) == "1 May 2024"


def test_names_of_inspections():
    texts = ("PEEL 2023/25", "Vetting revisit", "Light 2024", "Register", "2024/25", "AFIs", "")
    assert [names_inspection(text) for text in texts] == [True, True, True, False, False, False, False]


@pytest.mark.django_db
def test_a_cell_alone_under_a_row_between_stands_in_nobodys_way(westmarch):
    sheet = read(("PEEL 2023",), DO, (None, None, None, "30/04/2025"), ASK)
    book = Workbook("register.xlsx", (sheet,))
    columns = {"0": "reference", "1": "text", "2": "business_lead", "3": "", "4": "inspection"}
    answers = Answers(columns={sheet.name: columns})
    answers.forces[sheet.name] = "westmarch"
    found = read_rows(book, answers, context(TODAY))
    assert ([line.get("reference") for line in found.lines], found.problems) == (["R1", "R2"], ())
