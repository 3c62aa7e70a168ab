"""The body that speaks on a day: its own days, those of its oversights, a gap, and two at once."""

import datetime

import pytest

from recommendations.domain.forces.in_force import bodies_on, body_of, gaps_after, office_body_on, speaker_on
from recommendations.domain.people import records
from recommendations.domain.responses.starting import answering_body
from recommendations.domain.rounds.force_rows import office_of
from recommendations.domain.rounds.rounds import close_round
from recommendations.enums import BodyKind
from recommendations.models import Oversight, PolicingBody
from tests.conftest import TODAY
from tests.makers.rounds import make_round

A_DAY = datetime.timedelta(days=1)
NOON = datetime.datetime(2028, 5, 4, 12, tzinfo=datetime.UTC)
LAST, FIRST = datetime.date(2028, 5, 4), datetime.date(2028, 5, 5)


def make_body(at, *, name="Marches Mayor", **days):
    made = PolicingBody(name=name, slug="mayor", kind=BodyKind.MAYOR, office_name="Mayor’s Office", **days)
    return records.keep(record=made, by=None, at=at)


def end(body, at, until=LAST):
    for link in body.oversights.all():
        link.until = until
        records.keep(record=link, by=None, at=at)


def oversee(body, force, since, at, until=None):
    return records.keep(record=Oversight(body=body, force=force, since=since, until=until), by=None, at=at)


def test_a_body_entered_ahead_speaks_from_its_day(body, westmarch, eastvale, at):
    end(body, at)
    mayor = make_body(at)
    for force in (westmarch, eastvale):
        oversee(mayor, force, FIRST, at)
    assert [office_body_on(day) for day in (LAST, FIRST)] == [body, mayor]
    assert [body_of(westmarch, day) for day in (LAST, FIRST)] == [body, mayor]
    assert [bodies_on(day) for day in (LAST, FIRST)] == [[body], [mayor]]


@pytest.mark.django_db
def test_a_body_that_oversees_no_force_speaks_between_its_own_days(at):
    first = make_body(at, until=LAST)
    second = records.keep(
        record=PolicingBody(name="A", slug="a", kind=BodyKind.MAYOR, office_name="A", since=FIRST), by=None, at=at
    )
    assert [office_body_on(day) for day in (LAST, FIRST)] == [first, second]


def test_of_two_at_once_the_older_record_speaks_until_it_ends(body, westmarch, eastvale, at):
    mayor = make_body(at)
    link = westmarch.oversights.get()
    link.until = LAST
    records.keep(record=link, by=None, at=at)
    oversee(mayor, westmarch, FIRST, at)
    assert bodies_on(FIRST) == [body, mayor]
    assert office_body_on(FIRST) == body
    assert [body_of(force, FIRST) for force in (westmarch, eastvale)] == [mayor, body]


def test_in_a_gap_the_last_body_speaks_and_no_one_oversees(body, westmarch, eastvale, at):
    end(body, at)
    mayor = make_body(at)
    oversee(mayor, westmarch, FIRST + A_DAY, at)
    assert bodies_on(FIRST) == []
    assert body_of(westmarch, FIRST) is None
    assert office_body_on(FIRST) == body
    assert office_body_on(datetime.date(2000, 1, 1)) == body


@pytest.mark.django_db
def test_an_office_without_a_body_has_none():
    assert office_body_on(FIRST) is None


def test_the_body_of_a_day_is_one_query(body, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert office_body_on(FIRST) == body


def test_days_ahead_without_a_body_are_named(body, westmarch, eastvale, at):
    assert gaps_after(TODAY) == []
    end(body, at)
    assert gaps_after(TODAY) == [(eastvale, FIRST, None), (westmarch, FIRST, None)]
    mayor = make_body(at)
    oversee(mayor, westmarch, FIRST + 2 * A_DAY, at)
    oversee(mayor, eastvale, FIRST, at)
    assert gaps_after(TODAY) == [(westmarch, FIRST, FIRST + A_DAY)]


def test_a_force_that_ends_needs_no_body_afterwards(body, westmarch, eastvale, at):
    end(body, at)
    for force in (westmarch, eastvale):
        force.until = LAST
        records.keep(record=force, by=None, at=at)
    assert gaps_after(TODAY) == []


def test_who_speaks_for_what_a_body_has_is_who_oversaw_its_forces_that_day(body, westmarch, eastvale, at):
    end(body, at)
    mayor = make_body(at)
    for force in (westmarch, eastvale):
        oversee(mayor, force, FIRST, at)
    days = (LAST, FIRST, datetime.date(2000, 1, 1))
    assert [speaker_on(each, day) for each in (body, mayor) for day in days] == [body, mayor, body, body, mayor, mayor]


def test_a_report_is_answered_by_the_body_of_the_day_on_which_that_begins(body, westmarch, eastvale, at):
    end(body, at)
    mayor = make_body(at)
    oversee(mayor, westmarch, FIRST, at)
    answers = [answering_body(westmarch, LAST - A_DAY, at) for at in (NOON, NOON + A_DAY)]
    assert answers == [body, mayor]


def test_a_closed_round_names_the_office_that_closed_it(body, westmarch, eastvale, officer, at):
    end(body, at)
    mayor = make_body(at)
    oversee(mayor, westmarch, FIRST, at)
    round = make_round(westmarch, by=officer, at=at)
    assert [office_of(round, day) for day in (LAST, FIRST)] == ["Marches OPCC", "Mayor’s Office"]
    round = close_round(round=round, by=officer, at=at)
    assert office_of(round, FIRST) == "Marches OPCC"
