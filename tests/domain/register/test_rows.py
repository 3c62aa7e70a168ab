"""The rows of the register in words: which date counts and how often it moved, why this colour, how long ago."""

import datetime
from dataclasses import fields

import pytest

from recommendations.domain.register.queries import RegisterQuery
from recommendations.domain.register.rows import RegisterCell, rows_of
from recommendations.models import Label, Thresholds
from tests.conftest import PUBLISHED, TODAY, make_tracked
from tests.per_module import per_module
from tests.standings import write

DAY = datetime.timedelta(days=1)


@per_module
def plain(inspection):
    return make_tracked(inspection)


def row(user, tracked, **facts):
    """The row of the recommendation, with these facts written past the verbs."""
    write(tracked, **facts)
    (found,) = rows_of(RegisterQuery(day=TODAY), [tracked.pk], user, Thresholds(), Label.objects.words())
    return found


@pytest.mark.parametrize(
    ("facts", "due", "due_from", "flag"),
    [
        ({}, RegisterCell("No date set"), "", ""),
        (
            {"deadline_kind": "immediate", "deadline_on": PUBLISHED},
            RegisterCell("Immediate", "from 15 Jan 2026"),
            "HMICFRS",
            "",
        ),
        ({"deadline_kind": "date", "deadline_on": PUBLISHED}, RegisterCell("15 Jan 2026"), "HMICFRS", ""),
        (
            {"deadline_kind": "date", "deadline_on": PUBLISHED, "first_target_on": TODAY, "target_on": TODAY + DAY}
            | {"target_moves": 3},
            RegisterCell("15 Jan 2026", "target moved 3 times"),
            "HMICFRS",
            "",
        ),
        (
            {"first_target_on": PUBLISHED, "target_on": TODAY, "target_moves": 1},
            RegisterCell("15 Jan 2026", "first, moved once"),
            "target",
            "",
        ),
        (
            {"first_target_on": TODAY + DAY, "target_on": TODAY + 9 * DAY, "target_moves": 2},
            RegisterCell("8 Nov 2026", "moved twice"),
            "target",
            "in 1 day",
        ),
        ({"first_target_on": TODAY, "target_on": TODAY}, RegisterCell("7 Nov 2026"), "target", "due today"),
        (
            {"first_target_on": TODAY, "target_on": TODAY, "closed_on": PUBLISHED, "outcome": "withdrawn"},
            RegisterCell("7 Nov 2026", "closed 15 Jan 2026"),
            "target",
            "",
        ),
    ],
)
def test_due_says_which_date_and_how_often_it_moved(plain, officer, facts, due, due_from, flag):
    said = row(officer, plain, **facts)
    assert (said.due, said.due_from, said.due_flag) == (due, due_from, flag)


@pytest.mark.parametrize(
    ("facts", "colour", "reason"),
    [
        ({"closed_on": TODAY, "outcome": "not_implemented"}, "blue", "not implemented"),
        (
            {"first_target_on": TODAY + DAY, "target_on": TODAY, "forecast_on": TODAY + 9 * DAY},
            "amber",
            "forecast 16 Nov",
        ),
        (
            {"first_target_on": TODAY, "target_on": TODAY, "forecast_on": TODAY + 400 * DAY},
            "amber",
            "forecast Dec 2027",
        ),
        ({"deadline_kind": "date", "deadline_on": TODAY - DAY}, "red", "1 day over"),
        ({}, "amber", "no date set"),
    ],
)
def test_a_colour_has_its_reason_in_short(plain, officer, facts, colour, reason):
    said = row(officer, plain, **facts)
    assert (said.rag, said.rag_word, said.rag_reason) == (colour, colour.capitalize(), reason)


@pytest.mark.parametrize(
    ("facts", "cell"),
    [
        ({}, RegisterCell("Awaiting allocation")),
        ({"stage": "in_progress", "position": "accepted"}, RegisterCell("In progress")),
        ({"stage": "in_progress", "position": "partly_accepted"}, RegisterCell("In progress", "Accepted in part")),
        ({"position": "not_accepted"}, RegisterCell("Awaiting allocation", "Not accepted", runs_on=True)),
        ({"directed_to_force": False}, RegisterCell("Not for force", "No position")),
        ({"directed_to_force": False, "position": "accepted"}, RegisterCell("Not for force")),
        ({"stage": "in_progress", "closure_requested_on": TODAY}, RegisterCell("In progress", "Closure asked")),
        ({"stage": "kept_elsewhere"}, RegisterCell("kept_elsewhere")),
    ],
)
def test_the_position_shows_where_it_is_not_plainly_accepted(plain, officer, facts, cell):
    assert row(officer, plain, **facts).position == cell


@pytest.mark.parametrize(
    ("days", "cell", "flag"),
    [
        (0, RegisterCell("7 Nov", "today"), ""),
        (1, RegisterCell("6 Nov", "1 day"), ""),
        (100, RegisterCell("30 Jul", "100 days"), "100 days"),
        (299, RegisterCell("12 Jan", "299 days"), "299 days"),
        (300, RegisterCell("11 Jan 2026", "300 days"), "300 days"),
        (1200, RegisterCell("26 Jul 2023", "1,200 days"), "1,200 days"),
        (None, RegisterCell("None yet"), "296 days"),
    ],
)
def test_the_last_update_says_how_long_ago(plain, officer, days, cell, flag):
    on = None if days is None else TODAY - days * DAY
    said = row(officer, plain, last_update_on=on)
    assert (said.updated, said.updated_flag) == (cell, flag)


def test_a_business_lead_is_shown_where_there_is_no_other(inspection, officer):
    tracked = make_tracked(inspection, leads={"business_lead": "Supt Hale"})
    assert [row(officer, tracked, chief_officer_lead=lead).lead.words for lead in ("", "ACC Rowe")] == [
        "Supt Hale",
        "ACC Rowe",
    ]


def test_a_row_names_its_source_leads_and_voices(inspection, officer):
    tracked = make_tracked(inspection, number="7.1", text="Do  this.\n\nThen that.")
    silent = row(officer, tracked)
    assert (silent.source, silent.text, silent.lead) == (
        "Custody 26, rec 7.1",
        "Do this. Then that.",
        RegisterCell("", "Westmarch"),
    )
    assert (silent.assurance, silent.status) == (RegisterCell("No view yet"), RegisterCell("No status yet"))
    said = row(
        officer,
        tracked,
        assurance="assured",
        assurance_on=TODAY,
        inspectorate_status="no_further_action",
        inspectorate_status_on=PUBLISHED,
        chief_officer_lead="Assistant Chief Constable Rowe",
    )
    assert said.assurance == RegisterCell("Assured", "7 Nov")
    assert said.status == RegisterCell("No further action needed", "15 Jan", runs_on=True)
    assert said.lead == RegisterCell("Assistant Chief Constable Rowe", "Westmarch", runs_on=True)
    assert all(getattr(said, field.name) is not None for field in fields(said))
