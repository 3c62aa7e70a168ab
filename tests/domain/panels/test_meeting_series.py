"""The days of a series, and the days on which an office is closed."""

import datetime

import pytest

from recommendations.domain.panels.meeting_series import bank_holidays, not_a_working_day, series
from recommendations.domain.writing.refusals import Refusal

TUESDAY = datetime.date(2026, 1, 13)  # the second of its month


def said(days) -> list[str]:
    return [f"{day:%d %b}" for day in days]


def test_every_two_weeks_until_a_day():
    days = series(TUESDAY, until=datetime.date(2026, 2, 24), weeks=2)
    assert said(days) == ["13 Jan", "27 Jan", "10 Feb", "24 Feb"]


def test_every_two_months_keeps_the_second_tuesday():
    days = series(TUESDAY, until=datetime.date(2026, 7, 31), months=2)
    assert said(days) == ["13 Jan", "10 Mar", "12 May", "14 Jul"]
    assert {day.weekday() for day in days} == {1}


def test_a_fifth_week_is_the_last_one_where_there_is_none():
    days = series(datetime.date(2026, 1, 30), until=datetime.date(2026, 4, 30), months=1)
    assert said(days) == ["30 Jan", "27 Feb", "27 Mar", "24 Apr"]


@pytest.mark.parametrize(
    ("until", "step", "field", "message"),
    [
        (
            datetime.date(2026, 1, 1),
            {"weeks": 1},
            "until",
            "1 January 2026 is before the first meeting, 13 January 2026.",
        ),
        (datetime.date(2026, 2, 1), {}, "every", "Choose how often the panel meets."),
        (
            datetime.date(2028, 1, 1),
            {"weeks": 1},
            "until",
            "These are more than 60 meetings. Choose an earlier last day.",
        ),
    ],
)
def test_a_series_that_cannot_be(until, step, field, message):
    with pytest.raises(Refusal) as refused:
        series(TUESDAY, until=until, **step)
    assert (refused.value.field, refused.value.message) == (field, message)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-04-03", "Good Friday"),
        ("2026-04-06", "Easter Monday"),
        ("2025-04-21", "Easter Monday"),
        ("2026-05-04", "Early May bank holiday"),
        ("2026-05-25", "Spring bank holiday"),
        ("2026-08-31", "Summer bank holiday"),
        ("2026-12-25", "Christmas Day"),
        ("2026-12-26", "a Saturday"),
        ("2026-12-28", "Boxing Day"),
        ("2027-12-27", "Boxing Day bank holiday"),
        ("2027-12-28", "Christmas Day bank holiday"),
        ("2022-01-03", "New Year’s Day bank holiday"),
        ("2022-05-30", ""),
        ("2022-06-02", "Spring bank holiday"),
        ("2022-12-26", "Boxing Day bank holiday"),
        ("2022-12-27", "Christmas Day bank holiday"),
        ("2026-11-08", "a Sunday"),
        ("2026-11-10", ""),
    ],
)
def test_weekends_and_bank_holidays(day, why):
    assert not_a_working_day(datetime.date.fromisoformat(day)) == why


def test_a_year_has_eight():
    assert {year: len(bank_holidays(year)) for year in range(2024, 2034)} == dict.fromkeys(range(2024, 2034), 8)
