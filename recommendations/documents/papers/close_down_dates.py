"""The list of a scrutiny report that has every item of its register by number, with its close-down date."""

import datetime
import re
from collections import Counter
from typing import NamedTuple

from recommendations.documents.papers.second_page import short
from recommendations.domain.papers.data.lines import RegisterEntry
from recommendations.domain.papers.data.paper import Figures
from recommendations.enums import DeadlineKind, Rag

DATES_HEADING = "Every item and its close-down date"
NONE_GIVEN = "none given"
ONE, PASSED, NONE = (
    ("has one", "have one"),
    ("has one that has passed", "have one that has passed"),
    ("has none", "have none"),
)
IMMEDIATE = ("is immediate and has none", "are immediate and have none")
OTHERS = ("is not the force’s to do and has none", "are not the force’s to do and have none")
GROUPS = (ONE, PASSED, NONE, IMMEDIATE, OTHERS)  # each of one item and of several, in the order in which they are said
DIGITS = re.compile(r"(\d+)")


class DatedItem(NamedTuple):
    """A row of the list. `marked` says that the force has to give a date: it has given none, or one that has passed."""

    entry: RegisterEntry
    counts_from: str
    close_down: str
    marked: bool


class CloseDownDates:
    """The list, made of `figures`; empty for papers from before they had it."""

    figures: Figures

    @property
    def dated_items(self) -> list[DatedItem]:
        """What is open and what was closed in the period, in the order of the numbers."""
        in_order = sorted(self.figures.entries, key=lambda entry: by_number(entry.reference))
        return [dated_item(entry, self.figures.as_at) for entry in in_order] if self.figures.has_dates else []

    @property
    def dates_words(self) -> str:
        """How many open items have a close-down date, and how many have none."""
        groups = Counter(_group(entry, self.figures.as_at) for entry in self.figures.entries if not entry.closed_on)
        if not groups:
            return "Nothing is open."
        if set(groups) == {ONE}:
            return f"{_with_verb(groups[ONE], 'open item has', 'open items have')} one."
        parts = [_with_verb(groups[group], *group) for group in GROUPS if groups[group]]
        return f"{_with_verb(groups.total(), 'item is open', 'items are open')}: {'; '.join(parts)}."


def dated_item(entry: RegisterEntry, day: datetime.date) -> DatedItem:
    """The row of an entry of a paper as at `day`."""
    marked = not entry.closed_on and entry.rag != Rag.GREY and _group(entry, day) != ONE
    return DatedItem(entry, counts_from(entry), close_down(entry, day), marked)


def counts_from(entry: RegisterEntry) -> str:
    """The date that overdue counts from, or why there is none."""
    if entry.closed_on:
        return "not counted"
    if entry.deadline.kind == DeadlineKind.IMMEDIATE:
        return "immediate"
    return short(entry.counts_from) if entry.counts_from else "none"


def close_down(entry: RegisterEntry, day: datetime.date) -> str:
    """The close-down date in words: "31 Aug 2026", "9 Jun 2026, passed", "none given", "closed 30 May 2026"; why there
    is none for what is not the force's to do."""
    if entry.closed_on:
        return f"closed {short(entry.closed_on)}"
    if entry.close_down_on:
        return f"{short(entry.close_down_on)}{', passed' if entry.close_down_on < day else ''}"
    return entry.rag_reason if entry.rag == Rag.GREY else NONE_GIVEN


def _group(entry: RegisterEntry, day: datetime.date) -> tuple[str, str]:
    """What is counted together: one of GROUPS. Of what is open."""
    if entry.close_down_on:
        return PASSED if entry.close_down_on < day else ONE
    if entry.rag == Rag.GREY:
        return OTHERS
    return IMMEDIATE if entry.deadline.kind == DeadlineKind.IMMEDIATE else NONE


def _with_verb(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def by_number(reference: str) -> tuple[tuple[int, int, str], ...]:
    """The order of numbers as people count: "WM-9" before "WM-10"."""
    pieces = (piece for piece in DIGITS.split(reference) if piece)
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces)
