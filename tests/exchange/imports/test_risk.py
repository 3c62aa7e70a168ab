"""Risk with why, themes, cause of delay and mitigation come in by the columns that offices have for them."""

import datetime

import pytest

from recommendations.domain.people.records import keep
from recommendations.exchange.imports.column_guessing import SWITCHED_OFF, doubts_of, guess_columns
from recommendations.models import Delay, Label, Weight
from tests.conftest import AT, PUBLISHED, TODAY
from tests.exchange.imports.sheets_of import SIMPLE, asked, brought_in, lines_of, planned, sheet
from tests.per_module import per_module

COLUMNS = SIMPLE | {
    "risk": "Risk rating",
    "risk_why": "Reason for risk",
    "risk_on": "Risk reviewed",
    "themes": "Theme(s)",
    "delay_cause": "Reason for delay",
    "mitigation": "Mitigation",
}
ROW = {"reference": "WM-0001", "inspection": "Custody", "published_on": PUBLISHED, "number": "1", "text": "Test bells."}
JUNE = datetime.date(2026, 6, 10)
SAID = {"risk": "High", "risk_why": "Cells.", "risk_on": JUNE, "themes": "Custody; data and recording"}
LATE = {"delay_cause": "Resources: Two short.", "mitigation": "A sergeant looks."}


@per_module
def themes(westmarch):
    for key, words in (("data", "Data and recording"), ("custody", "Custody")):
        keep(record=Label(vocabulary="theme", key=key, words=words), by=None, at=AT)


def test_each_comes_in_once_and_a_change_adds_a_row(themes):
    brought_in(COLUMNS, ROW | SAID | LATE)
    assert planned(COLUMNS, ROW | SAID | LATE).unchanged == 1
    brought_in(COLUMNS, ROW | {"risk": "low", "mitigation": "An inspector looks."})
    weights = Weight.objects.order_by("pk").values_list("effective_on", "risk", "why", "themes")
    assert list(weights) == [
        (JUNE, "high", "Cells.", ",custody,data,"),
        (TODAY, "low", "Brought in from register.xlsx.", ",custody,data,"),
    ]
    delays = Delay.objects.order_by("pk").values_list("effective_on", "cause", "words", "mitigation")
    assert list(delays) == [
        (TODAY, "resources", "Two short.", "A sergeant looks."),
        (TODAY, "resources", "Two short.", "An inspector looks."),
    ]


def test_a_word_that_is_not_the_offices_is_asked_about(themes):
    row = ROW | {"risk": "Severe", "themes": "Custody, Cyber", "delay_cause": "Staffing"}
    assert [(each.field, each.shown) for each in asked(COLUMNS, row)] == [
        ("risk", "Severe"),
        ("themes", "Cyber"),
        ("delay_cause", "Staffing"),
    ]
    problems = lines_of(COLUMNS, row).problems
    assert [(each.place, each.column, each.value) for each in problems] == [
        ("row 2", "Risk rating", "Severe"),
        ("row 2", "Theme(s)", "Cyber"),
        ("row 2", "Reason for delay", "Staffing"),
    ]
    meanings = {"risk": {"severe": "high"}, "themes": {"cyber": "nothing"}, "delay_cause": {"staffing": "resources"}}
    brought_in(COLUMNS, row, meanings=meanings)
    assert Weight.objects.values_list("risk", "themes").get() == ("high", ",custody,")
    assert Delay.objects.values_list("cause", "words").get() == ("resources", "Staffing")


def test_of_a_closed_one_nothing_comes_in(themes):
    columns, closed = COLUMNS | {"outcome": "Outcome", "closed_on": "Closed"}, {"outcome": "Implemented"}
    found = planned(columns, ROW | SAID | LATE | closed | {"closed_on": JUNE})
    assert (found.ready, found.entries[0].writes.weights, found.entries[0].writes.delays) == (True, [], [])
    assert found.entries[0].notes[-1].startswith("Closed: risk and delay")


@pytest.mark.django_db
def test_an_office_without_them_is_told_that_the_columns_stay_out(settings, westmarch):
    table = sheet(COLUMNS, ROW | SAID | LATE)
    of_risk = range(len(SIMPLE), len(COLUMNS))
    assert set(guess_columns(table.headings, table.rows)) >= set(of_risk)
    settings.SECTIONS_OFF = ("risk",)
    said = guess_columns(table.headings, table.rows)
    assert [doubts_of(table.headings, table.rows, said)[place] for place in of_risk] == [SWITCHED_OFF] * len(of_risk)
    assert lines_of(COLUMNS, ROW | SAID | LATE).lines[0].values.keys().isdisjoint(COLUMNS.keys() - SIMPLE.keys())
