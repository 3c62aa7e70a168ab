"""Indicators and their values: what is refused, what counts, and what is undone."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from recommendations.domain.indicators.indicators import (
    change_definition,
    chosen_details,
    edit_indicator,
    withdraw_change,
    withdraw_indicator,
)
from recommendations.domain.indicators.queries import shown_indicators, values_of, worse_since_closed
from recommendations.domain.indicators.values import (
    NewValue,
    record_sheet,
    record_value,
    undo_sheet,
    withdraw_value,
)
from recommendations.domain.writing.refusals import NotAllowed
from recommendations.enums.indicators import IndicatorEvery
from recommendations.models import Indicator, IndicatorLink, IndicatorValue
from recommendations.periods import Period
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.indicators import APRIL, make_indicator, make_value, make_values
from tests.makers.rechecks import make_closed
from tests.refusals import refusal, refusal_of

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
MAY = Period(datetime.date(2026, 5, 1), datetime.date(2026, 5, 31))


@pytest.fixture
def record(westmarch):
    return make_tracked(make_inspection(westmarch))


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"name": " "}, "required", "name"),
        ({"definition": ""}, "required", "definition"),
        ({"source": ""}, "required", "source"),
        ({"every": "week"}, "required", "every"),
        ({"target": Decimal(10)}, "no-day", "target_on"),
        ({"target_on": TODAY}, "no-value", "target"),
        (
            {"baseline": Decimal(9), "baseline_on": TODAY, "target": Decimal(5), "target_on": TODAY - DAY},
            "early",
            "target_on",
        ),
        ({"unit": "percent", "target": Decimal(101), "target_on": TODAY}, "wrong-unit", "target"),
    ],
)
def test_what_is_missing_or_wrong_is_said(record, facts, code, field):
    assert refusal_of(make_indicator, record, **facts) == (code, field)
    assert not Indicator.objects.exists()


def test_a_name_is_one_indicator_of_a_force_and_what_it_is_of_is_its_own(record, eastvale):
    made = make_indicator(record)
    assert refusal_of(make_indicator, record, name=made.name.upper().replace(" ", "  ")) == ("name-twice", "name")
    assert make_indicator(force=eastvale).force == eastvale
    assert refusal_of(make_indicator, record, force=eastvale, name="Other") == ("another-force", "tracked")
    details = replace(chosen_details(made, made.links.all()), tracked=())
    edit_indicator(indicator=made, version=1, details=details, by=None, at=AT)
    assert not made.links.exists()
    assert IndicatorLink.on_file.get().withdrawn_why


def test_the_last_value_of_a_period_counts_and_a_wrong_one_is_withdrawn(record):
    indicator = make_indicator(record)
    first, second = make_value(indicator, 12), make_value(indicator, 14, at=AT + DAY)
    assert values_of([indicator])[indicator.pk] == {Period(first.start, first.end): Decimal(14)}
    with refusal("nothing-changed"):
        make_value(indicator, 14, at=AT + DAY)
    withdraw_value(value=second, reason="Another force’s.", by=None, at=AT + 2 * DAY)
    assert list(values_of([indicator])[indicator.pk].values()) == [Decimal(12)]
    # As known before the withdrawal.
    assert list(values_of([indicator], known_at=AT + DAY)[indicator.pk].values()) == [Decimal(14)]
    assert IndicatorValue.on_file.count() == 2


@pytest.mark.parametrize(
    ("value", "period", "code", "field"),
    [
        ("-1", MAY, "wrong-unit", "value"),
        ("1.234", MAY, "wrong-unit", "value"),
        ("1", Period(MAY.start, MAY.start), "another-period", "period"),
        ("1", IndicatorEvery.MONTH.period_of(TODAY), "not-ended", "period"),
        ("1", IndicatorEvery.MONTH.period_of(datetime.date(1949, 12, 1)), "too-early", "period"),
    ],
)
def test_a_value_is_a_number_of_a_period_that_has_ended_and_is_not_too_long_ago(record, value, period, code, field):
    facts = {"indicator": make_indicator(record), "value": Decimal(value), "period": period, "said_by": "A", "at": AT}
    assert refusal_of(record_value, by=None, **facts) == (code, field)
    assert refusal_of(record_value, by=None, **facts | {"said_by": "", "value": Decimal(1), "period": MAY}) == (
        "required",
        "said_by",
    )


def test_unit_and_frequency_stay_once_there_are_values(record):
    indicator = make_indicator(record)
    make_value(indicator, 1)
    details = replace(chosen_details(indicator, indicator.links.all()), unit="percent")
    facts = {"indicator": indicator, "version": 1, "details": details, "by": None, "at": AT}
    assert refusal_of(edit_indicator, **facts) == ("has-values", "unit")


def test_a_force_enters_values_only_where_the_office_lets_it(record, force_lead, eastvale):
    theirs = make_indicator(record)
    with refusal("office-enters", NotAllowed):
        make_value(theirs, 1, by=force_lead)
    let = make_indicator(record, name="Let", force_enters=True)
    row = make_value(let, 1, by=force_lead, said_by=force_lead.name)
    assert (row.recorded_by, row.said_by) == (force_lead, force_lead.name)
    withdraw_value(value=row, reason="A misprint.", by=force_lead, at=AT)
    with refusal("office-entered", NotAllowed):
        withdraw_value(value=make_value(let, 2), reason="A misprint.", by=force_lead, at=AT)
    with refusal("office-enters", NotAllowed):
        make_value(make_indicator(force=eastvale, force_enters=True), 1, by=force_lead)


def test_a_sheet_is_recorded_and_undone_as_one(record):
    indicator = make_indicator(record)
    make_values(indicator, 41, 38)
    periods = IndicatorEvery.MONTH.periods(IndicatorEvery.MONTH.period_of(APRIL), MAY)
    june = IndicatorEvery.MONTH.next_of(MAY)
    values = [
        NewValue(indicator, period, Decimal(value))
        for period, value in zip([*periods, june], (41, 37, 36), strict=True)
    ]
    facts = {"force": indicator.force, "said_by": "Custody", "name": "custody.xlsx", "by": None}
    sheet = record_sheet(values=values, at=AT + DAY, **facts)
    assert [str(each.value) for each in sheet.values.all()] == ["37.00", "36.00"]
    assert refusal_of(record_sheet, values=values, at=AT + DAY, **facts) == ("nothing-changed", None)
    assert refusal_of(record_sheet, values=[values[0], replace(values[0], value=Decimal(5))] * 2, at=AT, **facts) == (
        "two-values",
        None,
    )
    undo_sheet(sheet=sheet, reason="Wrong year.", by=None, at=AT + 2 * DAY)
    assert list(values_of([indicator])[indicator.pk].values()) == [Decimal(41), Decimal(38)]
    with refusal("withdrawn"):
        undo_sheet(sheet=sheet, reason="Again.", by=None, at=AT + 2 * DAY)


def test_a_force_undoes_no_sheet_of_the_office_though_its_values_are_withdrawn(record, officer, force_lead):
    indicator = make_indicator(record, force_enters=True)
    values = [NewValue(indicator, IndicatorEvery.MONTH.period_of(APRIL), Decimal(5))]
    facts = {"force": indicator.force, "said_by": "Custody", "name": "custody.xlsx", "by": officer}
    sheet = record_sheet(values=values, at=AT, **facts)
    withdraw_value(value=sheet.values.get(), reason="Wrong year.", by=officer, at=AT)
    assert refusal_of(undo_sheet, sheet=sheet, reason="Ours.", by=force_lead, at=AT) == ("office-entered", None)


def test_a_changed_definition_is_a_row_of_its_own(record):
    indicator = make_indicator(record)
    facts = {"indicator": indicator, "by": None, "at": AT}
    assert refusal_of(change_definition, changed_on=TODAY + DAY, definition="More.", **facts) == (
        "future",
        "changed_on",
    )
    assert refusal_of(change_definition, changed_on=APRIL, definition="Each search.", **facts) == (
        "nothing-changed",
        "definition",
    )
    change = change_definition(changed_on=APRIL, definition="Each search of a person under 18.", **facts)
    indicator.refresh_from_db()
    assert (change.was, indicator.definition) == ("Each search.", "Each search of a person under 18.")
    withdraw_change(change=change, reason="It did not.", by=None, at=AT)
    assert not indicator.changes.exists()


def test_closed_and_worse_since(record, officer, approver, django_assert_num_queries):
    indicator = make_indicator(record)
    make_values(indicator, 41, 12, first=datetime.date(2026, 7, 1))
    make_closed(record, by=officer, decided_by=approver, at=AT - 65 * DAY)
    assert not worse_since_closed(officer).exists()
    worse = make_value(indicator, 19, datetime.date(2026, 9, 1))
    with django_assert_num_queries(2):  # one of them: what the office uses
        assert list(worse_since_closed(officer)) == [indicator]
    (shown,) = shown_indicators(Indicator.objects.all(), officer, TODAY)
    assert [each.tracked for each in shown.worse_since] == [record]
    assert [mark.words for mark in shown.facts.marks] == [f"{record} closed"]
    # What cannot be compared is not said to be worse.
    change = change_definition(indicator=indicator, changed_on=worse.start, definition="More.", by=None, at=AT)
    assert not worse_since_closed(officer).exists()
    withdraw_change(change=change, reason="No.", by=None, at=AT)
    withdraw_value(value=worse, reason="Wrong.", by=None, at=AT)
    assert not worse_since_closed(officer).exists()


@pytest.mark.parametrize(
    ("unit", "before", "now", "is_worse"),
    [
        ("number", 1, 4, False),  # both “fewer than 5”
        ("number", 4, 12, True),
        ("number", 0, 1, True),
        ("number", 12, 4, False),
        ("percent", 1, 4, True),
    ],
)
def test_a_number_that_is_hidden_does_not_show_through_what_became_worse(
    record, officer, approver, unit, before, now, is_worse
):
    indicator = make_indicator(record, hides_small=True, unit=unit)
    make_value(indicator, before, datetime.date(2026, 8, 1))
    make_closed(record, by=officer, decided_by=approver, at=AT - 65 * DAY)
    make_value(indicator, now, datetime.date(2026, 9, 1))
    (shown,) = shown_indicators(Indicator.objects.all(), officer, TODAY)
    assert (shown.is_worse, worse_since_closed(officer).exists()) == (is_worse, is_worse)


def test_who_sees_it(record, officer, force_lead, eastvale, settings):
    made, other = make_indicator(record), make_indicator(force=eastvale)
    assert set(Indicator.objects.visible_to(officer)) == {made, other}
    assert set(Indicator.objects.visible_to(force_lead)) == {made}
    withdraw_indicator(indicator=made, version=1, reason="Nobody counts it.", by=None, at=AT)
    assert not Indicator.objects.visible_to(force_lead).exists()
    settings.SECTIONS_OFF = ("indicators",)
    assert not Indicator.objects.visible_to(officer).exists()
