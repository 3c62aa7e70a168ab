"""Statutory periods, and the inspectorate's deadline words read as days. Pure functions: no queries, no clock.

Sources: Police Act 1996, section 55(5A), for the statutory period. The words are those used in HMICFRS's reports and
the responses to them; HMICFRS publishes no definition of them, so each reading is set out here:

=========  ==============================================  ===========================================
kind       words                                           the day
=========  ==============================================  ===========================================
immediate  "With immediate effect", "Immediately"          the day of publication
relative   "within three months", "within 28 days"         counted from publication; the same day number,
                                                           clamped to the month's end
date       "By 27/03/25", "no later than 31 March 2015",   the day itself; British order, 25 means 2025
           "by the start of April 2024"
month      "by the end of September 2021",                 the last day of the month. The end of a year is
           "by September 2021", "by the end of 2023",      the last day of its last month: December, or
           "by the end of 2025/26"                         March for a financial year
none       "as soon as possible", "without delay",         none: nothing says which day. So are dates that
           "by Spring 2024", "31 February 2024"            do not exist, and periods that start from some
                                                           other event
=========  ==============================================  ===========================================
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAYS_TO_RESPOND = 56


@dataclass(frozen=True)
class Deadline:
    """Deadline words, verbatim, and how they were read. `due_on` is None if they give no day."""

    words: str = ""
    kind: str = "none"
    due_on: date | None = None


def names_a_year(words: str) -> bool:
    """Whether deadline words include a year. "By 31 March" does not."""
    return bool(re.search(r"(?:19|20|21)\d\d|['’/.-]\d\d\b|[a-z]{3,} \d\d$", words.strip(), re.IGNORECASE))


def last_day_to_respond(published_on: date, days: int = DAYS_TO_RESPOND) -> date:
    """The last lawful day for the policing body's comments on a report published on this London day.

    Police Act 1996, s.55(5A): the comments must be published "before the end of the period of 56 days
    beginning with the day on which the report is published". Publication day is day 1.
    """
    _a_day(published_on)
    if days < 1:
        raise ValueError(f"The period to respond must be 1 day or more, not {days}.")
    return published_on + timedelta(days=days - 1)


def last_day_of_period(starts_on: date, days: int, *, first_day_counts: bool) -> date:
    """The last London day of a period. `first_day_counts`: whether it begins on `starts_on` or the day after."""
    _a_day(starts_on)
    if days < 1:
        raise ValueError(f"The period to answer must be 1 day or more, not {days}.")
    return starts_on + timedelta(days=days - 1 if first_day_counts else days)


def read_deadline(words: str, published_on: date | None) -> Deadline:
    """Read deadline words from a report published on this London day (None if not known yet).

    Without a publication day the kind is still read, and due_on is None if the day depends on it.
    """
    if published_on is not None:
        _a_day(published_on)
    plain = " ".join(words.replace("\u2019", "'").replace("\u2013", "-").replace("\u2011", "-").split())
    kind, due_on = _first_reading(plain, published_on)
    return Deadline(words=words, kind=kind, due_on=due_on)


def read_whole(words: str, today: date, *, past: bool = False) -> date | None:
    """The day that the whole text means if typed today, or None if it is anything else.

    "in 3 months", "2 weeks ago", "end of March", "Dec 2027": counted from today, or the period's last day. A day or
    a month without a year is the next one, or the last one if `past`.
    """
    with suppress(ValueError, OverflowError):
        if ago := AGO.fullmatch(words):
            return _add_period(today, -_count(ago["count"].lower()), ago["unit"])
        for text in (words, LEADING.sub("", words), TO_THE_END.sub("", words)):
            for pattern, kind, day_of in READINGS:
                if match := pattern.fullmatch(text):
                    return day_of(match, _a_year_ago(today) if past and kind != "relative" else today)
    return None


def _a_year_ago(today: date) -> date:
    """The first day of the year that ends today: the 12 months from then contain each day of the year once."""
    return _add_period(today, -1, "year") + timedelta(days=1)


def _a_day(day: date) -> None:
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError("Give a Europe/London day (a date). A moment in UTC can fall on another day in London.")


def _first_reading(plain: str, published_on: date | None) -> tuple[str, date | None]:
    """The first time expression in the words. Words such as "immediately" count only if no expression is found."""
    found = []
    for order, (pattern, kind, day_of) in enumerate(READINGS):
        if match := pattern.search(plain):
            found.append((match.start(), order, match, kind, day_of))
    if found:
        _, _, match, kind, day_of = min(found, key=lambda reading: reading[:2])
        try:
            return kind, day_of(match, published_on)
        except (ValueError, OverflowError):
            return "none", None
    if IMMEDIATE.search(plain):
        return "immediate", published_on
    return "none", None


# Building blocks of the patterns

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = (
    r"(?P<month>(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
DAY = r"(?<![\d/.])(?P<day>\d{1,2})\s?(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20|21)\d\d)(?!\d)"
ANY_YEAR = r"'?(?P<year>(?:19|20|21)\d\d|\d\d)(?![\d:%])"
CLEAR_YEAR = r"(?:(?<=')|(?=\d{4}))(?P<year>(?:19|20|21)\d\d|\d\d)(?!\d)"
SPLIT_YEAR = r"(?P<year>(?:19|20)\d\d)\s?[/-]\s?(?:20)?(?P<to>\d\d)(?!\d)"
ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {"a": 1, "an": 1, "": 0} | {word: n for n, word in enumerate(ONES + TEENS, start=1)}
NUMBERS |= {word: n * 10 for n, word in enumerate(TENS, start=2)}
COUNT = rf"(?:\d{{1,5}}|(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(ONES)}))?|{'|'.join(TEENS + ONES)}|an?)"
PERIOD = (
    rf"(?:{COUNT} (?:to|or) |\d+\s?-\s?)?(?P<count>{COUNT})(?:\s\([\w -]+\))?[ -]"
    r"(?:calendar )?(?P<unit>days?|weeks?|fortnights?|months?|years?)\b'?"
)
NEXT = r"(?:the )?(?:(?:next|following|coming) )?(?:(?:a )?(?:further )?(?:period|maximum) of )?"
PUBLICATION = (
    r"(?:(?:the|this|our|its|date|of|publication|publishing|issue|release|receipt|receiving|hmicfrs's|final|inspection)"
    r"\s)*(?:report|publication|letter|today|now|inspection|being published)\b"
    r"(?!\sof\s(?!(?:this|our|the)\s(?:\w+\s)?(?:report|letter|inspection|findings)))"
)
FROM_PUBLICATION = rf"(?:\s(?:of|from|after|following)\s{PUBLICATION})"
FROM_OTHER = r"(?:\s(?:of|from|after|following|before)\b)"
SEASON = r"(?:spring|summer|autumn|winter)"


def _month(match: re.Match[str]) -> int:
    return MONTHS.index(match["month"].lower()[:3]) + 1


def _year(match: re.Match[str]) -> int | None:
    """The printed year, or None; two digits mean this century."""
    printed = match.groupdict().get("year")
    return _full_year(printed) if printed else None


def _full_year(printed: str) -> int:
    return int(printed) + (2000 if len(printed) == 2 else 0)


def _numeric_day(match: re.Match[str], published_on: date | None) -> date:
    return date(_full_year(match["year"]), int(match["month"]), int(match["day"]))


def _written_day(match: re.Match[str], published_on: date | None) -> date | None:
    month, day = _month(match), int(match["day"])
    date(2000, month, day)  # raises for a day that exists in no year, whatever the publication day
    return _printed_or_next(lambda year: date(year, month, day), _year(match), published_on)


def _start_of_month(match: re.Match[str], published_on: date | None) -> date | None:
    return _printed_or_next(lambda year: date(year, _month(match), 1), _year(match), published_on)


def _end_of_month(match: re.Match[str], published_on: date | None) -> date | None:
    return _printed_or_next(lambda year: _last_day(year, _month(match)), _year(match), published_on)


def _end_of_year(match: re.Match[str], published_on: date | None) -> date | None:
    return _printed_or_next(lambda year: date(year, 12, 31), _year(match), published_on)


def _end_of_financial_year(match: re.Match[str], published_on: date | None) -> date | None:
    """31 March: a police force's financial year runs from 1 April to 31 March."""
    printed = _year(match)
    if printed is not None and (printed + 1) % 100 != int(match["to"]):
        raise ValueError("not a financial year")
    return _printed_or_next(lambda year: date(year, 3, 31), printed and printed + 1, published_on)


