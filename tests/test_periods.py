from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.periods import Period, day_end, day_start, london_day, quarter_of, recent_quarters

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))


def test_a_period_that_ends_before_it_begins_says_both_days():
    with pytest.raises(
        ValueError, match=r"ends before it begins: it starts on 3 March 2026 and ends on 2 March 2026\."
    ):
        Period(date(2026, 3, 3), date(2026, 3, 2))


def test_a_period_of_one_day():
    period = Period(date(2026, 3, 3), date(2026, 3, 3))
    assert period.days == 1
    assert date(2026, 3, 3) in period
    assert date(2026, 3, 4) not in period


@pytest.mark.parametrize(
    ("day", "start", "end", "label"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30), "Q1 2026/27, April to June 2026"),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30), "Q2 2026/27, July to September 2026"),
        (date(2026, 11, 25), date(2026, 10, 1), date(2026, 12, 31), "Q3 2026/27, October to December 2026"),
        (date(2027, 2, 14), date(2027, 1, 1), date(2027, 3, 31), "Q4 2026/27, January to March 2027"),
        (date(2024, 2, 29), date(2024, 1, 1), date(2024, 3, 31), "Q4 2023/24, January to March 2024"),
        (date(1999, 12, 31), date(1999, 10, 1), date(1999, 12, 31), "Q3 1999/00, October to December 1999"),
    ],
)
def test_quarters(day, start, end, label):
    assert quarter_of(day) == Period(start, end)
    assert quarter_of(day).label == label


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        (date(2026, 1, 5), date(2026, 3, 3), "5 January 2026 to 3 March 2026"),
        (date(2026, 4, 1), date(2026, 6, 29), "1 April 2026 to 29 June 2026"),
        (date(2026, 4, 1), date(2026, 9, 30), "1 April 2026 to 30 September 2026"),
    ],
)
def test_other_periods_are_named_by_their_days(start, end, label):
    assert Period(start, end).label == label
    assert str(Period(start, end)) == label


def test_recent_quarters_begin_with_the_one_running():
    assert [quarter.label for quarter in recent_quarters(date(2026, 11, 25), 4)] == [
        "Q3 2026/27, October to December 2026",
        "Q2 2026/27, July to September 2026",
        "Q1 2026/27, April to June 2026",
        "Q4 2025/26, January to March 2026",
    ]
    assert recent_quarters(date(2026, 11, 25), 0) == []


@given(DAYS)
def test_every_day_is_in_its_quarter_and_quarters_join(day):
    quarter = quarter_of(day)
    assert day in quarter
    assert quarter.is_quarter
    assert 90 <= quarter.days <= 92
    assert quarter_of(quarter.end + timedelta(days=1)).start == quarter.end + timedelta(days=1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1)),  # 00:30 in summer
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),  # the clocks go forward at 01:00
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),  # the clocks go back at 02:00
        (datetime(2026, 10, 25, 23, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 7, 1, 8, 0, tzinfo=timezone(timedelta(hours=9))), date(2026, 7, 1)),
    ],
)
def test_london_days(moment, day):
    assert london_day(moment) == day


def test_a_moment_without_a_zone_has_no_london_day():
    with pytest.raises(ValueError, match="no time zone"):
        london_day(datetime(2026, 6, 30, 12))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "start", "hours"),
    [
        (date(2026, 1, 15), datetime(2026, 1, 15, 0, 0, tzinfo=UTC), 24),
        (date(2026, 7, 1), datetime(2026, 6, 30, 23, 0, tzinfo=UTC), 24),
        (date(2026, 3, 29), datetime(2026, 3, 29, 0, 0, tzinfo=UTC), 23),
        (date(2026, 10, 25), datetime(2026, 10, 24, 23, 0, tzinfo=UTC), 25),
    ],
)
def test_where_days_start_and_how_long_they_are(day, start, hours):
    assert day_start(day) == start
    assert day_start(day).tzinfo == UTC
    assert day_end(day) == start + timedelta(hours=hours) - timedelta(microseconds=1)


@given(DAYS)
def test_a_day_starts_and_ends_in_itself(day):
    assert london_day(day_start(day)) == day
    assert london_day(day_end(day)) == day
    assert london_day(day_start(day) - timedelta(microseconds=1)) == day - timedelta(days=1)
    assert london_day(day_end(day) + timedelta(microseconds=1)) == day + timedelta(days=1)
