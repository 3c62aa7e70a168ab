"""Words in a column of days: each asked about once, whatever the number of rows, and answered by a day or none."""

import datetime

import pytest

from recommendations.domain.imports.lines import NO_DAY
from recommendations.exchange.imports.day_cells import Unclear, days_in, last_of_quarter
from recommendations.exchange.imports.questions import NONE
from recommendations.exchange.readers.workbook import TableCell
from tests.exchange.imports.sheets_of import SIMPLE, answers, asked, lines_of

COLUMNS = SIMPLE | {"target_on": "Target"}
REPORT = {"inspection": "Custody", "published_on": "15/1/2026"}
WORDS = ("Immediate", "Q3 2025/26", "immediate", "When funded", "TBC", "31/6/2026", "30/6/2026")
pytestmark = pytest.mark.django_db
ROWS = [
    REPORT | {"reference": f"OP-{number}", "number": str(number), "text": f"Do {number}.", "target_on": words}
    for number, words in enumerate(WORDS, start=1)
]


def of_days(**said):
    return [each for each in asked(COLUMNS, *ROWS, **said) if each.kind == NO_DAY]


def test_each_word_is_asked_about_once(westmarch):
    assert [(each.shown, each.count, each.suggested) for each in of_days()] == [
        ("Immediate", 2, NONE),
        ("Q3 2025/26", 1, "31 December 2025"),
        ("When funded", 1, ""),
    ]


def test_a_word_waits_for_its_answer_and_a_wrong_day_for_a_correction(westmarch):
    problems = lines_of(COLUMNS, *ROWS).problems
    assert [(each.number, each.asks) for each in problems] == [
        (2, (NO_DAY, "target_on", "immediate")),
        (3, (NO_DAY, "target_on", "q3 2025/26")),
        (4, (NO_DAY, "target_on", "immediate")),
        (5, (NO_DAY, "target_on", "when funded")),
        (7, ()),
    ]


def test_an_answer_holds_for_all_rows_with_the_word(westmarch):
    said = answers(COLUMNS)
    given = {"Immediate": "None", "Q3 2025/26": "31 December 2025", "When funded": "1/4/2027"}
    for question in of_days():
        question.answered(said, given[question.shown])
    found = lines_of(COLUMNS, *ROWS, corrections=said.corrections)
    assert [each.targets for each in found.lines] == [
        (),
        (datetime.date(2025, 12, 31),),
        (),
        (datetime.date(2027, 4, 1),),
        (),
        (),
        (datetime.date(2026, 6, 30),),
    ]
    assert [(each.shown, each.answer) for each in of_days(corrections=said.corrections)] == [
        ("Immediate", NONE),
        ("Q3 2025/26", "31 December 2025"),
        ("When funded", "1/4/2027"),
    ]


def test_a_day_that_is_typed_wrong_is_named(westmarch):
    (first, *_) = of_days(corrections={"target_on": {"immediate": "31/2/2026"}})
    assert (first.answer, "31 February 2026" in first.problem) == ("31/2/2026", True)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Q1 2024/25", datetime.date(2024, 6, 30)),
        ("End of Q4 2024/25", datetime.date(2025, 3, 31)),
        ("Quarter 2 2025-26", datetime.date(2025, 9, 30)),
        ("Q3 2024/26", None),
        ("Q3 2024", None),
        ("Q5 2024/25", None),
    ],
)
def test_a_quarter_of_a_financial_year(words, day):
    assert last_of_quarter(words) == day


@pytest.mark.parametrize("day", [datetime.date(1900, 1, 1), datetime.date(9999, 12, 31)])
def test_a_day_of_another_century_waits_for_a_correction(day):
    """A workbook shows an empty day as 1900, and one that never comes as 9999."""
    with pytest.raises(Unclear, match=f"{day.year}"):
        days_in(TableCell(f"{day:%d/%m/%Y}", day), month_ends=True)
