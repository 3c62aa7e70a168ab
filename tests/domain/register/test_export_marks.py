"""The mark of a row that is taken out: it knows what each cell said, holds no words, and nobody can make one."""

import datetime

import pytest

from recommendations.domain.register.export.marks import KEYS, cell_text, row_signature, unsign
from tests.conftest import AT, TODAY
from tests.documents.register.samples import HOSTILE, line

LINE = line(opcc_lead="Joe  Brandreth", update="Two\r\nlines", target_on=TODAY)
MARK = row_signature(LINE, AT)


def test_it_knows_what_each_cell_said_and_when():
    found = unsign(MARK, "WM-0001")
    assert found.at == AT.replace(microsecond=0)
    assert [key for key in KEYS if not found.has("WM-0001", key, cell_text(getattr(LINE, key)))] == []
    changed = {"opcc_lead": "Joe", "update": "Two", "target_on": "2026-11-08", "rag": ""}
    assert [key for key, text in changed.items() if found.has("WM-0001", key, text)] == []


def test_it_is_that_of_its_own_row():
    assert unsign(MARK, "WM-0002") is None
    assert unsign(MARK, " WM-0001 ") == unsign(MARK, "WM-0001")


@pytest.mark.parametrize("text", ["", "x", MARK[:-1], f"1{MARK}", MARK.replace(".", ".A", 1), *HOSTILE])
def test_nothing_else_is_a_mark(text):
    assert unsign(text, "WM-0001") is None


def test_another_key_makes_other_marks(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "k" * 60, [settings.SECRET_KEY]
    assert (unsign(MARK, "WM-0001"), row_signature(LINE, AT) == MARK) == (None, False)


def test_it_holds_no_words_and_equal_cells_of_two_rows_look_different():
    other = row_signature(line(reference="WM-0002"), AT)
    pieces = {len(MARK), len(other)}
    assert (len(pieces), len(MARK) < 300) == (1, True)
    assert MARK.split(".")[1][20:60] != other.split(".")[1][20:60]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (datetime.date(2026, 11, 7), "2026-11-07"),
        (" A \r\n b\t", "A b"),
        ("A\x00b\u200b", "Ab"),
        (3, "3"),
    ],
)
def test_cells_are_compared_as_a_person_reads_them(value, text):
    assert cell_text(value) == text