def _end_of_quarter(match: re.Match[str], published_on: date | None) -> date:
    """UK quarters, Q1 is April to June. Only with a split year: "Q2 2024" may be a calendar quarter."""
    year, month = _full_year(match["year"]), 3 + 3 * int(match["quarter"])
    return _last_day(year, month) if month <= 12 else _last_day(year + 1, month - 12)


def _after_publication(match: re.Match[str], published_on: date | None) -> date | None:
    return None if published_on is None else _add_period(published_on, _count(match["count"].lower()), match["unit"])


def _add_period(start: date, count: int, unit: str) -> date:
    """Days and weeks are added; months and years keep the day number, clamped to the month's end."""
    unit = unit.lower().rstrip("s")
    if unit in DAYS_IN:
        return start + timedelta(days=count * DAYS_IN[unit])
    months = start.month - 1 + count * (12 if unit == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return min(date(year, month, 1) + timedelta(days=start.day - 1), _last_day(year, month))


def _no_day(match: re.Match[str], published_on: date | None) -> None:
    return None


DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}


def _count(words: str) -> int:
    return int(words) if words.isdigit() else sum(NUMBERS[word] for word in re.split(r"[ -]", words))


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _printed_or_next(day_in: Callable[[int], date], year: int | None, published_on: date | None) -> date | None:
    """The day in the printed year or, without one, the first such day on or after publication."""
    if year is not None:
        return day_in(year)
    if published_on is None:
        return None
    return next(day for day in _days(day_in, published_on.year) if day >= published_on)


