"""How an indicator is said and drawn: its sentence, the breaks of its line, and what is hidden."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from recommendations.domain.indicators.facts import IndicatorBreak, IndicatorFacts, points_of
from recommendations.domain.text import dataclass_json
from recommendations.enums.indicators import IndicatorEvery, IndicatorUnit

DAY = datetime.date(2026, 11, 7)
TARGET = {"target": "10", "target_on": datetime.date(2027, 3, 31)}


def facts(*values, every="month", first=datetime.date(2026, 4, 1), **said) -> IndicatorFacts:
    kind, counted = IndicatorEvery(every), {}
    period = kind.period_of(first)
    for value in values:
        if value is not None:
            counted[period] = Decimal(value)
        period = kind.next_of(period)
    return IndicatorFacts(name="Searches", day=DAY, every=every, points=points_of(counted, every), **said)


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (facts(), "No value yet."),
        (facts(12), "12 in April 2026."),
        (
            facts(41, 30, 12, **TARGET),
            "Fell from 41 in April to 12 in June 2026; target 10 by 31 March 2027 not reached yet.",
        ),
        (facts(41, None, 9, **TARGET), "Fell from 41 in April to 9 in June 2026; target 10 by 31 March 2027 reached. "
         "No value for 1 month."),
        (
            replace(facts(41, 12, **TARGET), target_on=datetime.date(2026, 6, 1)),
            "Fell from 41 in April to 12 in May 2026; target 10 by 1 June 2026 not reached.",
        ),
        (facts(3, 3), "3 in April and in May 2026."),
        (
            facts("41.5", "62.25", every="year", unit=IndicatorUnit.PERCENT, first=datetime.date(2024, 4, 1)),
            "Rose from 41.5% in 2024/25 to 62.25% in 2025/26.",
        ),
        (
            facts(41, 30, 33, breaks=(IndicatorBreak(on=datetime.date(2026, 5, 1), was="Other"),)),
            "Since the definition changed on 1 May 2026: rose from 30 in May to 33 in June 2026.",
        ),
        (facts(41, 3).without_small(), "Fell from 41 in April to fewer than 5 in May 2026."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_the_chart_shows(shown, sentence):
    # wording: it is the chart for whoever does not see it
    assert shown.sentence == sentence
    assert dataclass_json.from_json(IndicatorFacts, dataclass_json.to_json(shown)) == shown


def test_the_line_breaks_at_a_gap_and_where_the_definition_changes():
    shown = facts(1, 2, None, 4, 5, breaks=(IndicatorBreak(on=datetime.date(2026, 8, 15), was="Other"),))
    assert [[each.value for each in run] for run in shown.runs] == [["1", "2"], ["4"], ["5"]]


def test_small_numbers_are_nowhere_in_what_is_hidden():
    shown = replace(facts(41, 4, 0, 5), baseline="3").without_small()
    assert [each.value for each in shown.points] == ["41", "", "0", "5"]
    assert shown.baseline == ""
    # Percentages and days are no numbers of people.
    assert facts(4, unit=IndicatorUnit.PERCENT).without_small() == facts(4, unit=IndicatorUnit.PERCENT)


@pytest.mark.parametrize(
    ("value", "better", "met"),
    [("", "down", True), ("9", "down", True), ("11", "down", False), ("11", "up", True), ("", "up", False)],
)
def test_whether_the_target_is_met(value, better, met):
    shown = facts(value or 2, better=better, **TARGET)
    assert (shown if value else shown.without_small()).is_met is met


def test_a_hidden_number_does_not_say_whether_a_small_target_is_met():
    assert facts(2, target="3", target_on=DAY).without_small().is_met is None
