"""The days of a series, and the days on which an office is closed."""

import datetime

import pytest

from recommendations.domain.panels.meeting_series import series
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
    ("until", "step", "field", "code"),
    [
        (
            datetime.date(2026, 1, 1),
            {"weeks": 1},
            "until",
            "ends-before-start",
        ),
        (datetime.date(2026, 2, 1), {}, "every", "required"),
        (
            datetime.date(2028, 1, 1),
            {"weeks": 1},
            "until",
            "too-many",
        ),
    ],
)
def test_a_series_that_cannot_be(until, step, field, code):
    with pytest.raises(Refusal) as refused:
        series(TUESDAY, until=until, **step)
    assert (refused.value.field, refused.value.code) == (field, code)
