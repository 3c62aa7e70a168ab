"""The register as a spreadsheet, CSV and JSON: typed, inert, the same in each, and the same bytes twice."""

import csv
import datetime
import io
import json
import re
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from recommendations.documents.formats.xlsx_rows import AT_ONCE
from recommendations.documents.register.spreadsheet import (
    MOST_LETTERS,
    RAG_FILLS,
    Aids,
    Plain,
    as_csv,
    as_json,
    as_xlsx,
)
from recommendations.domain.register.export.sheets import NOT_READ, UPDATE_FIELDS, UPDATES
from recommendations.domain.register.sheet_columns import FIELDS, Holds
from recommendations.domain.text.csv_safety import escape_formula, unescape_formula
from recommendations.enums import Rag
from tests.conftest import AT, TODAY
from tests.documents.register.samples import DAY, DAYS, HOSTILE, about, line

LAST = get_column_letter(len(FIELDS))
LINES = [
    line(
        heading="Call bells",
        text="The force should test bells.\n\nDaily.",
        deadline_on=TODAY - DAY,
        target_on=datetime.date(2026, 3, 4),
        target_moves=3,
        update="Begun.",
        update_on=TODAY,
    ),
    line(reference="WM-0002", number="7.1"),
]


def book_of(content: bytes):
    return load_workbook(io.BytesIO(content))


def cells_of(content: bytes) -> list[list]:
    """The cells of the first sheet below its heading: a day is a day, an empty cell is None."""
    rows = list(book_of(content)["Register"].iter_rows(min_row=2, values_only=True))
    return [[value.date() if isinstance(value, datetime.datetime) else value for value in row] for row in rows]


