"""Days as people type them: British order, month names or numbers, two- or four-digit years. Pure functions.

Given the day of typing, relative words are read too, and periods as their last day: "tomorrow", "in 3 months",
"end of March", "Dec 2027", "end of the quarter" (deadlines.py reads most of them).
"""

import calendar
import datetime
import re

from recommendations.deadlines import read_whole
from recommendations.periods import quarter_of, say

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
NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
END = re.compile(r"(?:by )?(?:the )?end of (?:the |this |(?P<next>next ))?(?P<unit>month|quarter)", re.IGNORECASE)
EARLIEST, LATEST = 1950, 2199


class NotADay(ValueError):
    """Raised if the text is not a day. The message says what is wrong and what to enter."""


def read_day(typed: str, *, today: datetime.date | None = None, past: bool = False) -> datetime.date:
    """Return the day that was typed. Raises NotADay.

    `today` is the day of typing; without it, relative words are not read. A day or a month without a year is the
    next one, or the last one if `past`.
    """
    try:
        return _written_day(typed)
    except NotADay:
        day = _named_day(" ".join(typed.split()), today, past) if today else None
        if day is None or not EARLIEST <= day.year <= LATEST:
            raise
        return day


def resolve_relative_words(typed: str, *, today: datetime.date, past: bool = False) -> str:
    """The typed text with relative words replaced by the day they mean, so that it can be read on another day."""
    day = _named_day(" ".join(typed.split()), today, past)
    return say(day) if day and _is_not_written(typed) else typed


def _is_not_written(typed: str) -> bool:
    try:
        _written_day(typed)
    except NotADay:
        return True
    return False


def _written_day(typed: str) -> datetime.date:
    text = WEEKDAY.sub("", " ".join(typed.split()))
    found = ISO.fullmatch(text) or BRITISH.fullmatch(text)
    month = _month(**found.groupdict()) if found else None
    if found is None or month is None:
        raise NotADay(f"“{typed.strip()[:40]}” is not a day. Enter one like 7 November 2026.")
    if found["year"] is None:
        raise NotADay("Enter the year too, as in 7 November 2026.")
    return _existing(int(found["day"]), month, _year(found["year"]))


def _named_day(text: str, today: datetime.date, past: bool) -> datetime.date | None:
    """The day named by relative words or by a period (its last day), or None for any other words."""
    if (near := NEAR.get(text.casefold())) is not None:
        return today + datetime.timedelta(days=near)
    if end := END.fullmatch(text):
        return _end_of(end["unit"].lower(), today, later=end["next"] is not None)
    return read_whole(text, today, past=past)


def _end_of(unit: str, today: datetime.date, *, later: bool) -> datetime.date:
    """The last day of this month or quarter, or of the next one."""
    last = last_of_month(today.year, today.month) if unit == "month" else quarter_of(today).end
    return _end_of(unit, last + datetime.timedelta(days=1), later=False) if later else last


def month_named(name: str) -> int | None:
    """The number of a month by its name or the first letters of it, or None if the word is no month."""
    return MONTHS.get(name.casefold()) or SHORT_MONTHS.get(name.casefold())


def last_of_month(year: int, month: int) -> datetime.date:
    """The last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _month(number: str | None, name: str = "", **_: str | None) -> int | None:
    return int(number) if number else month_named(name)


def _year(printed: str) -> int:
    year = int(printed) + (2000 if len(printed) == 2 else 0) if len(printed) in (2, 4) else 0
    if not EARLIEST <= year <= LATEST:
        raise NotADay(f"Check the year: {printed[:8]}. Enter it with four digits, as in 7 November 2026.")
    return year


def _existing(day: int, month: int, year: int) -> datetime.date:
    if not 1 <= month <= 12:
        raise NotADay(f"There is no month {month}. Enter the day first, then the month, as in 7/11/2026.")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise NotADay(f"{day} {calendar.month_name[month]} {year} does not exist.")
    return datetime.date(year, month, day)
