"""Split a cell with several dated updates. A date within a sentence does not split."""

import datetime
import re

from recommendations.domain.imports.lines import UpdateInCell, normalise
from recommendations.exchange.imports.day_cells import DAY, NAME, Unclear, days_in
from recommendations.exchange.readers.workbook import TableCell

STARTS = r"(?:^|(?<=\n)|(?<=[.;!?]\s)|(?<=[.;!?]\s\s)|(?<=\|\s))[ \t•*-]*"
LABEL = r"(?:(?:(?:force|latest|progress|further|monthly|quarterly) )?updated?\s*(?:on|as at|as of|of)?\s*[:–—-]?\s*)?"
WHEN = rf"[\[(]?(?P<day>{DAY})[\])]?"
MONTH = rf"[\[(]?(?P<month>{NAME}[\s,'’-]*(?:\d{{4}}|\d{{2}}))(?!\d)[\])]?"
NO_YEAR = r"(?P<short>(?!24/7)(?:[12]?\d|3[01])[/.](?:0?[1-9]|1[0-2]))(?![\d/.])"
WHO = r"(?:\s*[\[(](?P<who>[^\d()\[\]]{1,40})[\])])?"
ENDS = r"\s*(?::|[–—]|-(?=\s)|(?=\n))\s*"
BEGINNINGS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{STARTS}{LABEL}{WHEN}{WHO}(?:{ENDS}|(?<=[\])])\s+)",
        rf"{STARTS}{LABEL}{MONTH}{WHO}{ENDS}",
        rf"{STARTS}{LABEL}{NO_YEAR}{WHO}\s*(?::|[–—]|\s-\s)\s*",
        rf"(?:^|(?<=\n)){WHEN}{WHO}\s+(?=(?-i:[A-Z“\"]))",
    )
]


def split(cell: TableCell, today: datetime.date) -> tuple[UpdateInCell, ...]:
    """Return a cell's updates in order, each with its day if given.

    A month means its last day, or today if it is the current month. Raises Unclear for a day that is impossible or has
    no year.
    """
    text = cell.text.strip()
    starts = _starts(text)
    if not starts:
        return (UpdateInCell(text),) if text else ()
    found = [UpdateInCell(text[: starts[0].start()].strip(" \n\t|;"))]
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        words = text[start.end() : following.start() if following else len(text)].strip(" \n\t|;")
        found.append(UpdateInCell(words, _day(start, today), (start["who"] or "").strip()))
    return tuple(said for said in found if normalise(said.text))


def _starts(text: str) -> list[re.Match[str]]:
    """Return where each dated update begins. A match of one pattern is not matched again by later ones."""
    found: list[re.Match[str]] = []
    for pattern in BEGINNINGS:
        found += [
            match
            for match in pattern.finditer(text)
            if all(match.end() <= each.start() or match.start() >= each.end() for each in found)
        ]
    return sorted(found, key=re.Match.start)


def _day(start: re.Match[str], today: datetime.date) -> datetime.date:
    named = start.groupdict()
    if named.get("short"):
        raise Unclear(f"The update of “{named['short']}” gives no year. Enter it, as in 7/11/2026.")
    if named.get("month"):
        last = days_in(TableCell(named["month"]), month_ends=True)[0]
        return today if (last.year, last.month) == (today.year, today.month) else last
    return days_in(TableCell(named["day"]), month_ends=False)[0]
