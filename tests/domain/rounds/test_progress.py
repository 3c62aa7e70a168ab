"""Where a round stands: what counts as answered, who has what, how long is left, on which days people are told."""

import datetime

import pytest

from recommendations.domain.people import records
from recommendations.domain.register import closures
from recommendations.domain.rounds import rounds
from recommendations.domain.rounds.choices import askable, inspections_of
from recommendations.domain.rounds.choices import leads_of as leads_open
from recommendations.domain.rounds.progress import (
    LeadFigures,
    RoundFigures,
    default_due_on,
    figures_by_lead,
    figures_of,
    reminder_days,
    say_days_left,
    who_can_answer,
)
from recommendations.enums import Role
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module

NAIR, LECKIE = "DCC Priya Nair", "ACO Tom Leckie"


def day(number: int) -> datetime.date:
    return datetime.date(2026, 11, number)


def close(tracked, officer, approver):
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=tracked, by=approver, at=AT)


@per_module
def led(westmarch, officer):
    """A round about five: two of one lead, two of another, one without."""
    inspection = make_inspection(westmarch)
    leads = (NAIR, LECKIE, NAIR, "", LECKIE)
    tracked = [
        make_tracked(inspection, number=str(place), leads={"chief_officer_lead": lead})
        for place, lead in enumerate(leads)
    ]
    return rounds.ask_for_updates(force=westmarch, tracked=tracked, due_on=day(20), name="November", by=officer, at=AT)


def test_what_is_returned_is_with_the_force_again_and_what_was_closed_is_not_counted(
    led, force_lead, officer, approver
):
    accepted, returned, released, closed, _ = led.lines.all()
    rounds.accept_answer(answer=answered(accepted, force_lead), by=officer, at=AT)
    rounds.return_answer(answer=answered(returned, force_lead), question="Which?", by=officer, at=AT)
    answered(released, force_lead)
    close(closed.tracked, officer, approver)
    close(accepted.tracked, officer, approver)
    figures = figures_of([led])[led.pk]
    assert figures == RoundFigures(accepted=1, to_look_at=1, returned=1, not_answered=1, unneeded=1)
    assert (figures.answered, figures.with_the_force, figures.asked) == (2, 2, 4)


def test_each_lead_has_what_they_were_asked_and_nobody_comes_last(led, force_lead, officer):
    first, second, *_ = led.lines.all()
    answered(first, force_lead)
    rounds.return_answer(answer=answered(second, force_lead), question="Which?", by=officer, at=AT)
    found = figures_by_lead(led)
    assert found == [LeadFigures(LECKIE, 2, 0, 1), LeadFigures(NAIR, 2, 1, 0), LeadFigures("", 1, 0, 0)]
    assert [(each.words, each.not_answered) for each in found] == [(LECKIE, 1), (NAIR, 1), ("No lead named", 1)]


@pytest.mark.parametrize("number", [1, 3])
def test_figures_cost_one_query_for_any_number_of_rounds(westmarch, eastvale, number, django_assert_num_queries):
    made = [make_round(westmarch, lines=2, title=f"Report {place}") for place in range(number)]
    with django_assert_num_queries(1):
        assert set(figures_of(made).values()) == {RoundFigures(not_answered=2)}


def test_days_left_are_said_in_words(led):
    days = [day(14), day(19), day(20), day(21), day(22)]
    assert [say_days_left(led, each) for each in days] == [
        ("6 days", "left"),
        ("1 day", "left"),
        ("Last day", "today"),
        ("1 day", "late"),
        ("2 days", "late"),
    ]


def test_two_weeks_are_offered_and_never_a_weekend(led):
    assert [default_due_on(day(each), {}) for each in (6, 7, 8, 9)] == [day(20), day(23), day(23), day(23)]
    told = reminder_days(led, {})
    assert (told.before, told.last, told.after) == (day(17), day(20), day(23))


def test_no_reminder_and_no_last_day_is_on_a_bank_holiday(led):
    assert default_due_on(datetime.date(2026, 12, 11), {}) == datetime.date(2026, 12, 29)
    led.due_on = datetime.date(2026, 12, 24)
    assert reminder_days(led, {}).after == datetime.date(2026, 12, 29)


def test_a_holiday_proclaimed_later_is_left_out_too(led):
    assert default_due_on(day(6), {day(20): "Jubilee"}) == day(23)
    told = reminder_days(led, {day(17): "Jubilee", day(23): "Another"})
    assert (told.before, told.after) == (day(16), day(24))


def test_who_can_answer_is_who_has_an_account_that_works(westmarch, eastvale, force_lead, other_force_lead):
    gone = make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch)
    gone.is_active = False
    records.keep(record=gone, by=None, at=AT)
    assert who_can_answer(westmarch) == [force_lead]


def test_what_can_be_asked_is_what_is_open_and_in_no_open_round(
    led, westmarch, eastvale, officer, approver, force_lead
):
    inspection = make_inspection(westmarch, title="Vetting", short_name="Vet 26")
    fine, closed = make_tracked(inspection, leads={"chief_officer_lead": NAIR}), make_tracked(inspection, number="2")
    close(closed, officer, approver)
    foreign = make_tracked(make_inspection(eastvale, title="Fraud"))
    taken = [line.tracked for line in led.lines.all()]
    everything = askable(westmarch, officer)
    assert everything.records == [fine]
    assert everything.left_out == [f"{each} is in November already." for each in taken]
    chosen = askable(westmarch, officer, ids=[fine.pk, closed.pk, foreign.pk])
    assert chosen.records == [fine]
    assert sorted(chosen.left_out) == [f"{foreign} is not tracked for Westmarch Police.", f"{closed} is closed."]
    assert askable(westmarch, officer, lead=LECKIE).records == []
    assert askable(westmarch, officer, lead=NAIR, inspection=inspection.pk).records == [fine]
    assert askable(eastvale, force_lead).records == []
    assert leads_open(westmarch) == ["", LECKIE, NAIR]
    assert list(inspections_of(westmarch).values()) == ["Custody 26: Custody in Westmarch", "Vet 26: Vetting"]