def inside(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_columns_are_the_fields_in_their_order_and_cells_have_their_own_types():
    content = as_xlsx(LINES, about())
    sheet = book_of(content)["Register"]
    assert [cell.value for cell in sheet[1]] == [field.heading for field in FIELDS]
    assert cells_of(content) == [[None if value == "" else value for value in each] for each in LINES]
    of = {field.key: sheet.cell(2, place) for place, field in enumerate(FIELDS, start=1)}
    assert (of["target_on"].data_type, of["target_on"].number_format) == ("d", "dd/mm/yyyy")
    assert (of["target_moves"].data_type, of["target_moves"].value) == ("n", 3)
    assert of["reference"].number_format == "@"
    kinds = {cell.data_type for field, cell in zip(FIELDS, sheet[3], strict=True) if field.holds == Holds.TEXT}
    assert kinds <= {"s", "n"}  # "n" is how an empty cell is read
    assert of["number"].offset(row=1).data_type == "s"


def test_the_sheet_is_set_up_to_be_read_and_printed():
    book = book_of(as_xlsx(LINES, about()))
    sheet = book["Register"]
    assert book.sheetnames == ["Register", "About"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", f"A1:{LAST}3")
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")
    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (3, 0)
    assert sheet.oddHeader.center.text == "OFFICIAL"
    widths = {
        field.key: sheet.column_dimensions[cell.column_letter].width
        for field, cell in zip(FIELDS, sheet[1], strict=True)
    }
    assert min(widths.values()) >= 9
    assert widths["text"] == widths["update"] == max(widths.values()) == 60
    assert all(cell.alignment.wrap_text for cell in sheet[2])
    assert sheet.row_dimensions[2].height > sheet.row_dimensions[3].height


def test_a_second_sheet_says_what_was_asked_when_and_by_whom():
    known = about(known="the end of 3 November 2026", rows=1200)
    said = [cell.value for cell in book_of(as_xlsx(LINES, known))["About"]["A"]]
    assert said[:-1] == [
        "OFFICIAL",
        "Register of HMICFRS recommendations",
        "Office: Marches OPCC",
        "Rows: 1,200",
        "Asked for: Force: Westmarch; RAG: Red",
        "Order: Overdue first",
        "As it stood on 7 November 2026, using entries made by the end of 3 November 2026",
        "Downloaded on 7 November 2026 at 10:00 by Hannah Whitlock",
        f"Trail: 12 entries, head {'ab' * 32}",
    ]


def test_the_file_says_whose_it_is():
    said = book_of(as_xlsx(LINES, about())).properties
    assert (said.title, said.creator, said.subject) == (
        "Register of HMICFRS recommendations",
        "Marches OPCC",
        "OFFICIAL",
    )
    assert said.lastModifiedBy == "Hannah Whitlock"
    assert said.created == said.modified == AT.replace(tzinfo=None)


@pytest.mark.suite(0, 1, 2, 3)
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_file_runs(text):
    fields = [field.key for field in FIELDS if field.holds not in DAYS and field.key != "target_moves"]
    lines = [line(**dict.fromkeys(fields, text))]
    content = as_xlsx(lines, about(asked=(text,), office=text, by=text, title=text))
    sheet = book_of(content)["Register"]
    cells = {field.key: sheet.cell(2, place) for place, field in enumerate(FIELDS, start=1)}
    assert {(cells[key].value, cells[key].data_type) for key in fields} == {(text, "s")}
    assert {bool(cells[key].quotePrefix) for key in fields} == {escape_formula(text) != text}
    parts = inside(content)
    sheets = [words for name, words in parts.items() if name.startswith("xl/worksheets/")]
    assert not any(re.search(r"<f[ >/]|<hyperlink", words) for words in sheets)
    assert not [name for name in parts if "externalLink" in name or "vba" in name.lower() or "_rels/sheet" in name]
    for row in read_csv(as_csv(lines)):
        assert not [value for value in row if value[:1] in {*"=+-@\t\r"}]


def test_a_spreadsheet_and_the_csv_say_the_same_cell_by_cell():
    lines = [*LINES, *(line(text=text, update=text, reference=text) for text in HOSTILE)]
    sheet, (head, *rows) = cells_of(as_xlsx(lines, about())), read_csv(as_csv(lines))

    def as_text(value) -> str:
        return "" if value is None else value.isoformat() if isinstance(value, datetime.date) else str(value)

    assert head == [field.heading for field in FIELDS]
    assert [[unescape_formula(value) for value in row] for row in rows] == [
        [as_text(value) for value in row] for row in sheet
    ]


def test_a_csv_has_lines_as_excel_wants_them_and_days_that_nobody_misreads():
    content = as_csv(LINES).decode("utf-8-sig")
    assert content.count("\r\n") == 3
    assert content.split("\r\n")[2].startswith('"WM-0002","","","","","2026-11-07",')


def test_json_has_the_keys_of_the_columns_and_iso_days():
    read = json.loads(as_json(LINES, about()))
    assert list(read) == ["about", "rows"]
    assert read["rows"][0] == {
        key: value.isoformat() if isinstance(value, datetime.date) else value
        for key, value in LINES[0]._asdict().items()
    }
    assert list(read["rows"][1]) == [field.key for field in FIELDS]
    assert read["about"] == {
        "office": "Marches OPCC",
        "title": "Register of HMICFRS recommendations",
        "marking": "OFFICIAL",
        "asked": ["Force: Westmarch", "RAG: Red"],
        "order": "Overdue first",
        "as_at": "2026-11-07",
        "known_at": None,
        "taken_out_at": "2026-11-07T10:00:00+00:00",
        "taken_out_by": "Hannah Whitlock",
        "trail": {"entries": 12, "head": "ab" * 32},
    }


def test_no_rows_are_a_sheet_with_its_headings():
    content = as_xlsx([], about(rows=0))
    assert cells_of(content) == []
    assert book_of(content)["Register"].auto_filter.ref == f"A1:{LAST}1"
    assert len(read_csv(as_csv([]))) == 1
    assert json.loads(as_json([], about()))["rows"] == []


def test_many_rows_stand_one_below_the_other():
    """More than are written together."""
    lines = [line(reference=f"WM-{place:04}") for place in range(2 * AT_ONCE + 1)]
    rows = book_of(as_xlsx(lines, about(rows=len(lines))))["Register"].iter_rows(min_row=2, max_col=1)
    assert [(cell.row, cell.value) for (cell,) in rows] == [
        (row, each.reference) for row, each in enumerate(lines, start=2)
    ]


def test_the_same_rows_at_the_same_moment_are_the_same_bytes():
    assert as_xlsx(LINES, about()) == as_xlsx(LINES, about())
    later = about(at=about().at + DAY)
    assert as_xlsx(LINES, about()) != as_xlsx(LINES, later)


def test_letters_that_no_file_can_hold_are_left_out_and_a_cell_that_is_too_long_says_so():
    long = "a" * (MOST_LETTERS + 1)
    rows = cells_of(as_xlsx([line(text="A\x00b\x0bc\ufffe.", update=long)], about()))
    said = dict(zip((field.key for field in FIELDS), rows[0], strict=True))
    assert said["text"] == "Abc."
    assert len(said["update"]) == MOST_LETTERS
    assert said["update"].endswith("(cut here: a cell holds no more. The whole text is in the CSV.)")
    assert long in as_csv([line(update=long)]).decode()


STAGES = ("In progress", 'Almost "done"')
AIDS = Aids({"Red": Rag.RED}, {"stage": STAGES, "outcome": ("Done, at last",), "assurance": ("Assured",) * 40})


def test_a_colour_is_a_fill_as_well_as_a_word():
    book = book_of(as_xlsx([*LINES, line(rag="Late")], about(), aids=AIDS))
    column = [field.key for field in FIELDS].index("rag") + 1
    cells = [book["Register"].cell(row, column) for row in (2, 3, 4)]
    assert [(cell.value, cell.fill.fill_type, cell.fill.fgColor.rgb, cell.font.color.rgb) for cell in cells] == [
        *[("Red", "solid", "00B3191F", "00FFFFFF")] * 2,
        ("Late", None, "00000000", "0015232B"),
    ]


def contrast(fill: str, ink: str) -> float:
    """The contrast of two colours as WCAG counts it."""
    light = sorted((luminance(fill), luminance(ink)), reverse=True)
    return (light[0] + 0.05) / (light[1] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_the_word_can_be_read_on_each_fill():
    assert set(RAG_FILLS) == set(Rag)
    assert [colour for colour, pair in RAG_FILLS.items() if contrast(*pair) < 4.5] == []


def test_a_cell_that_can_be_changed_has_its_words_to_choose_from():
    """A word with a comma, and more words than a list holds, are left out."""
    rules = book_of(as_xlsx(LINES, about(), aids=AIDS))["Register"].data_validations.dataValidation
    place = get_column_letter([field.key for field in FIELDS].index("stage") + 1)
    assert [(str(rule.sqref), rule.type, rule.formula1, rule.errorStyle) for rule in rules] == [
        (f"{place}2:{place}3", "list", '"In progress,Almost ""done"""', "warning"),
    ]


def test_no_rows_have_no_words_to_choose_from():
    assert book_of(as_xlsx([], about(rows=0), aids=AIDS))["Register"].data_validations.dataValidation == []


def updates(*rows) -> Plain:
    """The sheet of updates with these rows: field → value."""
    nothing = {field.key: None if field.holds in DAYS else "" for field in UPDATE_FIELDS}
    return Plain(UPDATES, UPDATE_FIELDS, [tuple((nothing | row).values()) for row in rows], NOT_READ)


def test_the_updates_stand_on_a_sheet_of_their_own_and_run_nowhere():
    rows = [{"reference": "WM-0001", "on": TODAY, "text": text, "said_by": text} for text in HOSTILE]
    content = as_xlsx(LINES, about(), also=[updates(*rows)])
    book = book_of(content)
    assert book.sheetnames == ["Register", "Updates", "About"]
    sheet, places = book["Updates"], [field.key for field in UPDATE_FIELDS]
    assert [cell.value for cell in sheet[1]] == [field.heading for field in UPDATE_FIELDS]
    day = sheet.cell(2, places.index("on") + 1)
    assert (day.value.date(), day.number_format) == (TODAY, "dd/mm/yyyy")
    for key in ("text", "said_by"):
        cells = [sheet.cell(row, places.index(key) + 1) for row in range(2, len(HOSTILE) + 2)]
        assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in HOSTILE]
        assert [bool(cell.quotePrefix) for cell in cells] == [escape_formula(text) != text for text in HOSTILE]
    sheets = [words for name, words in inside(content).items() if name.startswith("xl/worksheets/")]
    assert [words for words in sheets if re.search(r"<f[ >/]", words)] == []
    assert NOT_READ in [cell.value for cell in book["About"]["A"]]


def test_a_mark_stands_in_a_hidden_column_that_is_sorted_with_its_row():
    long = "a" * (MOST_LETTERS + 1)
    seen = []

    def mark(each) -> str:
        seen.append((each.reference, len(each.update)))
        return f"=mark {each.reference}"

    lines = [LINES[0], line(reference="WM-0002", update=long)]
    sheet = book_of(as_xlsx(lines, about(), aids=Aids(mark=mark)))["Register"]
    letter = get_column_letter(len(FIELDS) + 1)
    assert [cell.value for cell in sheet[letter]] == ["Do not change", "=mark WM-0001", "=mark WM-0002"]
    assert [cell.data_type for cell in sheet[letter]] == ["s"] * 3
    assert (sheet.column_dimensions[letter].hidden, sheet.auto_filter.ref) == (True, f"A1:{letter}3")
    assert seen == [("WM-0001", len("Begun.")), ("WM-0002", MOST_LETTERS)]
