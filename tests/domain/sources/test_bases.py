"""Worked days of every shipped rule: both changes of the clocks, leap days, ends of months, stated days."""

from datetime import date

import pytest

from recommendations.domain.sources.frozen import frozen
from recommendations.enums import InspectionKind
from recommendations.enums.sources import OF_HMICFRS, Answerer, ClockStart
from recommendations.models import Inspection
from recommendations.models.sources.shipped import BASES, SOURCES

# The first day, and the last of 56 with the first as day 1 (by hand: the first day and 55 more).
FIFTY_SIX = [
    (date(2026, 2, 2), date(2026, 3, 29)),  # the day on which the clocks go forward
    (date(2026, 9, 1), date(2026, 10, 26)),  # over the day on which they go back
    (date(2024, 1, 5), date(2024, 2, 29)),  # to a leap day
    (date(2024, 2, 29), date(2024, 4, 24)),  # from a leap day
    (date(2026, 1, 31), date(2026, 3, 27)),  # from the end of a month
    (date(2025, 12, 31), date(2026, 2, 24)),  # over the end of a year
]
# The first day, a day that is stated, and the last day: no count changes it.
STATED = [
    (date(2026, 2, 2), date(2026, 3, 29), date(2026, 3, 29)),
    (date(2026, 9, 1), date(2026, 10, 25), date(2026, 10, 25)),
    (date(2024, 1, 5), date(2024, 2, 29), date(2024, 2, 29)),
    (date(2024, 2, 29), date(2024, 2, 29), date(2024, 2, 29)),
    (date(2026, 1, 31), date(2027, 1, 31), date(2027, 1, 31)),
    (date(2025, 12, 31), None, None),
]
NOT_COUNTED = [(first, None, None) for first, _ in FIFTY_SIX]
COUNTED_55 = ("section-55", "joint", "accelerated")
COUNTED = ("iopc-28a", "coroner")
NONE = ("fire", "iopc-section-10")
AS_STATED = ("hmicfrs-other", "super-complaint", "audit", "ico", "review", "inquiry", "direction", "other")
WORKED = [
    *((key, first, None, last) for key in (*COUNTED_55, *COUNTED) for first, last in FIFTY_SIX),
    *((key, *days) for key in AS_STATED for days in STATED),
    *((key, *days) for key in NONE for days in NOT_COUNTED),
]
KIND = {"fire": InspectionKind.FIRE, "super-complaint": InspectionKind.SUPER_COMPLAINT, "joint": InspectionKind.CUSTODY}
KIND |= {"accelerated": InspectionKind.PROGRESS_LETTER, "section-55": InspectionKind.PEEL}


def recorded(key: str, first: date, stated: date | None) -> Inspection:
    """What is recorded under a rule, its clock started on a day; nobody saves it."""
    basis = BASES[key]
    kind = KIND.get(key, InspectionKind.OTHER)
    facts = frozen(SOURCES[basis.source], basis) | {"kind": kind, "published_on": first, "respond_by": stated}
    if not basis.section_55:
        facts |= {"starts_on": first if basis.counts else None, "response_days": basis.days or 56}
    return Inspection(section_55=False if kind == InspectionKind.OTHER else None, **facts)


def test_the_table_has_every_shipped_rule_six_times():
    assert sorted({key for key, *_ in WORKED}) == sorted(BASES)
    assert len(BASES) >= 12
    assert len(WORKED) == 6 * len(BASES)


@pytest.mark.parametrize(("key", "first", "stated", "last"), WORKED)
def test_the_last_day_of_each_rule(key, first, stated, last):
    made = recorded(key, first, stated)
    assert (made.last_day, made.is_under_section_55) == (last, key in COUNTED_55)


@pytest.mark.parametrize("basis", BASES.values(), ids=lambda basis: basis.key)
def test_each_rule_holds_with_its_examples_its_source_and_itself(basis):
    assert [basis.last_day(each.starts_on) for each in basis.examples] == [each.last_day for each in basis.examples]
    assert bool(basis.examples) is basis.counts
    assert basis.source in SOURCES
    assert (basis.days is not None) is basis.counts
    assert basis.section_55 is (basis.key in COUNTED_55)
    assert all([basis.law, basis.page_words, basis.last_day_name])


def test_what_is_to_be_confirmed_counts_the_first_day():
    unread = {key for key, basis in BASES.items() if basis.is_to_confirm}
    assert unread == {"fire", "coroner", "direction"}
    assert all(basis.first_day_counts for basis in BASES.values() if basis.is_to_confirm)


def test_a_direction_is_off_and_cannot_be_refused():
    off = {key for key, basis in BASES.items() if not basis.in_use}
    assert off == {"direction"} == {key for key, basis in BASES.items() if not basis.may_refuse}


def test_hmicfrs_alone_is_in_use_as_shipped():
    assert [each.key for each in SOURCES.values() if each.in_use] == ["hmicfrs"]
    assert {BASES[key].source for key in COUNTED_55} < set(OF_HMICFRS)


def test_a_day_that_is_no_first_day_moves_the_last():
    made = recorded("iopc-28a", date(2026, 1, 31), None)
    made.first_day_counts = False
    assert made.last_day == date(2026, 3, 28)


@pytest.mark.parametrize("key", sorted(set(BASES) - set(COUNTED_55)))
@pytest.mark.parametrize("days", [28, 56, 90])
def test_outside_section_55_no_day_of_section_55_is_shown(key, days):
    """Whatever its facts say, what another rule is for has that rule's day, and is asked nothing about section 55."""
    made = recorded(key, date(2026, 1, 15), None)
    made.response_days = days
    counted = {28: date(2026, 2, 11), 56: date(2026, 3, 11), 90: date(2026, 4, 14)}[days]
    assert made.last_day == (counted if key in COUNTED else None)
    assert (made.is_under_section_55, made.is_to_say_section_55) == (False, False)
    made.starts_on = None
    assert made.last_day is None


def test_every_clock_start_has_a_word_where_days_are_counted():
    assert {each.word for each in ClockStart} == {"published", "made", "sent", "received", ""}
    assert BASES["iopc-28a"].answerer == Answerer.CHIEF_OFFICER
