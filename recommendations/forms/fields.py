"""Days as people type them: British order, month names or numbers, with or without all four digits of the year."""

import calendar
import datetime
import re

from django import forms
from django.utils.formats import date_format

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
SHORT_MONTHS = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,?\s+", re.IGNORECASE)
ISO = re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})")
BRITISH = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:[\s/.-]+(?:of\s+)?(?P<number>\d{1,2})|[\s/.,-]*(?:of\s+)?(?P<name>[^\W\d_]{3,9})\.?)"
    r"(?:(?:[\s/.,'’-]+|(?<=[^\W\d_]))(?P<year>\d+))?",
    re.IGNORECASE,
)
EARLIEST, LATEST = 1950, 2199


class DayField(forms.DateField):
    """A day in one text box: 7/11/2026, 7.11.26, 7 Nov 2026, 7th November 2026, 2026-11-07.

    Two digits of a year are of this century. What cannot be read stays in the box, beside a message that says why.
    """

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs = {"autocomplete": "off", "class": "govuk-input--width-10"} | self.widget.attrs

    def prepare_value(self, value):
        """A day is shown as 7 Nov 2026; what a person typed is shown as it is."""
        return date_format(value, "j M Y") if isinstance(value, datetime.date) else value

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        if not value.strip():
            return None
        return read_day(value)


def read_day(typed: str) -> datetime.date:
    """The day that somebody typed. Raises ValidationError with what is wrong, in words."""
    text = WEEKDAY.sub("", " ".join(typed.split()))
    found = ISO.fullmatch(text) or BRITISH.fullmatch(text)
    month = _month(**found.groupdict()) if found else None
    if month is None:
        raise _wrong(f"“{typed.strip()[:40]}” is not a day. Enter one like 7 November 2026.")
    if found["year"] is None:
        raise _wrong("Enter the year too, as in 7 November 2026.")
    return _existing(int(found["day"]), month, _year(found["year"]))


def _wrong(message: str) -> forms.ValidationError:
    return forms.ValidationError(message, code="invalid")


def _month(number: str | None, name: str | None = None, **_) -> int | None:
    if number:
        return int(number)
    return MONTHS.get(name.casefold()) or SHORT_MONTHS.get(name.casefold())


def _year(printed: str) -> int:
    year = int(printed) + (2000 if len(printed) == 2 else 0) if len(printed) in (2, 4) else 0
    if not EARLIEST <= year <= LATEST:
        raise _wrong(f"Check the year: {printed[:8]}. Enter it with four digits, as in 7 November 2026.")
    return year


def _existing(day: int, month: int, year: int) -> datetime.date:
    if not 1 <= month <= 12:
        raise _wrong(f"There is no month {month}. Enter the day first, then the month, as in 7/11/2026.")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise _wrong(f"{day} {calendar.month_name[month]} {year} does not exist.")
    return datetime.date(year, month, day)