def _days(day_in: Callable[[int], date], first_year: int) -> Iterator[date]:
    for year in range(first_year, first_year + 9):  # 29 February can be eight years away
        with suppress(ValueError):
            yield day_in(year)


# The expression that comes first in the words wins; of two at the same place, the one listed first here.
READINGS = [
    (re.compile(pattern, re.IGNORECASE), kind, day_of)
    for pattern, kind, day_of in [
        (r"(?<![\d/.-])(?P<year>(?:19|20|21)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", "date", _numeric_day),
        (
            r"(?<![\d/.-])(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?"
            r"(?P<year>(?:19|20|21)\d\d|\d\d)(?![\d/])",
            "date",
            _numeric_day,
        ),
        (rf"{DAY}[ -]?(?:(?:day )?of )?{MONTH}(?:,?[ -]?{ANY_YEAR})?", "date", _written_day),
        (rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {YEAR}", "date", _written_day),
        (rf"\b(?:start|beginning) of {MONTH}(?:,? ?'?{CLEAR_YEAR})?", "date", _start_of_month),
        (rf"\bQ(?:uarter )?(?P<quarter>[1-4])(?: of)?,? ?{SPLIT_YEAR}", "month", _end_of_quarter),
        (rf"\bfinancial year(?: end(?:ing)?)?(?: of| in)?,? {SPLIT_YEAR}", "month", _end_of_financial_year),
        (rf"(?<![\d/-]){SPLIT_YEAR} financial year", "month", _end_of_financial_year),
        (rf"\bend of (?:the )?(?:year )?{SPLIT_YEAR}", "month", _end_of_financial_year),
        (r"\bend of (?:the|this) (?:current )?financial year(?! \d)", "month", _end_of_financial_year),
        (rf"\bend of (?:the )?(?:calendar )?(?:year )?{YEAR}(?! ?[/-] ?\d)", "month", _end_of_year),
        (r"\bend of (?:the|this) (?:calendar )?year\b", "month", _end_of_year),
        (rf"\b(?:early|mid|middle of)(?: |-)(?:in )?{MONTH}", "none", _no_day),
        (rf"\b{MONTH}[ -]?(?:of )?,? ?'?{CLEAR_YEAR}", "month", _end_of_month),
        (rf"\b(?:by|before|until|end of|end|in) (?:the )?(?:end of )?{MONTH}(?! ?\d)", "month", _end_of_month),
        (
            rf"(?:^\W*|\b(?:within|in|than|after|over|inside|to) ){NEXT}{PERIOD}"
            rf"(?:{FROM_PUBLICATION}|(?!{FROM_OTHER}))",
            "relative",
            _after_publication,
        ),
        (rf"\bwithin {NEXT}{PERIOD}", "none", _no_day),
    ]
]
AGO = re.compile(rf"{PERIOD} ago", re.IGNORECASE)
LEADING = re.compile(r"^(?:by |until )?(?:the )?", re.IGNORECASE)
TO_THE_END = re.compile(r"^(?:by |until )?(?:the )?(?:end of )?", re.IGNORECASE)  # a month means its end anyway
IMMEDIATE = re.compile(r"(?<!not )\b(?:immediate(?:ly)?|forthwith|straight ?away|at once)\b", re.IGNORECASE)


# Deadline words inside the text of a recommendation

_PLAIN_MONTH = re.sub(r"\?P<\w+>", "?:", MONTH)
_PLAIN_YEAR = r"(?:(?:19|20|21)\d\d(?:\s?[/-]\s?(?:20)?\d\d(?!\d))?|'\d\d)(?!\d)"
_DAY_OR_MONTH = (
    r"(?:(?:19|20|21)\d\d-\d\d-\d\d|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d\d)(?![\d/])"
    rf"|(?:the )?\d{{1,2}}\s?(?:st|nd|rd|th)?[ -]?(?:(?:day )?of )?{_PLAIN_MONTH}(?:,?[ -]?(?:{_PLAIN_YEAR}|\d\d\b))?"
    rf"|{_PLAIN_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_PLAIN_YEAR}"
    rf"|(?:the )?(?:(?:end|start|beginning|middle) of |end )?(?:early |late |mid[ -])?(?:{_PLAIN_MONTH}|{SEASON}\b)"
    rf"(?:[ -]?(?:of )?,? ?{_PLAIN_YEAR})?(?! ?\d)"
    rf"|(?:the )?end of (?:the |this )?(?:next |current )?(?:calendar |financial )?(?:year |quarter )?{_PLAIN_YEAR}"
    r"(?: financial year(?: end)?)?"
    r"|(?:the )?end of (?:the |this )?(?:next |current )?(?:calendar |financial )?(?:year|quarter|month)\b"
    rf"|Q(?:uarter )?[1-4](?: of)?,? ?{_PLAIN_YEAR}"
    rf"|(?:early |late |mid[ -])?{_PLAIN_YEAR}(?: financial year(?: end)?)?)"
)
_PLAIN_PERIOD = re.sub(r"\?P<\w+>", "?:", PERIOD)
_NOW = r"(?P<now{n}>with immediate effect|immediately|forthwith)"
_SOON = (
    r"(?P<soon{n}>as soon as (?:is )?(?:reasonably )?(?:possible|practicable|practical)|without (?:undue )?delay"
    r"|as a matter of urgency|urgently|at the earliest opportunity)"
)
_HOUR = (
    r"(?:(?:midnight|midday|noon|close of (?:play|business)|\d{1,2}(?:[.:]\d\d)? ?[ap]m) on "
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )"
)
_BY = (
    rf"(?P<by{{n}}>(?P<lead{{n}}>(?:by )?(?:no|not) later than|by|on or before|before|until) (?:the )?{_HOUR}{{0,2}}"
    rf"{_DAY_OR_MONTH})"
)
_WITHIN = (
    rf"(?P<within{{n}}>(?:within|in|over|no later than|not later than) {NEXT}{_PLAIN_PERIOD}"
    rf"(?P<ours{{n}}>{FROM_PUBLICATION})?(?P<other{{n}}>(?={FROM_OTHER}))?)"
)


