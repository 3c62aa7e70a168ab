"""The calendar page: entries grouped by month or week, overdue ones first."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format

from recommendations.domain.calendar.entries import CalendarEntry

LATE = "Past its day"


@dataclass(frozen=True)
class CalendarRow:
    """An entry, and the day under which it is listed: "Thu 13 Nov"."""

    entry: CalendarEntry
    day: datetime.date

    @property
    def short(self) -> str:
        return date_format(self.day, "D j M Y" if self.entry.is_late else "D j M")


@dataclass(frozen=True)
class CalendarGroup:
    """Rows under one heading. `key` is the heading's id."""

    key: str
    title: str
    rows: tuple[CalendarRow, ...]
    is_late: bool = False


def groups_of(entries: Iterable[CalendarEntry], today: datetime.date, *, by_week: bool) -> list[CalendarGroup]:
    """The entries in their order, grouped under headings."""
    rows = [CalendarRow(each, each.list_day(today)) for each in entries]
    grouped = groupby(rows, key=lambda row: (row.entry.is_late, _heading(row, by_week)))
    return [
        CalendarGroup(f"group-{number}", title, tuple(some), is_late)
        for number, ((is_late, title), some) in enumerate(grouped)
    ]


def _heading(row: CalendarRow, by_week: bool) -> str:
    """ "Past its day", "Week of 23 November", "November 2026"."""
    if row.entry.is_late:
        return LATE
    if not by_week:
        return date_format(row.day, "F Y")
    return f"Week of {date_format(row.day - datetime.timedelta(days=row.day.weekday()), 'j F')}"
