"""The scrutiny report's list of all register items by number, with their close-down dates."""

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
GROUPS = (ONE, PASSED, NONE, IMMEDIATE, OTHERS)  # each for one item and for several, in the order of the sentence
DIGITS = re.compile(r"(\d+)")


class DatedItem(NamedTuple):
    """A row of the list. `marked`: the force has to give a date, as there is none or it has passed."""

    entry: RegisterEntry
    counts_from: str
    close_down: str
    marked: bool


class CloseDownDates:
    """The list, made from `figures`; empty for papers from before it existed."""

    figures: Figures

    @property
    def dated_items(self) -> list[DatedItem]:
        """The items open or closed in the period, by number."""
        in_order = sorted(self.figures.entries, key=lambda entry: number_sort_key(entry.reference))
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
    """The date from which overdue counts, or why there is none."""
    if entry.closed_on:
        return "not counted"
    if entry.deadline.kind == DeadlineKind.IMMEDIATE and entry.counts_from is None:
        return "immediate"
    return short(entry.counts_from) if entry.counts_from else "none"


def close_down(entry: RegisterEntry, day: datetime.date) -> str:
    """The close-down date in words: "31 Aug 2026", "9 Jun 2026, passed", "none given", "closed 30 May 2026"; the
    reason if it is not the force's to do."""
    if entry.closed_on:
        return f"closed {short(entry.closed_on)}"
    if entry.close_down_on:
        return f"{short(entry.close_down_on)}{', passed' if entry.close_down_on < day else ''}"
    return entry.rag_reason if entry.rag == Rag.GREY else NONE_GIVEN


def _group(entry: RegisterEntry, day: datetime.date) -> tuple[str, str]:
    """The group of GROUPS in which an open entry is counted."""
    if entry.close_down_on:
        return PASSED if entry.close_down_on < day else ONE
    if entry.rag == Rag.GREY:
        return OTHERS
    return IMMEDIATE if entry.deadline.kind == DeadlineKind.IMMEDIATE else NONE


def _with_verb(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def number_sort_key(reference: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key for references by number: "WM-9" before "WM-10"."""
    pieces = (piece for piece in DIGITS.split(reference) if piece)
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces)
