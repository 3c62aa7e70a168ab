"""Inspections, responses, commitments, meetings, people, papers and rounds through the API; and answers to a round."""

import json

import pytest

from recommendations.domain.rounds.rounds import return_answer
from recommendations.enums import LineState
from recommendations.models import RoundAnswer
from tests.conftest import AT, PUBLISHED, make_inspection, make_tracked
from tests.makers.indicators import make_indicator, make_values
from tests.makers.rounds import answered, make_round
from tests.views.api.conftest import Program


def items(program, address: str) -> list[dict]:
    answer = program.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def test_inspections_have_their_forces_and_their_last_day(office, force, westmarch, eastvale):
    both = make_inspection([westmarch, eastvale], published_on=PUBLISHED)
    [item] = items(office, "inspections")
    assert (item["source"], item["basis"]) == ("HMICFRS", "joint")
    assert (item["id"], item["forces"], item["last_day"]) == (both.pk, ["eastvale", "westmarch"], "2026-03-11")
    assert [each["forces"] for each in items(force, "inspections")] == [["westmarch"]]
    assert items(office, "inspections?published_to=2026-01-14") == []


def test_recommendations_are_word_for_word_and_of_one_report(office, tracked, westmarch):
    make_tracked(make_inspection(westmarch, title="Another"))
    [item] = items(office, f"recommendations?inspection={tracked.recommendation.inspection_id}")
    assert (item["text"], item["deadline_on"]) == (tracked.recommendation.text, "2026-06-30")
    assert len(items(office, "recommendations")) == 2


def test_people_are_names_without_addresses(office, force, officer, force_lead, approver):
    names = {each["name"] for each in items(office, "people")}
    assert names == {each.name for each in (officer, force_lead, approver)}
    assert items(force, "people") == [
        {"id": force_lead.pk, "name": force_lead.name, "role": "force_inspection_lead", "force": "westmarch"}
    ]


@pytest.mark.suite(0, 3, 5)
@pytest.mark.parametrize(
    ("address", "number"),
    [
        *[("inspections", 8), ("recommendations", 9), ("responses", 6), ("commitments", 6), ("meetings", 6)],
        *[("rounds", 6), ("actions", 6)],
    ],
)
def test_an_empty_list_is_a_list(office, address, number, django_assert_num_queries):
    office.get("people")
    assert items(office, address) == []


def test_a_round_says_what_is_asked_and_takes_the_answers_of_its_force(office, force, force_lead, officer, westmarch):
    round = make_round(westmarch, by=officer)
    found = force.get(f"rounds/{round.pk}").json()
    first, second, third = [line["reference"] for line in found["lines"]]
    assert [line["state"] for line in found["lines"]] == ["asked"] * 3
    sent = {
        "answers": [
            {"reference": first, "done": "Tested.", "forecast_on": "2027-01-31", "evidence": "A log."},
            {"reference": second, "no_change": True},
        ]
    }
    answer = force.post(f"rounds/{round.pk}/answers", sent)
    assert (answer.status_code, answer.json()) == (201, {"round_id": round.pk, "released": 2})
    assert force.post(f"rounds/{round.pk}/answers", sent).status_code == 200
    rows = RoundAnswer.objects.order_by("line__position").values_list("done", "no_change", "evidence", "said_by")
    assert list(rows) == [("Tested.", False, "A log.", force_lead.name), ("", True, "", force_lead.name)]
    assert [line["state"] for line in office.get(f"rounds/{round.pk}").json()["lines"]] == [
        *["released"] * 2,
        "asked",
    ]
    assert third not in json.dumps(sent)


def test_the_offices_question_is_there(force, officer, force_lead, westmarch):
    round = make_round(westmarch, lines=1, by=officer)
    answer = answered(round.lines.get(), force_lead)
    return_answer(answer=answer, question="Which suites?", by=officer, at=AT)
    [line] = force.get(f"rounds/{round.pk}").json()["lines"]
    assert (line["state"], line["question"]) == (LineState.RETURNED, "Which suites?")


@pytest.mark.suite(1, 2, 4)
@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ([], "body answers"),
        ([{"reference": "WM-9999", "done": "x"}], "body answers 0 reference"),
        ([{"reference": "WM-0001", "done": "x"}] * 2, "body answers 1 reference"),
        ([{"reference": "WM-0001"}], "body"),
        ([{"reference": "WM-0001", "done": "x", "closure_outcome": "implemented"}], "body"),
        ([{"reference": "WM-0001", "done": "x", "version": 9}], "body"),
    ],
)
def test_answers_that_cannot_be_given_are_refused_with_their_line(force, officer, westmarch, answers, where):
    round = make_round(westmarch, lines=1, by=officer)
    answer = force.post(f"rounds/{round.pk}/answers", {"answers": answers})
    assert (answer.status_code, [each["where"] for each in answer.json()["errors"]]) == (422, [where])
    assert RoundAnswer.objects.count() == 0


def test_nobody_answers_another_forces_round_and_the_office_answers_none(office, other_force_lead, officer, westmarch):
    round = make_round(westmarch, lines=1, by=officer)
    sent = {"answers": [{"reference": round.lines.get().tracked.reference, "done": "x"}]}
    assert Program(other_force_lead).post(f"rounds/{round.pk}/answers", sent).status_code == 404
    assert office.post(f"rounds/{round.pk}/answers", sent).status_code == 403


def test_meetings_are_not_there_in_an_office_without_panels(client, office, settings):
    settings.SECTIONS_OFF = ("panels",)
    assert office.get("meetings").status_code == 404
    assert "/api/v1/meetings" not in client.get("/api/v1/openapi.json").json()["paths"]


def test_the_description_is_openapi_and_the_page_says_the_same(client, office, sign_in, officer):
    document = client.get("/api/v1/openapi.json").json()
    assert (document["openapi"], len(document["paths"])) == ("3.1.0", 19)
    page = sign_in(officer).get("/api/")
    shown = [(each["method"], each["address"]) for each in page.context["operations"]]
    assert sorted(shown) == sorted((verb.upper(), path) for path, verbs in document["paths"].items() for verb in verbs)


def test_indicators_have_their_series_and_hide_what_is_small(office, force, tracked, eastvale):
    indicator = make_indicator(tracked, hides_small=True)
    make_values(indicator, 41, None, 3)
    make_indicator(force=eastvale)
    [item] = items(force, "indicators")
    assert (item["force"], item["recommendations"]) == ("westmarch", [tracked.pk])
    assert [(each["value"], each["is_hidden"]) for each in item["values"]] == [
        ("41", False),
        (None, False),
        (None, True),
    ]
    assert len(items(office, "indicators")) == 2
