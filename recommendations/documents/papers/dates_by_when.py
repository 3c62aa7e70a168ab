"""The scrutiny report's list of items with their dates: by number since format 4, by close-down date in format 3."""

import datetime
from collections import defaultdict
from typing import ClassVar, NamedTuple

from recommendations.documents.papers.close_down_dates import NONE_GIVEN, counts_from, number_sort_key
from recommendations.documents.papers.second_page import short
from recommendations.domain.papers.data.lines import RegisterEntry
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.rag import is_overdue
from recommendations.enums import Rag
from recommendations.enums.risk import Risk
from recommendations.periods import Period, quarter_of, say_times

A_DAY = datetime.timedelta(days=1)
OTHERS, NOT_ACCEPTED = "directed to others", "not accepted"  # reasons of grey items, in the wording of rag_reasons


class DatesRow(NamedTuple):
    """A row of the list. `given`: it has a close-down date, or the force need not give one; `late`: it is high
    risk and overdue. A closed item has "closed" and its closing day.
    """

    entry: RegisterEntry
    counts_from: str
    close_down: str
    given: bool
    moved: str
    late: bool


class DatesGroup(NamedTuple):
    """The items due to close in one period; `note` adds a remark."""

    heading: str
    note: str
    rows: list[DatesRow]


class DatesByWhen:
    """The list, made from `figures`; papers before format 3 have another one (close_down_dates.py)."""

    figures: Figures
    is_page: ClassVar[bool]
    is_chapter: bool

    @property
    def has_dates_by_when(self) -> bool:
        return self.figures.has_dates and self.figures.format == 3

    @property
    def has_dates_by_number(self) -> bool:
        return self.figures.has_dates and self.figures.format > 3

    @property
    def dates_rows(self) -> list[DatesRow]:
        """Every item open or closed in the period, by number."""
        in_order = sorted(self.figures.entries, key=lambda entry: number_sort_key(entry.reference))
        return [dates_row(entry, self.figures.as_at) for entry in in_order]

    @property
    def dates_counts(self) -> str:
        """How many of them have a close-down date, as the register's files count them too."""
        entries, day = self._open(), self.figures.as_at
        closed = len(self.figures.entries) - len(entries)
        dated = [entry.close_down_on for entry in entries if entry.close_down_on]
        none = sum(close_down_words(entry) == NONE_GIVEN for entry in entries)
        counts = (
            (sum(on >= day for on in dated), "with a close-down date"),
            (sum(on < day for on in dated), "with one that has passed"),
            (none, NONE_GIVEN),
            (len(entries) - len(dated) - none, "for others to do or not accepted, and without one"),
        )
        told = ", ".join(f"{count} {words}" for count, words in counts if count)
        where = "in the sum" if self.is_chapter else "on page 1"
        return f"Open: {len(entries)}, as {where}{f' ({told})' if told else ''}. Closed in the period: {closed}."

    @property
    def shows_risk(self) -> bool:
        """Whether any open item has a risk, so that the list has a column for it."""
        return any(entry.risk for entry in self._open())

    @property
    def dates_columns(self) -> int:
        """The number of columns: one more with risk, and one more with page numbers, which only the PDF has."""
        return 6 + self.shows_risk + (not self.is_page)

    @property
    def dates_groups(self) -> list[DatesGroup]:
        """The open items, each in one group; empty groups are left out."""
        places: defaultdict[int, list[DatesRow]] = defaultdict(list)
        for entry in self._open():
            places[self._place(entry)].append(dates_row(entry, self.figures.as_at))
        named = ((heading, places[place]) for place, heading in enumerate(self._headings()))
        return [DatesGroup(f"{heading}: {len(rows)}", _note(rows), rows) for heading, rows in named if rows]

    @property
    def dates_sum(self) -> str:
        """How the groups add up: "as on page 1: 10 + 5 + 28"."""
        terms = " + ".join(str(len(group.rows)) for group in self.dates_groups)
        where = "as in the sum" if self.is_chapter else "as on page 1"
        return f"{where}: {terms}" if terms else where

    def _open(self) -> list[RegisterEntry]:
        """In the order of their close-down dates, overdue ones first; on the same date, in the order of their
        numbers.
        """
        entries = [entry for entry in self.figures.entries if not entry.closed_on]
        return sorted(entries, key=lambda entry: (_when(entry), number_sort_key(entry.reference)))

    def _headings(self) -> list[str]:
        quarter = self._quarter()
        return [
            "Past the date that counts",
            "No close-down date",
            "Close-down date reached, still open",
            f"{quarter.start:%B} to {quarter.end:%B %Y}",
            f"After {quarter.end:%B %Y}",
            "For others to close, or not accepted" if self._has_not_accepted() else "For others to close",
        ]

    def _place(self, entry: RegisterEntry) -> int:
        """The index of the heading for an open entry."""
        on = entry.close_down_on
        if is_overdue(entry.rag):
            return 0
        if entry.rag == Rag.GREY:
            return 5
        if on is None:
            return 1
        if on <= self.figures.as_at:
            return 2
        return 3 if on <= self._quarter().end else 4

    def _quarter(self) -> Period:
        """The quarter that contains the day after the paper's."""
        return quarter_of(self.figures.as_at + A_DAY)

    def _has_not_accepted(self) -> bool:
        return any(entry.rag_reason == NOT_ACCEPTED for entry in self._open())


def dates_row(entry: RegisterEntry, day: datetime.date) -> DatesRow:
    """The row of an entry of a paper as at `day`."""
    moved = say_times(entry.times_moved) if entry.times_moved else ""
    if entry.closed_on:
        return DatesRow(entry, "closed", short(entry.closed_on), True, moved, False)
    grey = entry.rag == Rag.GREY
    return DatesRow(
        entry,
        "not counted" if grey else counts_from(entry),
        close_down_words(entry),
        grey or (entry.close_down_on is not None and entry.close_down_on >= day),
        moved,
        entry.risk == Risk.HIGH and is_overdue(entry.rag),
    )


def close_down_words(entry: RegisterEntry) -> str:
    """The close-down date of an open entry: "31 Aug 2026", "none given", "for others", "not accepted"."""
    if entry.close_down_on:
        return short(entry.close_down_on)
    if entry.rag == Rag.GREY:
        return "for others" if entry.rag_reason == OTHERS else entry.rag_reason
    return NONE_GIVEN


def _note(rows: list[DatesRow]) -> str:
    """ "of which 3 are high risk, on grey"."""
    if all(row.entry.rag == Rag.GREY for row in rows):
        return "not counted in the colours"
    late = [row.entry for row in rows if row.late]
    verb = "is" if len(late) == 1 else "are"
    return f"of which {len(late)} {verb} {in_sentence(late[0].risk_word)} risk, on grey" if late else ""


def _when(entry: RegisterEntry) -> datetime.date:
    return datetime.date.max if is_overdue(entry.rag) else entry.close_down_on or datetime.date.max
