"""Working days in England and Wales: weekends, bank holidays and the days in lieu of them."""

import datetime

import pytest

from recommendations.working_days import DAY, bank_holidays, not_a_working_day, working_day


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
    assert not_a_working_day(datetime.date.fromisoformat(day), {}) == why


def test_a_year_has_eight():
    assert {year: len(bank_holidays(year)) for year in range(2024, 2034)} == dict.fromkeys(range(2024, 2034), 8)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2026-11-10", "2026-11-10", "2026-11-10"),
        ("2026-11-08", "2026-11-06", "2026-11-09"),
        ("2026-12-26", "2026-12-24", "2026-12-29"),
        ("2026-04-05", "2026-04-02", "2026-04-07"),
    ],
)
def test_the_working_day_before_and_after(day, before, after):
    day = datetime.date.fromisoformat(day)
    assert [str(working_day(day, {}, back=True)), str(working_day(day, {}))] == [before, after]


def test_a_holiday_proclaimed_later_is_no_working_day():
    monday = datetime.date(2026, 11, 9)
    proclaimed = {monday: "Coronation"}
    assert [not_a_working_day(day, proclaimed) for day in (monday, monday + DAY)] == ["Coronation", ""]
    assert working_day(monday, proclaimed) == monday + DAY
    assert working_day(monday, proclaimed, back=True) == datetime.date(2026, 11, 6)
