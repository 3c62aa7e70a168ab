"""Actions through the API: what each program gets, by which filters, in a fixed number of queries."""

import datetime

import pytest
from django.utils.timezone import localdate, now

from recommendations.domain.actions.actions import update_action
from recommendations.enums.actions import ActionVoice
from tests.conftest import make_inspection, make_tracked
from tests.makers.actions import make_action

DAY = datetime.timedelta(days=1)


@pytest.fixture
def three(tracked, eastvale, officer):
    """A late action of the force, one of the office that waits for it, and a later one of another force."""
    theirs = make_tracked(make_inspection(eastvale, title="Custody in Eastvale", short_name="E 26"), number="9")
    late = make_action(tracked, words="Let the contract.", due_on=localdate() - 12 * DAY, at=now())
    more = {"voice": ActionVoice.OFFICE, "waits_for": late, "waits_words": "a room"}
    ours = make_action(tracked, words="Dip-sample.", due_on=localdate() + DAY, at=now(), **more)
    return late, ours, make_action(theirs, words="Train.", due_on=localdate() + 9 * DAY, at=now())


def words(program, query: str = "") -> list[str]:
    answer = program.get(f"actions?{query}")
    assert answer.status_code == 200, answer.content
    return [each["words"] for each in answer.json()["items"]]


def test_an_action_has_how_it_stands(office, three, tracked):
    late, *_ = three
    update_action(
        action=late,
        version=1,
        by=None,
        at=now(),
        due_on=localdate() - 2 * DAY,
        note="Tendered again.",
        state="under_way",
    )
    first, second, _ = office.get("actions").json()["items"]
    assert first == {
        "id": late.pk,
        "force": "westmarch",
        "voice": "force",
        "words": "Let the contract.",
        "owner": "Head of custody",
        "state": "under_way",
        "since": localdate().isoformat(),
        "due_on": (localdate() - 2 * DAY).isoformat(),
        "days_late": 2,
        "moves": 1,
        "waits_for": None,
        "waits_words": "",
        "note": "Tendered again.",
        "recommendations": [tracked.pk],
        "references": [tracked.reference],
        "recorded_on": localdate().isoformat(),
    }
    assert (second["voice"], second["waits_for"], second["waits_words"]) == ("office", late.pk, "a room")


def test_each_program_gets_what_its_person_sees(office, force, three):
    assert words(office) == ["Let the contract.", "Dip-sample.", "Train."]
    assert words(force) == ["Let the contract.", "Dip-sample."]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("late=true", ["Let the contract."]),
        ("late=false", ["Dip-sample.", "Train."]),
        ("force=eastvale", ["Train."]),
        ("state=done", []),
        ("state=to_do&force=westmarch", ["Let the contract.", "Dip-sample."]),
    ],
)
def test_its_filters(office, three, query, found):
    assert words(office, query) == found


def test_those_on_one_recommendation(office, three, tracked):
    assert words(office, f"recommendation={tracked.pk}&size=1&page=2") == ["Dip-sample."]


@pytest.mark.parametrize(("query", "where"), [("force=nowhere", "query force"), ("state=begun", "query state")])
def test_a_value_that_there_is_not_is_refused(office, query, where):
    answer = office.get(f"actions?{query}")
    assert (answer.status_code, [each["where"] for each in answer.json()["errors"]]) == (422, [where])


def test_there_is_no_list_while_actions_are_off(client, office, three, settings):
    settings.SECTIONS_OFF = ("actions",)
    assert office.get("actions").status_code == 404
    assert "/api/v1/actions" not in client.get("/api/v1/openapi.json").json()["paths"]


def test_a_list_costs_the_same_however_long(office, tracked, django_assert_num_queries):
    office.get("people")
    for number in range(3):
        make_action(tracked, words=f"Number {number}.", at=now())
        with django_assert_num_queries(9):
            assert len(words(office)) == number + 1
