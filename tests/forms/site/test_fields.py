"""Days as people type them."""

import datetime

import pytest
from django import forms

from recommendations.forms.site.fields import DayField

THE_DAY = datetime.date(2026, 11, 7)


class Form(forms.Form):
    day = DayField(label="Day", required=False)


@pytest.mark.parametrize(
    "typed",
    [
        "7/11/2026",
        "07/11/26",
        "7.11.26",
        "7-11-2026",
        "7 11 2026",
        "7 Nov 2026",
        "7 nov. 26",
        "7 November 2026",
        " 7th  of November, 2026 ",
        "7nov2026",
        "Saturday 7 November 2026",
        "Sat, 7 Nov 2026",
        "7 November ’26",
        "2026-11-07",
        "2026-11-7",
    ],
)
def test_a_day_is_read(typed):
    assert DayField().clean(typed) == THE_DAY


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31 February 2026", "31 February 2026 does not exist."),
        ("31/11/26", "31 November 2026 does not exist."),
        ("29 Feb 2027", "29 February 2027 does not exist."),
        ("0/1/2026", "0 January 2026 does not exist."),
        ("7/13/2026", "There is no month 13. Enter the day first, then the month, as in 7/11/2026."),
        ("7 November", "Enter the year too, as in 7 November 2026."),
        ("30/11", "Enter the year too, as in 7 November 2026."),
        ("7/11/202", "Check the year: 202. Enter it with four digits, as in 7 November 2026."),
        ("1/1/0001", "Check the year: 0001. Enter it with four digits, as in 7 November 2026."),
        ("7/11/99999999999", "Check the year: 99999999. Enter it with four digits, as in 7 November 2026."),
        ("next week", "“next week” is not a day. Enter one like 7 November 2026."),
        ("2026", "“2026” is not a day. Enter one like 7 November 2026."),
        ("²/2/2026", "“²/2/2026” is not a day. Enter one like 7 November 2026."),
    ],
)
def test_what_cannot_be_read_says_why_and_stays(typed, message):
    form = Form({"day": typed})
    assert form.errors == {"day": [message]}
    assert form["day"].value() == typed


@pytest.mark.parametrize("typed", ["", "   ", None])
def test_nothing_is_no_day(typed):
    assert DayField(required=False).clean(typed) is None


def test_a_day_is_shown_in_words():
    assert 'value="7 Nov 2026"' in str(Form(initial={"day": THE_DAY})["day"])


def test_29_february_is_a_day_in_a_leap_year():
    assert DayField().clean("29/2/28") == datetime.date(2028, 2, 29)
