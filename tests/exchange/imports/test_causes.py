"""What a register says of a cause of concern goes to the recommendations under it."""

import datetime

import pytest

from recommendations.domain.imports.plan import plan_of
from tests.conftest import TODAY
from tests.exchange.imports.sheets_of import FILE, SIMPLE, lines_of
from tests.per_module import per_module

pytestmark = pytest.mark.django_db
COLUMNS = {
    **SIMPLE, "kind": "Kind", "business_lead": "Lead", "update": "Update", "update_on": "Updated", "rag": "RAG",
}  # fmt: skip
REPORT = {"inspection": "Light", "published_on": datetime.date(2020, 1, 15), "update_on": datetime.date(2020, 3, 2)}
CAUSE = REPORT | {"number": "1", "kind": "CoC", "text": "Calls wait."}
RED = {"meanings": {"rag": {"red": "stage:in_progress"}}}


@per_module
def cause_and_others(westmarch):
    read = lines_of(
        COLUMNS,
        CAUSE | {"business_lead": "ACC Rowe", "update": "Met.", "rag": "Red"},
        REPORT | {"number": "1", "kind": "Rec", "text": "Answer.", "business_lead": "Supt Ash", "update": "Begun."},
        REPORT | {"number": "2", "kind": "Rec", "text": "Count them."},
        REPORT | {"number": "1", "kind": "AFI", "text": "Train."},
        REPORT | {"number": "3", "kind": "Rec", "text": "Stop."},
        **RED,
    )  # fmt: skip
    return plan_of(read, source=FILE, on=TODAY)


def test_lead_stage_and_updates_go_to_those_that_follow(cause_and_others):
    said = [
        (line.get("business_lead", ""), line.get("stage", ""), [each.text for each in line.updates])
        for line in cause_and_others.read.lines
    ]
    assert said == [
        ("ACC Rowe", "in_progress", ["Met."]),
        ("Supt Ash", "in_progress", ["Met.", "Begun."]),
        ("ACC Rowe", "in_progress", ["Met."]),
        ("", "", []),
        ("", "", []),
    ]


def test_each_row_says_so(cause_and_others):
    under = "What row 2 says of its cause of concern is brought in with it."
    notes = [entry.notes for entry in cause_and_others.entries]
    cause = "Cause of concern: its lead, colour and updates go to the recommendations under it."
    assert (cause_and_others.problems, notes) == ((), [[cause], [under], [under], [], []])


def test_a_cause_without_recommendations_says_that_only_its_words_come_in(westmarch):
    read = lines_of(COLUMNS, CAUSE | {"update": "Met."})
    (entry,) = plan_of(read, source=FILE, on=TODAY).entries
    assert entry.notes == ["Cause of concern: it is not tracked, so only its words are brought in."]
