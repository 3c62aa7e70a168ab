"""Days in a spreadsheet: date cells, and texts that give one day, several, a month, or nothing certain."""

import datetime
import re
from functools import lru_cache

from recommendations.days import EARLIEST, LATEST, NotADay, last_of_month, month_named, read_day
from recommendations.deadlines import read_deadline
from recommendations.domain.imports.lines import normalise
from recommendations.exchange.imports.column_values import MONTH_NAME, NO_DAY
from recommendations.exchange.readers.workbook import TableCell
from recommendations.periods import say

NAME = MONTH_NAME
DAY = (
    r"(?<![\d/.-])(?:\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{NAME}[\s,'’-]*(?:\d{{4}}|\d{{2}}))(?![\d/])"
)
MONTH = rf"(?P<name>{NAME})[\s,'’-]*(?P<year>\d{{4}}|\d{{2}})"
ONE_DAY = re.compile(DAY, re.IGNORECASE)
ONE_MONTH = re.compile(rf"(?:by |before )?(?:the )?(?:end (?:of )?)?{MONTH}", re.IGNORECASE)
NUMBERED_MONTH = re.compile(r"(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})|(?P<year2>\d{4})-(?P<month2>\d{1,2})")
SERIAL = re.compile(r"([34]\d{4}|5\d{4})(?:\.0+)?")
TIME = re.compile(r"[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
BEFORE = re.compile(r"\b(?:was|were|previously|originally|original|formerly|moved from|extended from)\b", re.IGNORECASE)
SOON = re.compile(r"^(?:asap|as soon as|without (?:undue )?delay|urgent|at the earliest)", re.IGNORECASE)
# What was meant for a day, and is a mistake rather than a word: "31/6/2026", "5/6".
NUMBERS = re.compile(r"(?<!\d)\d{1,2}\s?[/.-]\s?\d{1,2}(?!\d)")
QUARTER = re.compile(
    r"(?:by |before )?(?:the )?(?:end (?:of )?)?(?:q(?:uarter |tr )?(?P<quarter>[1-4]))[ ,:-]*(?:of )?(?:fy ?)?"
    r"(?P<year>20\d\d)\s?[/-]\s?(?:20)?(?P<next>\d\d)",
    re.IGNORECASE,
)
FIRST_SERIAL = datetime.date(1899, 12, 30)


class Unclear(ValueError):
    """The cell does not give a day for certain. The message says what to enter."""


def day_in(cell: TableCell, *, month_ends: bool) -> datetime.date | None:
    """Return a cell's day, or None if it says there is none. `month_ends`: a month means its last day.

    Raises Unclear for a day that is ambiguous, impossible, or one of several.
    """
    found = days_in(cell, month_ends=month_ends)
    if len(found) > 1:
        raise Unclear(f"“{cell.text.strip()[:40]}” has more than one day. Enter the one that holds.")
    return found[0] if found else None


def days_in(cell: TableCell, *, month_ends: bool) -> tuple[datetime.date, ...]:
    """Return all of a cell's days, first target first: "31/03/24 revised to 30/06/24". Raises Unclear."""
    if cell.day and not EARLIEST <= cell.day.year <= LATEST:  # as a workbook writes nought, or for ever
        raise Unclear(f"“{cell.text.strip()[:40]}” is not between {EARLIEST} and {LATEST}. Check the year.")
    return (cell.day,) if cell.day else _days(cell.text.strip(), month_ends)


def is_a_word(text: str, *, month_ends: bool) -> bool:
    """Whether a text in a column of days is words that give no day: "Immediate", "Q3 2024/25", but not "31/6/2026"."""
    plain = text.strip()
    try:
        _days(plain, month_ends)
    except Unclear:
        return not (ONE_DAY.search(plain) or NUMBERS.search(plain) or any(_year_and_month(plain)))
    return False


def last_of_quarter(text: str) -> datetime.date | None:
    """Return the last day of a quarter of a financial year, "Q3 2024/25", or None if the text is none."""
    found = QUARTER.fullmatch(text.strip())
    if not found or (int(found["year"]) + 1) % 100 != int(found["next"]):
        return None
    month, year = (("6", 0), ("9", 0), ("12", 0), ("3", 1))[int(found["quarter"]) - 1]
    return last_of_month(int(found["year"]) + year, int(month))


def is_deadline_words(text: str) -> bool:
    """Whether a text without a day is a deadline in the inspectorate's words: "within 3 months", "immediately"."""
    return bool(SOON.match(text.strip())) or read_deadline(text, None).kind != "none"


def stored_day_advice(text: str) -> str:
    """What to do about a number that is probably how Excel stores a day, "45992"; "" for any other text."""
    day = _stored_day(text.strip())
    if day is None:
        return ""
    return f"{text.strip()} is how Excel stores {say(day)}. Format the cells as dates, or write the day in words."


def _stored_day(plain: str) -> datetime.date | None:
    serial = SERIAL.fullmatch(plain)
    return FIRST_SERIAL + datetime.timedelta(days=int(serial[1])) if serial else None


@lru_cache(maxsize=4096)
def _days(text: str, month_ends: bool) -> tuple[datetime.date, ...]:
    plain = TIME.sub("", re.sub(r"\s*\((?=[^\d]*\))[^)]*\)$", "", text)).strip()
    if normalise(plain) in NO_DAY:
        return ()
    if stored := _stored_day(plain):
        return (stored,)
    named = ONE_DAY.findall(plain)
    rest = ONE_DAY.sub(" ", plain)
    if len(named) > 1 and not re.search(r"\d", rest):
        days = [_parse_day(each) for each in named]
        return tuple(reversed(days)) if BEFORE.search(rest) else tuple(days)
    if len(named) == 1 and not re.search(r"\d", rest):
        return (_parse_day(named[0]),)
    return (_month(plain, month_ends) or _parse_day(plain),)


def _month(plain: str, month_ends: bool) -> datetime.date | None:
    year, month = _year_and_month(plain)
    if not month:
        return None
    if not 1 <= month <= 12:
        raise Unclear(f"There is no month {month}. Enter a day, as in 7 November 2026.")
    if not month_ends:
        raise Unclear(f"“{plain[:40]}” is a month, not a day. Enter the day, as in 7 November 2026.")
    return last_of_month(year, month)


def _year_and_month(plain: str) -> tuple[int, int]:
    if named := ONE_MONTH.fullmatch(plain):
        year = int(named["year"])
        return year + 2000 if year < 100 else year, month_named(named["name"].rstrip(".")) or 0
    if numbered := NUMBERED_MONTH.fullmatch(plain):
        return int(numbered["year"] or numbered["year2"]), int(numbered["month"] or numbered["month2"])
    return 0, 0


def _parse_day(text: str) -> datetime.date:
    try:
        return read_day(re.sub(r"\s?([/.-])\s?", r"\1", text) if text[:1].isdigit() else text)
    except NotADay as error:
        raise Unclear(_advice(text, str(error))) from error


def _advice(text: str, message: str) -> str:
    if "is not a day" in message:
        return f"“{text[:40]}” is not one day. Enter the day, as in 7 November 2026, or leave the cell out."
    return message
