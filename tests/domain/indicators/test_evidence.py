"""Indicators as evidence: of what was looked at again, and of commitments, assurances and recommendations."""

import datetime

import pytest

from recommendations.domain.evidence.choices import sources_for
from recommendations.domain.evidence.evidence import point_at
from recommendations.domain.evidence.queries import evidence_of_recommendation
from recommendations.domain.indicators.indicators import withdraw_indicator
from recommendations.domain.register.rechecks.events import look_events
from recommendations.domain.register.rechecks.queries import closures_of
from recommendations.domain.register.rechecks.rechecks import record_held, report_slip
from recommendations.domain.succession.carrying_over import succeed
from recommendations.domain.succession.going_over import Duty, going_over
from recommendations.models import Evidence, Indicator
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.indicators import make_indicator, make_values
from tests.makers.rechecks import make_closed
from tests.refusals import refusal_of

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def record(westmarch):
    return make_tracked(make_inspection(westmarch))


def test_what_was_looked_at_again_points_at_an_indicator_of_its_own(record, westmarch, officer, approver):
    indicator, other = make_indicator(record), make_indicator(force=westmarch, name="Of the force")
    make_closed(record, by=officer, decided_by=approver, at=AT - 2 * DAY, look_on=TODAY)
    facts = {"tracked": record, "saw": "Twelve.", "by": officer, "at": AT}
    assert refusal_of(report_slip, shown_by=other, **facts) == ("another-indicator", "shown_by")
    row = record_held(shown_by=indicator, **facts)
    assert row.shown_by == indicator
    (closure,) = closures_of(record)
    assert any("Strip searches" in line for event in look_events(closure) for line in event.lines)


def test_an_indicator_is_offered_and_linked_as_evidence(record, officer, settings):
    indicator = make_indicator(record)
    make_values(indicator, 41, 12)
    [(_, _, offered)] = sources_for(record)["Indicators"]
    assert offered == indicator
    point_at(subject=record, source=indicator, by=officer, at=AT)
    (row,) = evidence_of_recommendation(record, officer, TODAY)
    assert (row.title, row.figure) == (f"Indicator: {indicator}", "12 in May 2026")
    assert refusal_of(point_at, subject=record, source=indicator, by=officer, at=AT) == ("linked-already", "source")
    settings.SECTIONS_OFF = ("indicators",)
    assert (evidence_of_recommendation(record, officer, TODAY), "Indicators" in sources_for(record)) == ([], False)


def test_a_withdrawn_indicator_or_one_of_another_force_is_no_evidence(record, officer, eastvale):
    indicator = make_indicator(record)
    withdraw_indicator(indicator=indicator, version=1, reason="By mistake.", by=officer, at=AT)
    for source, code in ((indicator, "withdrawn"), (make_indicator(force=eastvale), "another-force")):
        assert refusal_of(point_at, subject=record, source=source, by=officer, at=AT) == (code, "source")
    assert not Evidence.objects.exists()


def test_indicators_go_over_where_a_force_ends(record, westmarch, eastvale, officer):
    own, same = make_indicator(record), make_indicator(force=eastvale)
    assert [each.count for each in going_over(forces=[westmarch], day=TODAY) if each.duty == Duty.INDICATORS] == [1]
    succeed(force=westmarch, successor=eastvale, effective_on=TODAY, reason="Merged.", by=officer, at=AT + DAY)
    own.refresh_from_db()
    assert (own.force, own.came_from, own.name) == (eastvale, westmarch, f"{same.name} (Westmarch)")
    assert set(Indicator.objects.filter(force=eastvale)) == {own, same}
    assert own.links.get().tracked.force == eastvale
