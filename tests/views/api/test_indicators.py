"""Values of indicators through the API: all or none, once, in the voice of who sends them, at a fixed cost."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from recommendations.domain.indicators.queries import values_of
from recommendations.domain.indicators.values import undo_sheet
from recommendations.domain.people.api_tokens import scopes_for
from recommendations.enums.api import ApiScope
from recommendations.enums.indicators import IndicatorEvery
from recommendations.models import IndicatorSheet, IndicatorValue, TrailEntry
from tests.makers.indicators import make_indicator, make_values
from tests.views.api.conftest import Program

TWO = [{"period": "2026-04", "value": 41}, {"period": "May 2026", "value": "1,038"}]

PLACES = ["body values 0 value", "body values 1 value"]


@pytest.fixture
def indicator(tracked):
    return make_indicator(tracked, force_enters=True)


def send(program, indicator, values=TWO, said_by="Custody", key="one"):
    return program.post(f"indicators/{indicator.pk}/values", {"values": values, "said_by": said_by}, key)


def said(answer) -> tuple:
    """The status, and how many were recorded, corrected and there already."""
    found = answer.json()
    return (answer.status_code, *(found[name] for name in ("recorded", "corrected", "unchanged")))


def on_record(indicator) -> list[int]:
    return [int(each) for each in values_of([indicator])[indicator.pk].values()]


def test_they_are_one_entry_and_are_undone_as_one(office, indicator, officer, sign_in):
    assert said(send(office, indicator)) == (201, 2, 0, 0)
    assert on_record(indicator) == [41, 1038]
    entry = TrailEntry.objects.latest("sequence")
    assert (entry.verb, entry.by) == ("record_indicator_sheet", officer)
    assert set(IndicatorValue.objects.values_list("said_by", flat=True)) == {"Custody"}
    sheet = IndicatorSheet.objects.get()
    assert str(sheet) == f"Sent by {office.made.token.name}"
    page = sign_in(officer).get(reverse("indicator_sheet", args=[indicator.force.slug]))
    assert page.context["sheets"] == [sheet]
    undo_sheet(sheet=sheet, reason="Last year’s.", by=officer, at=now())
    assert on_record(indicator) == []


def test_what_is_on_record_already_changes_nothing_and_says_so(office, indicator):
    assert said(send(office, indicator)) == (201, 2, 0, 0)
    before = TrailEntry.objects.count()
    assert said(send(office, indicator)) == (200, 2, 0, 0)  # the same key: what was said then
    assert said(send(office, indicator, key="two")) == (200, 0, 0, 2)
    assert (TrailEntry.objects.count(), IndicatorValue.objects.count()) == (before, 2)
    assert said(send(office, indicator, [TWO[0], {"period": "2026-05", "value": 38.0}], key="three")) == (201, 0, 1, 1)
    assert on_record(indicator) == [41, 38]
    assert send(office, indicator, TWO[:1]).status_code == 422  # the first key with something else
    assert send(office, indicator, key="").status_code == 400


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ([("2026-04", 1), ("soon", 2), ("2026-05", "lots")], ["body values 1 period", "body values 2 value"]),
        ([("2026-04", 1), ("30/04/2026", 1)], ["body values 0 period", "body values 1 period"]),
        ([("Q1 2026/27", -1)], ["body values 0 period", "body values 0 value"]),
        ([("2026-04", "62%"), ("2026-05", 1.234)], PLACES),
        ([("2026-04", None), ("2026-05", True), (4, 1)], [*PLACES, "body values 2 period"]),
        ([("Jan 0001", 1), ("Dec 9999", 1)], ["body values 0 period", "body values 1 period"]),
        ([("2026-04", 1e20), ("2026-05", float("nan"))], PLACES),
        ([], ["body values"]),
        ([("2026-04", 1)] * 201, ["body values"]),
    ],
)  # fmt: skip
def test_each_wrong_value_is_named_by_its_place_and_nothing_is_recorded(office, indicator, values, wrong):
    answer = send(office, indicator, [{"period": period, "value": value} for period, value in values])
    errors = answer.json()["errors"]
    assert (answer.status_code, [each["where"] for each in errors]) == (422, wrong)
    assert [each for each in errors if "error" in each["detail"].lower()] == []  # what to do, and no word of a library
    assert not IndicatorSheet.on_file.exists()


def test_a_period_that_has_not_ended_and_nobody_who_says_so(office, indicator):
    period = IndicatorEvery.MONTH.period_of(localdate())
    answer = send(office, indicator, [TWO[0], {"period": f"{period.start:%Y-%m}", "value": 3}])
    assert [each["where"] for each in answer.json()["errors"]] == ["body values 1 period"]
    assert [each["where"] for each in send(office, indicator, said_by=" ").json()["errors"]] == ["body said_by"]
    assert not IndicatorValue.on_file.exists()


def test_a_small_number_is_kept_and_stays_hidden(office, tracked):
    hiding = make_indicator(tracked, hides_small=True)
    assert said(send(office, hiding, [{"period": "2026-04", "value": 3}])) == (201, 1, 0, 0)
    assert on_record(hiding) == [3]
    [item] = office.get("indicators").json()["items"]
    assert [(each["value"], each["is_hidden"]) for each in item["values"]] == [(None, True)]


def test_a_force_sends_its_own_alone_and_where_the_office_lets_it(force, force_lead, indicator, tracked, eastvale):
    other = make_indicator(force=eastvale, force_enters=True)
    kept = make_indicator(tracked, name="The office’s", hides_small=True)
    make_values(kept, 3)
    assert send(force, other).status_code == 404
    # Nor is it told whether a hidden number is the one that it sends.
    answers = [send(force, kept, [{"period": "2026-04", "value": value}], key=str(value)) for value in (3, 4)]
    assert [(each.status_code, each.json()["detail"]) for each in answers] == [(403, answers[0].json()["detail"])] * 2
    assert said(send(force, indicator, said_by="")) == (201, 2, 0, 0)
    rows = IndicatorValue.objects.filter(recorded_by=force_lead)
    assert {(each.indicator, each.said_by) for each in rows} == {(indicator, force_lead.name)}
    assert (IndicatorValue.objects.count(), on_record(kept)) == (3, [3])


def test_it_needs_the_scope_of_its_own_which_no_other_brings(officer, indicator):
    others = [each for each in ApiScope if each != ApiScope.WRITE_VALUES]
    assert send(Program(officer, others), indicator).status_code == 403
    alone = Program(officer, [ApiScope.WRITE_VALUES])
    assert (send(alone, indicator).status_code, alone.get("indicators").status_code) == (201, 403)


def test_without_indicators_there_is_neither_address_nor_scope(client, office, indicator, officer, settings):
    settings.SECTIONS_OFF = ("indicators",)
    assert send(office, indicator).status_code == 404
    assert [path for path in client.get("/api/v1/openapi.json").json()["paths"] if "indicators" in path] == []
    assert ApiScope.WRITE_VALUES not in scopes_for(officer)
    assert not IndicatorValue.on_file.exists()


def test_many_cost_what_one_does(office, indicator, django_assert_num_queries):
    periods = IndicatorEvery.MONTH.periods(
        *(IndicatorEvery.MONTH.period_of(localdate().replace(year=year, month=4, day=1)) for year in (2020, 2026))
    )
    office.get("people")
    for key, part in (("one", periods[:1]), ("many", periods[1:])):
        values = [{"period": f"{each.start:%Y-%m}", "value": 7} for each in part]
        with django_assert_num_queries(22):
            assert said(send(office, indicator, values, key=key)) == (201, len(part), 0, 0)
