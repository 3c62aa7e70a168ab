"""Columns with unheard-of headings: guessed from their cells beside the others, in doubt, or asked about."""

import datetime

import pytest

from recommendations.exchange.imports.asked_columns import asked_columns
from recommendations.exchange.imports.column_guessing import (
    AGREED,
    BY_A_WORD,
    BY_CELLS,
    COUNTS,
    GUESSED,
    PRIORITY,
    columns_to_ask,
    doubts_of,
    guess_columns,
)
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.readers.workbook import Sheet
from tests.exchange.imports.test_column_guessing import LONG, rows

PUBLISHED, LATER = datetime.date(2025, 3, 31), datetime.date(2025, 9, 30)
NEXT, NEXT_LATER = datetime.date(2025, 5, 1), datetime.date(2026, 1, 31)
PROSE = "The form was changed, and each sergeant reads ten of them a month. The board saw the first figures in May."
BASE = ("Report", "Published", "Recommendation")
TWO = (("Custody in Westmarch", PUBLISHED, LONG), ("Custody in Westmarch", PUBLISHED, f"{LONG} Again."))


def guessed(headings: tuple[str, ...], *lines) -> dict[str, str]:
    return {headings[place]: key for place, key in guess_columns(headings, rows(*lines)).items()}


def beside(heading: str, *values) -> dict[str, str]:
    """What is guessed of a column with this heading and these two values, beside a report and its recommendations."""
    return guessed((*BASE, heading), *((*line, value) for line, value in zip(TWO, values, strict=True)))


def test_the_longest_text_beside_a_recommendation_is_the_update():
    headings = (*BASE, "Story so far", "Mood")
    found = guessed(headings, (*TWO[0], PROSE, "Fine."), (*TWO[1], PROSE, "Not so."))
    assert {key: found.get(key) for key in headings[3:]} == {"Story so far": "update", "Mood": None}


def test_of_two_long_texts_none_is_guessed():
    headings = (*BASE, "Story so far", "Where next")
    assert set(guessed(headings, *((*line, PROSE, PROSE[1:]) for line in TWO))) == set(BASE)


@pytest.mark.parametrize(
    "heading", ["Finding", "Why it matters", "What is still to do", "What the panel said", "Background", "PCC thoughts"]
)
def test_a_long_text_that_says_to_be_something_else_is_no_update(heading):
    assert beside(heading, PROSE, PROSE).get(heading) != "update"


def test_columns_headed_by_quarters_or_months_are_updates():
    headings = (*BASE, "Q1 2025/26", "July", "Q3 notes and risks")
    found = guessed(headings, *((*line, PROSE, PROSE, PROSE) for line in TWO))
    assert [found.get(each) for each in headings[3:]] == ["update", "update", None]


def test_days_after_the_publication_are_targets():
    assert beside("Landing", LATER, NEXT_LATER)["Landing"] == "target_on"
    assert "Landing" not in beside("Landing", LATER, PUBLISHED - datetime.timedelta(days=1))
    assert "Last board meeting" not in beside("Last board meeting", LATER, NEXT_LATER)


def test_of_two_columns_of_later_days_none_is_guessed():
    headings = (*BASE, "Landing", "Wheels down")
    assert set(guessed(headings, *((*line, LATER, NEXT_LATER) for line in TWO))) == set(BASE)


@pytest.mark.parametrize(
    "heading",
    [
        "Force due date",
        "Due date (force)",
        "Deadline – force",
        "Force timescale",
        "Timescale (Force)",
        "Constabulary deadline",
        "Deadline set by the force",
        "Due for the force",
    ],
)
def test_a_day_of_the_force_is_never_the_sources_deadline(heading):
    assert beside(heading, LATER, NEXT_LATER)[heading] == "target_on"


def test_the_sources_own_day_stays_its_deadline():
    headings = (*BASE, "HMICFRS due date", "Force due date")
    found = guessed(headings, *((*line, LATER, NEXT_LATER) for line in TWO))
    assert [found[each] for each in headings[3:]] == ["deadline_on", "target_on"]


def test_words_beside_days_leave_a_column_of_targets():
    headings = (*BASE, "Target date")
    lines = [(*TWO[0], "Immediate"), (*TWO[1], "Q3 2025/26"), (*TWO[1], LATER)]
    assert guessed(headings, *lines)["Target date"] == "target_on"


