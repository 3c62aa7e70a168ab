"""A time strip for each overdue item: publication of its report, the date that counts, all targets, the forecast.
All strips of a paper have the same first and last day, so that they can be compared.
"""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from recommendations.documents.formats.svg import INK, MUTED, PAPER, Drawing, Fill
from recommendations.documents.papers.chart_drawings import FILLS
from recommendations.documents.papers.second_page import short
from recommendations.domain.papers.data.lines import Overdue
from recommendations.enums import Rag

WIDTH, HIGH, LINE = 588, 42, 30
LEFT, RIGHT = 8.0, 572.0
YEARS = 12  # labelled at most
OVER, HAIR = FILLS[Rag.RED], "#b9bdc6"
BAR = 7


class TimeAxis(NamedTuple):
    """The first and last day of all strips, and the last day of the period."""

    first: datetime.date
    last: datetime.date
    end: datetime.date

    def x(self, day: datetime.date) -> float:
        return LEFT + (RIGHT - LEFT) * (day - self.first).days / max((self.last - self.first).days, 1)


def axis_of(items: Sequence[Overdue], end: datetime.date) -> TimeAxis:
    """The axis that covers all days of these items."""
    days = [day for item in items for day in _days(item)]
    return TimeAxis(min(days, default=end), max([*days, end]), end)


def draw_strip(item: Overdue, axis: TimeAxis) -> Drawing:
    """The strip of one item."""
    desc = "A line from left to right, each day at its place."
    drawing = Drawing(strip_words(item, axis.end), desc, width=WIDTH, height=HIGH)
    _years(drawing, axis)
    start, since, end = axis.x(min(_days(item))), axis.x(item.counts_from or axis.end), axis.x(axis.end)
    drawing.line(start, LINE, since, LINE, thickness=1.2)
    drawing.box(since, LINE - BAR / 2, max(end - since, 0), BAR, OVER)
    if item.forecast_on and item.forecast_on > axis.end:
        drawing.line(end, LINE, axis.x(item.forecast_on), LINE, colour=OVER.fill, dashes="3 2.4")
    _marks(drawing, item, axis)
    drawing.line(end, LINE - 13, end, LINE + 10, thickness=1.6)
    return drawing


def draw_key(end: str) -> Drawing:
    """The legend. `end` is the period's last day in words."""
    drawing = Drawing("What the marks on the strips mean", "Each mark with its words.", width=WIDTH, height=18)
    disc(drawing, 4, 9, 2.4, INK)
    diamond(drawing, 112, 9)
    triangle(drawing, 243, 14)
    drawing.box(323, 9 - BAR / 2, 16, BAR, OVER)
    drawing.line(407, 1, 407, 17, thickness=1.6)
    disc(drawing, 505, 9, 4, PAPER)
    words = ("Report published", "Overdue counts from", "Target set", "Time over", end, "Forecast")
    for x, each in zip((12, 122, 253, 344, 413, 514), words, strict=True):
        drawing.say(x, 13, each, anchor="start", size=11.2)
    return drawing


def strip_words(item: Overdue, end: datetime.date) -> str:
    """The content of the strip in words."""
    told = [f"report published {short(item.published_on)}" if item.published_on else ""]
    told.append(f"counts from {short(item.counts_from)}" if item.counts_from else "")
    if item.targets:
        told.append(f"{'target' if len(item.targets) == 1 else 'targets'} {', '.join(map(short, item.targets))}")
    told.append(f"the period ends {short(end)}")
    told.append(f"forecast {short(item.forecast_on)}" if item.forecast_on else "no forecast")
    return f"{item.reference}: {'; '.join(filter(None, told))}."


def _days(item: Overdue) -> list[datetime.date]:
    found = (item.published_on, item.counts_from, item.forecast_on, *item.targets)
    return [day for day in found if day]


def _years(drawing: Drawing, axis: TimeAxis) -> None:
    years = range(axis.first.year + 1, axis.last.year + 1)
    step = len(years) // YEARS + 1
    for year in years[::step]:
        x = axis.x(datetime.date(year, 1, 1))
        drawing.line(x, LINE - 8, x, LINE + 8, thickness=0.8, colour=HAIR)
        drawing.say(x, 11, year, size=10.5, colour=MUTED)


def _marks(drawing: Drawing, item: Overdue, axis: TimeAxis) -> None:
    if item.published_on:
        disc(drawing, axis.x(item.published_on), LINE, 2.4, INK)
    for day in item.targets:
        triangle(drawing, axis.x(day), LINE - BAR / 2)
    if item.counts_from:
        diamond(drawing, axis.x(item.counts_from), LINE)
    if item.forecast_on:
        disc(drawing, axis.x(item.forecast_on), LINE, 4, PAPER)


def disc(drawing: Drawing, x: float, y: float, radius: float, fill: str) -> None:
    """Draw a disc around (x, y), filled or outlined."""
    half = f"a{radius} {radius} 0 1 0"
    drawing.shape(f"M{x - radius:.1f} {y:.1f}{half} {2 * radius} 0{half} -{2 * radius} 0z", Fill(fill, INK, 1.4))


def diamond(drawing: Drawing, x: float, y: float) -> None:
    drawing.shape(f"M{x:.1f} {y - 5.6:.1f}l5.6 5.6-5.6 5.6-5.6-5.6z", Fill(INK, INK, 0))


def triangle(drawing: Drawing, x: float, y: float) -> None:
    """Draw a triangle that points down to (x, y)."""
    drawing.shape(f"M{x:.1f} {y:.1f}l-4.4 -7.6h8.8z", Fill(PAPER, INK, 1.1))