def _one(n: int) -> str:
    phrase = "|".join((_NOW, _SOON, _BY, _WITHIN))
    return rf"(?:{re.sub(r'{n}', str(n), phrase)})"


_AND = r"(?:,? (?:and|but|or),? (?:(?:in any (?:case|event)|at the latest|certainly),? )?|, )"
PHRASE = re.compile(rf"\b{_one(1)}(?:{_AND}{_one(2)})?", re.IGNORECASE)
STARTS_SENTENCE = re.compile(r"(?:^|[.!?:;•]|\brecommends? that,?|\n)[\s\"'“‘(\[*-]*$", re.IGNORECASE)
AFTER_SHOULD = re.compile(r"\b(?:should|must|needs? to),?\s+$|,\s+$", re.IGNORECASE)
AFTER_ACTOR = re.compile(
    r"\b(?:police|constabulary|forces?|constables?|service|commissioners?|leads?)\s+$", re.IGNORECASE
)
ENDS_CLAUSE = re.compile(r"\s*(?:$|[,.;:)])")
LOOKS_BACK = 40


def find_deadline(text: str, published_on: date | None) -> Deadline:
    """The deadline words in a recommendation's text, as printed, and their reading. An empty Deadline if none.

    The first words that name a day win over earlier ones that don't ("As soon as possible ... by 31 March 2026").
    Periods within the action itself are not deadlines: "within two hours of arrival", "every 12 months",
    "answer complaints within 28 days", "cases recorded before 1 April 2019".
    """
    plain = re.sub(r"\s", " ", text.replace("’", "'"))
    found, match = [], PHRASE.search(plain)
    while match:
        read = read_deadline(text[match.start() : match.end()], published_on)
        accepted = _is_a_deadline(match, read, text, published_on)
        found += [read] if accepted else []
        match = PHRASE.search(plain, match.end() if accepted else match.start() + 1)
    named = [read for read in found if read.kind != "none"]
    return next(iter(named + found), Deadline())


