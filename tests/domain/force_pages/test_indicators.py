"""Indicators on a force's public page: chosen for a release, without small numbers or anything restricted."""

import datetime

import pytest

from recommendations.domain.force_pages.changes import statements
from recommendations.domain.force_pages.compile import compile_page
from recommendations.domain.force_pages.data import PageChoices, PageFacts
from recommendations.domain.force_pages.indicators import indicators_to_show
from recommendations.domain.force_pages.no_longer_public import no_longer_public
from recommendations.domain.register import restrictions
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.indicators import make_indicator, make_values

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def record(westmarch):
    return make_tracked(make_inspection(westmarch))


def test_what_the_office_chose_is_shown_without_small_numbers(record, westmarch, settings):
    chosen, other = make_indicator(record), make_indicator(force=westmarch, name="Not chosen")
    make_values(chosen, 41, 3, 12)
    make_values(other, 99)
    assert list(indicators_to_show(westmarch)) == [other, chosen]
    choices = PageChoices(indicators=(chosen.pk,))
    page = compile_page(force=westmarch, choices=choices, on=TODAY)
    (facts,) = page.indicators
    assert [each.value for each in facts.points] == ["41", "", "12"]
    assert PageFacts.from_json(page.to_json()) == page
    assert facts.sentence in statements(page)[f"Indicator: {chosen}"]
    # A page that was released before there were any.
    assert PageFacts.from_json({key: each for key, each in page.to_json().items() if key != "indicators"})
    settings.SECTIONS_OFF = ("indicators",)
    assert compile_page(force=westmarch, choices=choices, on=TODAY).indicators == ()


def test_nothing_of_what_is_restricted_is_offered_or_stays(record, westmarch, officer):
    indicator = make_indicator(record)
    make_values(indicator, 41, 30)
    choices = PageChoices(indicators=(indicator.pk,))
    page = compile_page(force=westmarch, choices=choices, on=TODAY)
    assert (len(page.indicators), no_longer_public(page, westmarch)) == (1, [])
    restrictions.restrict(tracked=record, reason="A person is named.", by=officer, at=AT)
    assert not indicators_to_show(westmarch).exists()
    assert compile_page(force=westmarch, choices=choices, on=TODAY).indicators == ()
    assert any(str(record) in sentence for sentence in no_longer_public(page, westmarch))
