"""When a planned inspection is expected: the inspectorate's words read as a first and a last day. Pure.

HMICFRS does not say what its words mean, so each reading is said here, shown beside the words, and can be corrected:

==========================================  =====================================================
words                                       the days
==========================================  =====================================================
"12 January 2027"                           that day
"week commencing 12 January 2027"           that day and the six after it
"12 to 23 January 2027", with "and", "-"    from the first to the last of them
"January 2027", "January to March 2027"     whole months
"autumn 2026", "winter 2026/27"             three whole months, as the Met Office counts seasons:
                                            spring is March to May; winter, December to February
"Q3 2026/27"                                a quarter of the financial year: Q1 is April to June
"2026/27", "2027"                           a financial year; a calendar year
anything else ("early 2027", "winter 2026") nothing: no day is meant, or which one is not clear
==========================================  =====================================================
"""

import datetime
import re
from collections.abc import Callable
from typing import NamedTuple

from recommendations.days import NotADay, last_of_month, month_named, read_day

WEEK = datetime.timedelta(days=6)
SEASONS = {"spring": 3, "summer": 6, "autumn": 9}
LEAD = re.compile(r"^(?:(?:expected|due|planned|between|from|in|on|during|for|the)\b:? ?)+", re.IGNORECASE)
TO = r"\s?(?:-|\bto\b|\band\b|\buntil\b)\s?"
MONTH = r"[a-z]{3,9}"


class Window(NamedTuple):
    """The first and last day on which something is expected, or None for both."""

    first: datetime.date | None = None
    last: datetime.date | None = None


def read_expected(words: str) -> Window:
    """Read these words as days. An empty Window if they name no days."""
    plain = " ".join(words.replace("–", "-").replace("—", "-").replace("’", "'").split()).strip(" .,;")
    plain = LEAD.sub("", plain.casefold())
    for pattern, read in READINGS:
        if found := re.fullmatch(pattern, plain):
            try:
                window = Window(*read(found))
            except (NotADay, ValueError):
                return Window()
            in_order = window.first and window.last and window.first <= window.last
            return window if in_order else Window()
    return Window()


def _day(match: re.Match) -> tuple:
    day = read_day(match["day"])
    return day, day


def _week(match: re.Match) -> tuple:
    day = read_day(match["day"])
    return day, day + WEEK


def _days(match: re.Match) -> tuple:
    last = read_day(match["last"])
    return read_day(_complete_day(match["first"], last)), last


def _complete_day(first: str, last: datetime.date) -> str:
    """The first day completed from the last one: "12" of "12 to 23 May"."""
    if first.isdigit():
        return f"{first} {last:%B %Y}"
    return first if re.search(r"\d{4}$", first) else f"{first} {last.year}"


def _months(match: re.Match) -> tuple:
    year = int(match["year"])
    last = _month(match["last"])
    first = _month(match["first"] or match["last"])
    return datetime.date(int(match["first_year"] or year), first, 1), last_of_month(year, last)


def _month(name: str) -> int:
    month = month_named(name)
    if month is None:
        raise ValueError(name)
    return month


def _season(match: re.Match) -> tuple:
    year, month = int(match["year"]), SEASONS[match["season"]]
    return datetime.date(year, month, 1), last_of_month(year, month + 2)


def _winter(match: re.Match) -> tuple:
    year = _first_of_two(match)
    return datetime.date(year, 12, 1), last_of_month(year + 1, 2)


def _quarter(match: re.Match) -> tuple:
    start = 1 + 3 * int(match["quarter"])
    year, month = _first_of_two(match) + (start > 12), start if start <= 12 else start - 12
    return datetime.date(year, month, 1), last_of_month(year, month + 2)


def _financial_year(match: re.Match) -> tuple:
    year = _first_of_two(match)
    return datetime.date(year, 4, 1), datetime.date(year + 1, 3, 31)


def _first_of_two(match: re.Match) -> int:
    """The first of two successive years: 2026 of "2026/27"."""
    year = int(match["year"])
    if int(match["next"][-2:]) != (year + 1) % 100:
        raise ValueError("not one year after the other")
    return year


def _year(match: re.Match) -> tuple:
    year = int(match["year"])
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


YEAR = r"(?P<year>20\d\d)"
TWO_YEARS = rf"{YEAR} ?[/-] ?(?P<next>(?:20)?\d\d)"
READINGS: list[tuple[str, Callable]] = [
    (rf"(?:financial year )?{TWO_YEARS}", _financial_year),
    (YEAR, _year),
    (rf"q(?:uarter )?(?P<quarter>[1-4])(?: of)?,? {TWO_YEARS}", _quarter),
    (rf"(?P<season>spring|summer|autumn)(?: of)?,? {YEAR}", _season),
    (rf"winter(?: of)?,? {TWO_YEARS}", _winter),
    (rf"(?:(?P<first>{MONTH})(?: (?P<first_year>20\d\d))?{TO})?(?P<last>{MONTH})(?: of)?,? {YEAR}", _months),
    (r"(?:the )?(?:week (?:commencing|beginning|of)|w/c) (?P<day>.+)", _week),
    (rf"(?P<first>\d{{1,2}}(?: {MONTH}(?: 20\d\d)?)?){TO}(?P<last>\d{{1,2}} {MONTH} 20\d\d)", _days),
    (r"(?P<day>.+)", _day),
]