def test_a_title_and_a_day_that_recur_together_are_the_report():
    headings = ("Where from", "When", "Recommendation", "Landing")
    lines = [
        ("Custody in Westmarch", PUBLISHED, LONG, LATER),
        ("Custody in Westmarch", PUBLISHED, f"{LONG} 2", LATER),
        ("Fraud: time to choose", NEXT, f"{LONG} 3", NEXT_LATER),
    ]
    found = guessed(headings, *lines)
    assert found == {
        "Where from": "inspection",
        "When": "published_on",
        "Recommendation": "text",
        "Landing": "target_on",
    }


def test_numbers_that_begin_again_with_each_report_are_its_own_however_many_there_are():
    lines = [(f"Report {each // 20}", PUBLISHED, f"{LONG} {each}", str(each % 20 + 1)) for each in range(600)]
    assert guessed((*BASE, "Item"), *lines)["Item"] == "number"
    assert "Item" not in guessed((*BASE, "Item"), *((*line[:3], str(each)) for each, line in enumerate(lines)))


def test_an_audits_table():
    headings = (
        "Audit",
        "Final report issued",
        "Ref",
        "Title",
        "Recommendation",
        "Priority",
        "Agreed action",
        "Agreed date",
    )
    lines = [
        ("Stores", PUBLISHED, "1.1", "Keys", LONG, "High", PROSE, LATER),
        ("Stores", PUBLISHED, "1.2", "Cash", f"{LONG} 2", "Low", PROSE, NEXT_LATER),
        ("Stores", PUBLISHED, "2.1", "Bins", f"{LONG} 3", "Low", PROSE, NEXT_LATER),
    ]
    found = guessed(headings, *lines)
    assert found == {
        "Audit": "inspection",
        "Final report issued": "published_on",
        "Ref": "number",
        "Title": "heading",
        "Recommendation": "text",
        "Agreed action": "update",
        "Agreed date": "target_on",
    }
    held = rows(*lines)
    keys = guess_columns(headings, held)
    assert {headings[place]: why for place, why in doubts_of(headings, held, keys).items()} == {
        "Final report issued": BY_A_WORD,
        "Title": GUESSED,
        "Priority": PRIORITY,
        "Agreed action": AGREED,
    }
    assert columns_to_ask(headings, held, keys) == {headings.index("Priority"): PRIORITY}


@pytest.mark.parametrize(
    ("heading", "values", "key"),
    [
        ("Closed?", ("Yes", "No"), "status"),
        ("Where are we", ("On track", "On track"), "status"),
        ("Happy?", ("Assured", "Partly assured"), "assurance"),
        ("Lead (force)", ("ACC Rowe", "DCC Hale"), "chief_officer_lead"),
        ("Happy?", ("Yes", "No"), None),
    ],
)
def test_what_the_words_say(heading, values, key):
    assert beside(heading, *values).get(heading) == key


def test_what_is_guessed_from_cells_says_so():
    headings = (*BASE, "Story so far", "Landing")
    held = rows(*((*line, PROSE, LATER) for line in TWO))
    assert doubts_of(headings, held, guess_columns(headings, held)) == {
        3: BY_CELLS["update"],
        4: BY_CELLS["target_on"],
    }


def test_a_full_column_without_a_field_is_asked_about_with_three_of_its_cells():
    headings = ("No.", *BASE, "Mood", "Mostly empty", "Secret")
    lines = [
        (str(each), "Custody", PUBLISHED, f"{LONG} {each}", ("Fine", "Low", "Low", "High", "Odd", "Odd")[each - 1],
         "once" if each == 1 else "", "kept")
        for each in range(1, 7)
    ]  # fmt: skip
    sheet = Sheet("Register", headings, tuple(rows(*lines)), hidden_columns=frozenset({6}))
    known = {str(place): key for place, key in guess_columns(headings, sheet.rows, {6}).items()}
    (asked,) = asked_columns(sheet, Answers(columns={"Register": known}))
    assert (asked.heading, asked.examples) == ("Mood", ("Fine", "Low", "High"))
    assert doubts_of(headings, sheet.rows, {int(place): key for place, key in known.items()})[0] == COUNTS
    assert asked_columns(sheet, Answers(columns={"Register": known | {"4": ""}})) == []
    assert asked_columns(sheet, Answers(columns={"Register": known}, forces={"Register": ""})) == []
