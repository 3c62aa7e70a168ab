"""Indicators in a paper: which, with which values, and what an open paper must not say."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from recommendations.domain.indicators.indicators import chosen_details, edit_indicator
from recommendations.domain.indicators.values import withdraw_value
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.public_edition import public_figures
from recommendations.domain.register import restrictions
from tests.conftest import AT, make_inspection, make_tracked
from tests.domain.papers.world import figures_of
from tests.makers.indicators import make_indicator, make_value, make_values
from tests.makers.rechecks import make_closed

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
QUARTER = {"start": datetime.date(2026, 7, 1), "end": datetime.date(2026, 9, 30)}
KNOWN = AT + 3 * DAY


@pytest.fixture
def record(westmarch):
    return make_tracked(make_inspection(westmarch))


def test_a_paper_has_the_values_up_to_its_last_day_as_known_then(record, westmarch, officer, approver):
    indicator = make_indicator(record, target=Decimal(10), target_on=datetime.date(2027, 3, 31))
    make_values(indicator, 41, 30, None, 12, 11, 9)  # April to September
    make_value(indicator, 50, datetime.date(2026, 10, 1))
    wrong = make_value(indicator, 8, datetime.date(2026, 9, 1), at=AT + DAY)
    make_closed(record, by=officer, decided_by=approver, at=AT - 65 * DAY)
    (facts,) = figures_of(westmarch, known_at=KNOWN, **QUARTER).indicators
    assert [each.value for each in facts.points] == ["41", "30", None, "12", "11", "8"]
    assert (facts.references, [mark.words for mark in facts.marks]) == ((str(record),), [f"{record} closed"])
    withdraw_value(value=wrong, reason="Wrong.", by=None, at=AT + 2 * DAY)
    (facts,) = figures_of(westmarch, known_at=KNOWN, **QUARTER).indicators
    assert facts.points[-1].value == "9"
    figures = figures_of(westmarch, known_at=AT + DAY, **QUARTER)
    assert figures.indicators[0].points[-1].value == "8"
    assert Figures.from_json(figures.to_json()) == figures
    # Filed before there were any.
    assert Figures.from_json({key: value for key, value in figures.to_json().items() if key != "indicators"})


def test_what_is_restricted_takes_its_indicators_out_of_the_open_paper(record, westmarch, officer):
    other = make_tracked(record.recommendation.inspection, number="2")
    both = make_indicator(record, other)
    make_values(both, 41, 30)
    assert len(figures_of(westmarch, known_at=KNOWN, **QUARTER).indicators) == 1
    restrictions.restrict(tracked=other, reason="A person is named.", by=officer, at=AT + DAY)
    assert figures_of(westmarch, known_at=KNOWN, **QUARTER).indicators == ()
    details = replace(chosen_details(both, both.links.select_related("tracked")), tracked=(record,))
    edit_indicator(indicator=both, version=1, details=details, by=officer, at=AT + 2 * DAY)
    assert len(figures_of(westmarch, known_at=KNOWN, **QUARTER).indicators) == 1


def test_none_without_a_recommendation_a_value_or_the_section(record, westmarch, settings):
    make_values(make_indicator(force=westmarch), 41)
    make_indicator(record, name="Without a value")
    assert figures_of(westmarch, known_at=KNOWN, **QUARTER).indicators == ()
    make_values(make_indicator(record, name="With one"), 41)
    assert len(figures_of(westmarch, known_at=KNOWN, **QUARTER).indicators) == 1
    settings.SECTIONS_OFF = ("indicators",)
    assert figures_of(westmarch, known_at=KNOWN, **QUARTER).indicators == ()


def test_the_public_edition_has_no_small_number(record, westmarch):
    make_values(make_indicator(record), 41, 3)
    figures = figures_of(westmarch, known_at=KNOWN, **QUARTER)
    assert [each.value for each in figures.indicators[0].points] == ["41", "3"]
    assert [each.value for each in public_figures(figures).indicators[0].points] == ["41", ""]
