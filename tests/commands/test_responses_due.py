"""The list of what is due, for people and for scripts."""

import datetime
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from recommendations.periods import say
from tests.conftest import AT, make_inspection
from tests.makers.responses import make_published, make_response
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)


def due(*args) -> str:
    out = StringIO()
    call_command("responses_due", *args, stdout=out)
    return out.getvalue()


@per_module
def reports(westmarch, eastvale, body):
    make_inspection(westmarch, title="Late", published_on=datetime.date(2022, 12, 1))
    return make_inspection([westmarch, eastvale], title="In time", published_on=datetime.date(2023, 1, 20))


def test_it_is_a_list_for_scripts(reports, body):
    response = make_response(reports, body)
    late, in_time = json.loads(due("--on", "26 January 2023", "--json"))
    assert late == {
        "title": "Late",
        "kind": "custody",
        "forces": ["westmarch"],
        "published": "2022-12-01",
        "last_day": "2023-01-25",
        "last_day_is_stated": False,
        "days_left": -1,
        "stage": "waiting",
        "waits_for": "a response to be started",
        "who_has_it": ["Marches OPCC"],
        "inspection": late["inspection"],
        "response": None,
    }
    facts = (in_time["days_left"], in_time["forces"], in_time["inspection"], in_time["response"])
    assert facts == (49, ["eastvale", "westmarch"], reports.pk, response.pk)


def test_it_is_a_table_for_people(reports):
    head, heads, late, in_time = due("--on", "2023-01-26").splitlines()
    assert head == "26 January 2023: 2 reports wait for a response, 1 late."
    assert heads.split() == ["Last", "day", "Time", "Report", "Forces", "Stage", "Waits", "for", "Who", "has", "it"]
    assert late.split("  ")[0] == "25 January 2023"
    assert [
        words for words in ("1 day late", "Westmarch", "Waiting to begin", "Marches OPCC") if words not in late
    ] == []
    assert "49 days left" in in_time


def test_a_title_that_is_too_long_is_cut(westmarch, body):
    make_inspection(westmarch, title="A very long title " * 10, published_on=datetime.date(2023, 1, 20))
    assert max(map(len, due("--on", "2023-01-26").splitlines())) < 180


@pytest.mark.parametrize(("on", "left"), [("1/12/2022", 55), ("25/1/2023", 0), ("1/1/2030", -2533)])
def test_any_day_can_be_asked_for(westmarch, body, on, left):
    make_inspection(westmarch, published_on=datetime.date(2022, 12, 1))
    assert [each["days_left"] for each in json.loads(due("--on", on, "--json"))] == [left]


def test_today_is_londons(westmarch, body):
    assert due().startswith(f"{say(localdate())}: No report waits for a response.")


def test_what_is_answered_is_not_due_and_before_it_was(westmarch, body, officer, approver):
    make_published(make_inspection(westmarch, published_on=AT.date() - DAY), body, by=officer, approver=approver)
    assert json.loads(due("--on", str(AT.date()), "--json")) == []
    (before,) = json.loads(due("--on", str(AT.date() - DAY), "--json"))
    assert (before["days_left"], before["stage"]) == (55, "waiting")


def test_nothing_waits(body):
    assert (due("--json"), due("--on", "1/4/2026")) == ("[]\n", "1 April 2026: No report waits for a response.\n")


@pytest.mark.parametrize(
    ("on", "message"),
    [
        ("31/6/2026", "--on: 31 June 2026 does not exist."),
        ("soon", "--on: “soon” is not a day. Enter one like 7 November 2026."),
    ],
)
def test_a_day_that_is_none_is_refused(db, on, message):
    with pytest.raises(CommandError) as refused:
        due("--on", on)
    assert str(refused.value) == message
