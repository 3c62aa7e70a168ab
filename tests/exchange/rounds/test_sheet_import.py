"""A round's sheet goes out, is filled in as people do, and is read back: moved columns, reworded headings."""

import datetime
import io
import re

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from recommendations.documents.rounds.sheet_export import as_sheet
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.rounds.drafts import save_drafts
from recommendations.domain.rounds.rounds import return_answer
from recommendations.domain.rounds.sheets import FILLED, HEADINGS, MARK, lines_out, round_of, unsign
from recommendations.exchange.imports.spreadsheet import Unreadable, read_workbook
from recommendations.exchange.rounds.sheet_import import NO_REFERENCE, columns_of, read_round_sheet
from tests.conftest import AT
from tests.makers.rounds import answered, make_round, typed
from tests.per_module import per_module


@per_module
def asked(body, westmarch, officer):
    return make_round(westmarch, by=officer)


def written(asked, *, with_drafts=True) -> bytes:
    lines = lines_out(asked, with_drafts=with_drafts)
    return as_sheet(asked, lines, office="Marches OPCC", at=AT)


def opened(data: bytes):
    return load_workbook(io.BytesIO(data))


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, name="round.xlsx"):
    return read_round_sheet(read_workbook(data, name))


def place(heading: str) -> int:
    return list(HEADINGS.values()).index(heading) + 1


def letter(key: str) -> str:
    return get_column_letter(list(HEADINGS).index(key) + 1)


def cells(key: str) -> str:
    """The cells of a column in a sheet of three rows."""
    return f"{letter(key)}3:{letter(key)}5"


LAST = letter(MARK)


def test_it_says_what_it_is_until_when_and_where_it_goes(asked):
    sheet = opened(written(asked)).active
    assert sheet["A1"].value == (
        "Westmarch Police, updates for Marches OPCC: November. Fill in the white columns until 20 November 2026; "
        "your inspection lead brings the sheet back into Oversight, or sends it to Marches OPCC."
    )
    assert [cell.value for cell in sheet[2]] == list(HEADINGS.values())
    assert (sheet.freeze_panes, sheet.max_row, sheet.auto_filter.ref) == ("B3", 5, f"A2:{LAST}5")


def test_what_is_said_is_locked_and_what_is_filled_in_is_not(asked, force_lead):
    first = asked.lines.first()
    answered(first, force_lead)
    sheet = opened(written(asked)).active
    open_row, given_row = sheet[4], sheet[3]
    locked = dict.fromkeys(HEADINGS.values(), True) | dict.fromkeys(FILLED.values(), False)
    assert {sheet.cell(2, cell.column).value: cell.protection.locked for cell in open_row} == locked
    assert {cell.protection.locked for cell in given_row} == {True}
    assert given_row[place("The OPCC asks") - 1].value == "Answered. Nothing to do."
    assert (sheet.protection.sheet, sheet.protection.password, sheet.protection.sort) == (True, None, False)
    assert sheet.column_dimensions[LAST].hidden is True
    choices = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert choices == {
        cells("no_change"): '"yes"',
        cells("closure_outcome"): '"Implemented,Not implemented,Superseded,Withdrawn"',
    }


def test_a_line_goes_out_with_its_days_typed_and_its_question(asked, force_lead, officer):
    line = asked.lines.first()
    answer = answered(line, force_lead, done="212 of 340.")
    return_answer(answer=answer, question="How many are left?", by=officer, at=AT)
    row = dict(zip(HEADINGS.values(), opened(written(asked)).active[3], strict=True))
    assert row["Reference"].value == line.tracked.reference
    assert row["Report"].value == "Custody 26"
    assert row["Day of last answer"].value.date() == datetime.date(2026, 11, 7)
    assert row["Day of last answer"].number_format == "dd/mm/yyyy"
    assert (row["Your last answer"].value, row["The OPCC asks"].value) == ("212 of 340.", "How many are left?")


def test_drafts_are_in_the_force_s_sheet_and_never_in_the_office_s(asked, force_lead):
    save_drafts(round=asked, typed=[typed(asked.lines.first(), done="zqinside")], by=force_lead, at=AT)
    texts = {
        with_drafts: str(list(opened(written(asked, with_drafts=with_drafts)).active.values))
        for with_drafts in (True, False)
    }
    assert {with_drafts: "zqinside" in text for with_drafts, text in texts.items()} == {True: True, False: False}


