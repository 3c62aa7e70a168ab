"""The days of a series of meetings. Pure: no queries."""

import datetime

from recommendations.domain.writing.refusals import Refusal
from recommendations.periods import say

MOST = 60  # meetings planned at once


def series(first: datetime.date, *, until: datetime.date, weeks: int = 0, months: int = 0) -> list[datetime.date]:
    """Return every day of a series from `first` to `until`, at an interval of weeks or months.

    Monthly days keep the first day's weekday and position in the month: the second Tuesday; a fifth one becomes the
    last. Raises Refusal if there is no interval, the end is before the start, or there are too many days.
    """
    if until < first:
        raise Refusal(f"{say(until)} is before the first meeting, {say(first)}.", "until", code="ends-before-start")
    if not weeks and not months:
        raise Refusal("Choose how often the panel meets.", "every", code="required")
    days, step = [first], 1
    while (day := _nth(first, step, weeks, months)) <= until:
        days.append(day)
        step += 1
        if len(days) > MOST:
            raise Refusal(f"These are more than {MOST} meetings. Choose an earlier last day.", "until", code="too-many")
    return days


def _nth(first: datetime.date, step: int, weeks: int, months: int) -> datetime.date:
    if weeks:
        return first + datetime.timedelta(weeks=weeks * step)
    month = first.month - 1 + months * step
    start = datetime.date(first.year + month // 12, month % 12 + 1, 1)
    earliest = start + datetime.timedelta(days=(first.weekday() - start.weekday()) % 7)
    day = earliest + datetime.timedelta(weeks=(first.day - 1) // 7)
    return day if day.month == start.month else day - datetime.timedelta(weeks=1)