def _is_a_deadline(match: re.Match[str], read: Deadline, text: str, published_on: date | None) -> bool:
    """Whether the phrase says when to act, judged by its position in the text."""
    before = text[max(0, match.start() - LOOKS_BACK) : match.start()]
    opens = bool(STARTS_SENTENCE.search(before)) and (match.start() <= LOOKS_BACK or bool(before.strip()))
    aside = bool(AFTER_SHOULD.search(before))
    ends = bool(ENDS_CLAUSE.match(text, match.end()))
    if match["now1"]:
        return match["now1"].lower().startswith("with") or opens or _aside_now(before, ends)
    if match["soon1"]:
        return opens or aside
    if match["within1"]:
        return _is_a_period_to_act_in(match, opens, aside, ends)
    still_ahead = read.due_on is not None and (published_on is None or read.due_on >= published_on)
    usual_lead = match["lead1"].lower() not in ("before", "until")
    return opens or (aside and (still_ahead or read.kind == "none")) or (usual_lead and still_ahead)


def _aside_now(before: str, ends: bool) -> bool:
    if before.rstrip().endswith(","):
        return ends
    return bool(AFTER_SHOULD.search(before) or AFTER_ACTOR.search(before))


def _is_a_period_to_act_in(match: re.Match[str], opens: bool, aside: bool, ends: bool) -> bool:
    """Whether a period is one to act in: months and years are; days and weeks mostly describe the action itself."""
    words = match["within1"].lower()
    long = re.search(r"(?:month|year)s?\b", words) is not None
    if match["other1"] is not None and not match["ours1"]:
        return opens and long
    return opens or aside or bool(match["ours1"]) or (long and ends and not words.startswith(("in", "over")))
