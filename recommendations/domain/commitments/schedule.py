"""When a commitment is to be checked: read from its words, and computed from a day. Pure: no queries, no clock.

Offices write "by early 2021", "in the spring", "each quarter": less exactly than the inspectorate's deadlines, so those
are read here, as the last day of the time named. Anything that `deadlines` can read is left to it.
"""

import calendar
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from recommendations.deadlines import MONTH, read_deadline
from recommendations.enums import Every
from recommendations.periods import quarter_of

YEAR = r"(?P<year>(?:19|20|21)\d\d)(?!\d| ?[/-] ?\d)"
EACH = r"\b(?:each|every|once a|per)"
NAMED_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
SEASON = r"(?:spring|summer|autumn|winter)"
# If the work continues without saying how often, use the frequency of board meetings.
GOES_ON = r"\bcontinues? to\b|\bkeep\b.*\bunder review\b|\bregular(?:ly)?\b|\bongoing\b|\bclose(?:ly)? monitor"
EVERY = (
    (Every.MONTH, rf"{EACH} month\b|\bmonthly\b"),
    (Every.QUARTER, rf"{EACH} quarter\b|\bquarterly\b|\bevery (?:three|3) months\b"),
    (
        Every.HALF_YEAR,
        r"\bevery (?:six|6) months\b|\bsix[- ]monthly\b|\bhalf[- ]yearly\b|\btwice (?:a|each|every) year\b",
    ),
    (
        Every.YEAR,
        rf"{EACH} (?:year|{NAMED_MONTH}|{SEASON})\b|\b(?:yearly|annual|annually)\b|\bevery (?:twelve|12) months\b",
    ),
    (Every.QUARTER, GOES_ON),
)
HOW_OFTEN = [(every, re.compile(pattern, re.IGNORECASE)) for every, pattern in EVERY]
SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 14}  # the last month; winter ends in the following year


@dataclass(frozen=True)
class Rhythm:
    """The day of the first check, as far as the text gives it, and the frequency."""

    check_on: datetime.date | None = None
    every: str = Every.ONCE


def rhythm_of(sentence: str, said_on: datetime.date | None) -> Rhythm:
    """Return when a sentence written on a London day is to be checked. Days already past by then are ignored."""
    plain = " ".join(sentence.replace("’", "'").replace("–", "-").replace("‑", "-").split())
    every = next((each for each, pattern in HOW_OFTEN if pattern.search(plain)), Every.ONCE)
    if said_on is None:
        return Rhythm(None, every)
    day = _day_named(plain, said_on)
    if day is None and every != Every.ONCE:
        day = months_after(said_on, every.months)
    return Rhythm(day, every)


def _day_named(plain: str, said_on: datetime.date) -> datetime.date | None:
    for pattern, day_of in TIMES:
        match = pattern.search(plain)
        day = day_of(match, said_on) if match else None
        if day is not None and day >= said_on:
            return day
    read = read_deadline(plain, said_on)
    return read.due_on if read.kind != "immediate" and read.due_on and read.due_on >= said_on else None


def months_after(day: datetime.date, months: int, number: int | None = None) -> datetime.date:
    """Return the day that many months later: the same day number (or `number`), at most the month's last day."""
    whole = day.year * 12 + day.month - 1 + months
    return _day_in_month(whole // 12, whole % 12 + 1, number or day.day)


def next_in_series(first: datetime.date, every: Every, after: datetime.date) -> datetime.date | None:
    """Return the first day after `after` in the series that starts at `first`, or None for once.

    Each day is counted from `first`, so 31 January leads to 28 February and then to 31 March.
    """
    if every == Every.ONCE:
        return None
    steps = max(1, ((after.year - first.year) * 12 + after.month - first.month) // every.months)
    day = months_after(first, steps * every.months)
    return day if day > after else months_after(first, (steps + 1) * every.months)


def _day_in_month(year: int, month: int, number: int = 31) -> datetime.date:
    return datetime.date(year, month, min(number, calendar.monthrange(year, month)[1]))


def _last_day_reader(month: int) -> Callable[[re.Match[str], datetime.date], datetime.date]:
    """Return the last day of a month of the given year."""
    return lambda match, said_on: _day_in_month(int(match["year"]), month)


def _part_of_month(match: re.Match, said_on: datetime.date) -> datetime.date | None:
    return read_deadline(f"by {match['named']}", said_on).due_on


def _season(match: re.Match, said_on: datetime.date) -> datetime.date:
    """Return the last day of a season: of the given year, of next year, or of the first that has not ended."""
    months = SEASONS[match["season"].lower()]
    if match["year"]:
        return _season_end(int(match["year"]), months)
    first = said_on.year + (match["next"] is not None)
    return next(day for day in (_season_end(first + n, months) for n in (-1, 0, 1)) if day >= said_on)


def _season_end(year: int, months: int) -> datetime.date:
    return _day_in_month(year + (months > 12), (months - 1) % 12 + 1)


def _new_year(match: re.Match, said_on: datetime.date) -> datetime.date:
    return datetime.date(said_on.year + 1, 1, 31)


def _year(match: re.Match, said_on: datetime.date) -> datetime.date:
    return datetime.date(said_on.year + (match["next"] is not None), 12, 31)


def _quarter(match: re.Match, said_on: datetime.date) -> datetime.date:
    end = quarter_of(said_on).end
    return quarter_of(end + datetime.timedelta(days=1)).end if match["next"] else end


def _month(match: re.Match, said_on: datetime.date) -> datetime.date:
    return months_after(said_on, 1 if match["next"] else 0, 31)


NEXT = r"(?:the )?(?P<next>next|following|coming)"
BY = r"\b(?:by|in|during|before|until|each|every)"
WHEN = r"(?: the)?(?: (?:end of|early|late))?(?: the)?"
# Tried in this order: the first match decides.
TIMES = [
    (re.compile(pattern, re.IGNORECASE), day_of)
    for pattern, day_of in [
        (rf"\b(?:early|mid|late|middle of)(?:-| (?:in )?)(?P<named>{MONTH}(?: {YEAR})?)", _part_of_month),
        (rf"{BY}{WHEN} (?P<named>{NAMED_MONTH})\b(?!,? \d)", _part_of_month),
        (rf"\bfirst half of {YEAR}", _last_day_reader(6)),
        (rf"\bsecond half of {YEAR}", _last_day_reader(12)),
        (rf"\b(?:early|start of|beginning of)(?:-| (?:in )?){YEAR}", _last_day_reader(3)),
        (rf"\b(?:mid|middle of)(?:-| ){YEAR}", _last_day_reader(6)),
        (rf"\blate(?:-| (?:in )?){YEAR}", _last_day_reader(12)),
        (rf"{BY}{WHEN} (?:{NEXT} )?(?P<season>{SEASON})\b(?:(?: of)?,? {YEAR})?", _season),
        (rf"\b(?:this|{NEXT}) (?P<season>{SEASON})\b(?P<year>)", _season),
        (r"\b(?:in|by|during) the new year\b", _new_year),
        (rf"\b(?:this|{NEXT}) (?:calendar )?year\b(?!')", _year),
        (rf"\b(?:this|{NEXT}) quarter\b", _quarter),
        (rf"\b(?:this|{NEXT}) month\b(?!')", _month),
        (rf"\b(?:in|by|during|before the end of) {YEAR}", _last_day_reader(12)),
    ]
]