def test_nothing_in_it_runs(asked, force_lead):
    hostile = '=HYPERLINK("http://example.org","x")'
    save_drafts(round=asked, typed=[typed(asked.lines.first(), done=hostile, evidence="+1")], by=force_lead, at=AT)
    cells = [cell for row in opened(written(asked)).active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if cell.quotePrefix] == [hostile, "+1"]


def test_the_same_round_at_the_same_moment_gives_the_same_bytes(asked):
    assert written(asked) == written(asked)


def test_it_comes_back_as_it_went_out(asked, force_lead):
    values = {"done": "Seen to.\nAnd more.", "forecast": "30 June 2027", "said_by": "DCC Nair"}
    values |= {key: f"A log of {key}." for key in UPDATE_TEXT_KEYS}
    closure = {"closure_outcome": "not_implemented", "closure_reason": "Replaced."}
    save_drafts(round=asked, typed=[typed(asked.lines.first(), **values, **closure)], by=force_lead, at=AT)
    rows = read(written(asked))
    assert [row.reference for row in rows] == [line.tracked.reference for line in asked.lines.all()]
    assert rows[0].values == values | closure | {"no_change": False}
    assert rows[1].values == dict.fromkeys(FILLED, "") | {"no_change": False}
    assert round_of(rows) == asked.pk
    assert {unsign(row.mark)[0] for row in rows} == {asked.pk}
    assert [row.number for row in rows] == [3, 4, 5]


def test_it_is_read_whatever_was_moved_sorted_renamed_or_added(asked):
    sheet = opened(written(asked)).active
    table = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    head, *lines = table
    head[place("What was done since") - 1] = "What was done since?"
    head[place("Forecast") - 1] = "Forcast"
    lines[0][place("What was done since") - 1] = "Seen to."
    lines[0][place("Forecast") - 1] = datetime.date(2027, 6, 30)
    lines[1][place("No change (yes)") - 1] = "Yes"
    lines.append(["XX-9", *[None] * 8, "An extra row.", *[None] * (len(HEADINGS) - 10)])
    moved = Workbook()
    for row in [head, *reversed(lines)]:
        moved.active.append([*row[9:], "for us", *row[:9]])
    rows = read(saved(moved))
    first, second, third = (line.tracked.reference for line in asked.lines.all())
    assert [row.reference for row in rows] == ["XX-9", third, second, first]
    assert (rows[3].values["done"], rows[3].values["forecast"]) == ("Seen to.", "30 June 2027")
    assert rows[2].values["no_change"] is True
    assert unsign(rows[0].mark) is None


def test_words_that_cannot_be_read_are_named_with_their_column(asked):
    book = opened(written(asked))
    for heading, value in (("No change (yes)", "maybe"), ("Ask to close (outcome)", "done"), ("Forecast", "spring")):
        book.active.cell(3, place(heading)).value = value
    (row, *_) = read(saved(book))
    assert row.wrong == (
        "No change (yes): “maybe”: write yes, or leave it empty.",
        "Ask to close (outcome): “done” is not one of: Implemented, Not implemented, Superseded, Withdrawn.",
    )
    assert row.values["forecast"] == "spring"


def test_a_csv_of_it_is_read_too(asked):
    line = asked.lines.first()
    rows = read(f"Reference,What was done since,No change\r\n{line.tracked.reference},Seen to.,\r\n".encode(), "a.csv")
    assert [(row.reference, row.values["done"], row.mark) for row in rows] == [(line.tracked.reference, "Seen to.", "")]


def test_another_table_is_refused_with_what_to_bring(asked):
    with pytest.raises(Unreadable, match=re.escape(NO_REFERENCE)):
        read(b"Name,Age\r\nAnn,7\r\nBo,8\r\n", "a.csv")


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("REFERENCE", "reference"),
        ("Ref", "reference"),
        ("What was done since", "done"),
        ("What was done since November", "done"),
        ("Update", "done"),
        ("No change", "no_change"),
        ("No change (yes/no)", "no_change"),
        ("Ask to close - outcome", "closure_outcome"),
        ("Why it can be closed:", "closure_reason"),
        ("Saidby", "said_by"),
        ("Our own notes", None),
    ],
)
def test_a_heading_is_known_by_its_words(heading, key):
    assert columns_of((heading,)) == ({key: 0} if key else {})


def test_a_mark_that_was_changed_is_none(asked):
    mark = lines_out(asked, with_drafts=True)[0].mark
    assert unsign(mark)[0] == asked.pk
    other = mark.replace(f"{asked.pk}-", f"{asked.pk + 1}-", 1)
    assert [unsign(text) for text in ("", "x", mark[:-1], other, f"{mark} x")] == [None] * 5
