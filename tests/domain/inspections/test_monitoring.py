"""The monitoring stage: recorded from a day on, the latest holds, and any day and moment can be asked for."""

import datetime

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.inspections import monitoring
from recommendations.domain.inspections.monitoring import stages_of
from recommendations.models import MonitoringStage, TrailEntry
from tests.conftest import AT, TODAY
from tests.makers.inspections import GIVEN, stage
from tests.refusals import refusal_of

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
LATER = AT + 2 * DAY


def stood(as_at=None, known_at=None) -> list[tuple]:
    rows = stages_of(MonitoringStage.objects.all(), as_at, known_at)
    return [(each.force.short_name, each.stage, each.effective_on, each.until) for each in rows]


def test_the_latest_holds_and_the_others_ended_when_the_next_began(westmarch, officer):
    stage(westmarch, "scan", effective_on=GIVEN - 100 * DAY, by=officer)
    stage(westmarch, "engage", by=officer)
    first = GIVEN - 100 * DAY
    assert stood() == [("Westmarch", "engage", GIVEN, None), ("Westmarch", "scan", first, GIVEN)]
    entry = TrailEntry.objects.order_by("sequence").last()
    assert (entry.verb, entry.about) == ("record_monitoring_stage", "Westmarch Police")
    assert verification.verify() == []


def test_one_that_is_recorded_late_takes_its_place(westmarch):
    stage(westmarch, "engage")
    stage(westmarch, "scan", effective_on=GIVEN - DAY)
    assert [(each[1], each[3]) for each in stood()] == [("engage", None), ("scan", GIVEN)]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"key": "watch"}, ("required", "stage")),
        ({"source": " "}, ("required", "source")),
        (
            {"effective_on": TODAY + DAY},
            ("in-the-future", "effective_on"),
        ),
    ],
)
def test_what_is_missing_or_impossible_is_refused(westmarch, facts, says):
    assert refusal_of(stage, westmarch, **facts) == says
    assert MonitoringStage.objects.count() == 0


def test_the_stage_that_it_is_in_is_refused(westmarch, eastvale):
    stage(westmarch, "engage")
    says = ("same-stage", "stage")
    assert refusal_of(stage, westmarch, "engage", effective_on=GIVEN + DAY, naming="3 May 2026") == says
    stage(eastvale, "engage")


def test_one_that_is_withdrawn_no_longer_holds_and_stays(westmarch, officer):
    stage(westmarch, "scan", effective_on=GIVEN - DAY)
    wrong = stage(westmarch, "engage")
    act, facts = monitoring.withdraw_monitoring_stage, {"stage": wrong, "by": officer, "at": LATER}
    assert refusal_of(act, reason=" ", **facts) == ("no-reason", "reason")
    act(reason="Not so.", **facts)
    assert stood() == [("Westmarch", "scan", GIVEN - DAY, None)]
    assert [each[1] for each in stood(TODAY, LATER - HOUR)] == ["engage", "scan"]
    assert refusal_of(act, reason="Again.", **facts) == ("withdrawn", None)
    assert verification.verify() == []


@pytest.mark.on_postgresql
def test_of_two_of_one_day_the_later_speaks(westmarch):
    stage(westmarch, "engage")
    stage(westmarch, "scan", at=AT + HOUR)
    assert stood() == [("Westmarch", "scan", GIVEN, None)]
    assert stood(TODAY, AT) == [("Westmarch", "engage", GIVEN, None)]


@pytest.mark.on_postgresql
def test_any_day_and_any_moment_can_be_asked_for(westmarch, eastvale):
    stage(westmarch, "scan", effective_on=GIVEN - 10 * DAY)
    stage(eastvale, "scan", effective_on=GIVEN - 10 * DAY)
    stage(westmarch, "engage", at=LATER)

    def now(as_at=None, known_at=None) -> list[tuple[str, str]]:
        return [(force, key) for force, key, _, until in stood(as_at, known_at) if until is None]

    scan = [("Eastvale", "scan"), ("Westmarch", "scan")]
    assert now() == [("Eastvale", "scan"), ("Westmarch", "engage")]
    assert now(GIVEN - DAY) == now(TODAY, AT) == scan
    assert now(GIVEN - 11 * DAY) == now(TODAY, AT - HOUR) == []


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_one_query(westmarch, number, django_assert_num_queries):
    for place in range(number):
        stage(westmarch, ("scan", "engage")[place % 2], effective_on=GIVEN + place * DAY)
    with django_assert_num_queries(1):
        assert len(stood(TODAY, AT)) == number


def test_each_sees_their_own(westmarch, officer, force_lead, other_force_lead, member, administrator):
    stage(westmarch)
    people = (officer, force_lead, other_force_lead, member, administrator)
    assert [MonitoringStage.objects.visible_to(each).count() for each in people] == [1, 1, 0, 0, 0]
