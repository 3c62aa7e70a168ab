"""How sheets write months, quarters and years: "Apr-24", "2024-04", "Q1 2024/25", "2024/25", "30/04/2024"."""

import datetime
import re
from dataclasses import dataclass

from recommendations.days import EARLIEST, LATEST, NotADay, read_day
from recommendations.enums.indicators import IndicatorEvery
from recommendations.periods import Period

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?P<month>" + "|".join(MONTHS) + r")[a-z]*\.?"
YEAR = r"['’]?(?P<year>\d{4}|\d{2})"
AGAIN = re.compile(r"\s\(\d+\)$")  # how our reader tells columns of one heading apart
CLOCK = re.compile(r"[ t]00:00(:00)?$")
NAMED_MONTH = re.compile(rf"{MONTH}[\s/-]*{YEAR}", re.IGNORECASE)
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[\s/-]+{MONTH}", re.IGNORECASE)
ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<number>0[1-9]|1[0-2])")
NUMBERED_MONTH = re.compile(r"(?P<number>0?[1-9]|1[0-2])[/.-](?P<year>\d{4})")
YEARS = r"(?P<from>\d{4}|\d{2})\s*[/–-]\s*(?P<to>\d{4}|\d{2})"
NUMBERED = r"q(?:tr|uarter)?\s*(?P<quarter>[1-4])"
QUARTER = re.compile(rf"{NUMBERED}[\s,-]*{YEARS}")
QUARTER_LAST = re.compile(rf"{YEARS}[\s,-]*{NUMBERED}")
THREE_MONTHS = re.compile(rf"(?P<first>{'|'.join(MONTHS)})[a-z]*\.?\s*(?:to|[-–])\s*{MONTH}\s*{YEAR}", re.IGNORECASE)
FINANCIAL_YEAR = re.compile(r"(?:fy\s*)?(?P<from>\d{4})\s*[/–-]\s*(?P<to>\d{4}|\d{2})", re.IGNORECASE)
DAY = re.compile(r"\d{1,4}[/. -](?:\d{1,2}|[a-z]{3,9})[/. -]\d{2,4}", re.IGNORECASE)


@dataclass(frozen=True)
class NamedPeriod:
    """A period as a sheet names it; `every` is None for one day, which can stand for a month, quarter or year."""

    every: IndicatorEvery | None
    period: Period

    def as_counted(self, every: str) -> Period | None:
        """The same as a period of an indicator, or None: a day is its first or its last."""
        kind = IndicatorEvery(every)
        if self.every is not None:
            return self.period if self.every == kind else None
        whole = kind.period_of(self.period.start)
        return whole if self.period.start in (whole.start, whole.end) else None


def read_period(text: str) -> NamedPeriod | None:
    """What period a heading names, or None if it names none, or one of a year that no day on file has (days.py)."""
    words = CLOCK.sub("", AGAIN.sub("", " ".join(text.split())).casefold()).strip()
    if found := QUARTER.fullmatch(words) or QUARTER_LAST.fullmatch(words):
        return _quarter(found)
    if found := THREE_MONTHS.fullmatch(words):
        return _three_months(found)
    if found := NAMED_MONTH.fullmatch(words) or YEAR_FIRST.fullmatch(words):
        return _period_with(IndicatorEvery.MONTH, _year(found["year"]), MONTHS.index(found["month"]) + 1)
    if found := ISO_MONTH.fullmatch(words) or NUMBERED_MONTH.fullmatch(words):
        return _period_with(IndicatorEvery.MONTH, int(found["year"]), int(found["number"]))
    if (found := FINANCIAL_YEAR.fullmatch(words)) and _follows(found):
        return _period_with(IndicatorEvery.YEAR, int(found["from"]), 4)
    return _day(words) if DAY.fullmatch(words) else None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _follows(match: re.Match[str]) -> bool:
    """Whether the second year is the one after the first."""
    return (int(match["from"]) + 1) % 100 == int(match["to"]) % 100


def _period_with(every: IndicatorEvery, year: int, month: int) -> NamedPeriod | None:
    if not EARLIEST <= year <= LATEST:
        return None
    return NamedPeriod(every, every.period_of(datetime.date(year, month, 1)))


def _quarter(match: re.Match[str]) -> NamedPeriod | None:
    if not _follows(match):
        return None
    first, number = _year(match["from"]), int(match["quarter"])
    month = (number * 3 % 12) + 1  # Q1 begins in April, Q4 in January of the next year
    return _period_with(IndicatorEvery.QUARTER, first + (number == 4), month)


def _three_months(match: re.Match[str]) -> NamedPeriod | None:
    last = _period_with(IndicatorEvery.MONTH, _year(match["year"]), MONTHS.index(match["month"]) + 1)
    whole = IndicatorEvery.QUARTER.period_of(last.period.start) if last else None
    if not last or not whole or whole.end != last.period.end or MONTHS[whole.start.month - 1] != match["first"]:
        return None
    return NamedPeriod(IndicatorEvery.QUARTER, whole)


def _day(words: str) -> NamedPeriod | None:
    try:
        day = read_day(words, today=datetime.date(2000, 1, 1), past=True)
    except NotADay:
        return None
    return NamedPeriod(None, Period(day, day))
