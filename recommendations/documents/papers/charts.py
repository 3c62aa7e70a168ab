"""The scrutiny report's charts: a heading that states the finding, the drawing, and the numbers as a table.
Colour is never alone: red is solid, amber hatched, green outlined, grey dashed, and all numbers are in the text too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from recommendations.documents.formats.svg import Drawing
from recommendations.documents.papers.chart_drawings import draw_ages, draw_colours, draw_quarters, draw_risks
from recommendations.domain.papers.data.charts import AgeBand, Charts, KindColours, Quarter
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.rag import OVERDUE
from recommendations.periods import Period, say

OLD = 3  # index of the first age band of two years or more
QUARTERS = 8
FEW = 2  # a kind with fewer overdue is not named in a heading: "1 of 1" says little
IN_A_CAUSE = "in a cause of concern"
MORE = 1.25  # and only if its share exceeds the overall share by this factor
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six")


class ChartRow(NamedTuple):
    head: str
    cells: tuple[int, ...]


class ChartTable(NamedTuple):
    """`total` is the last line, the sum of the others, or None if they are not added up."""

    caption: str
    corner: str
    heads: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    total: ChartRow | None

    @property
    def lines(self) -> tuple[ChartRow, ...]:
        """All lines, including the total."""
        return (*self.rows, *([self.total] if self.total else []))

    @property
    def columns(self) -> tuple[ChartRow, ...]:
        """The table transposed: each head with the values below it."""
        return tuple(
            ChartRow(head, tuple(line.cells[place] for line in self.lines)) for place, head in enumerate(self.heads)
        )


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart. `drawing` is None if there is nothing to draw, which `heading` then says.
    `remark` is the office's own; `turned` says whether a narrow page shows the table transposed.
    """

    key: str
    heading: str
    note: str
    drawing: Drawing | None
    table: ChartTable
    remark: str = ""
    turned: bool = True


class ChartPages:
    """The charts pages of `figures`."""

    figures: Figures

    @property
    def charts(self) -> list[Chart]:
        """The charts, or [] if the paper has none."""
        return charts_of_paper(self.figures)

    @property
    def charts_heading(self) -> str:
        """ "Three charts"."""
        return f"{NUMBERS[len(self.charts)]} charts"


def charts_of_paper(figures: Figures) -> list[Chart]:
    """The charts with the office's remarks; [] for papers older than charts, or if there is nothing to draw."""
    if figures.charts is None or figures.is_empty:
        return []
    day = say(figures.period_end)
    charts = [_colours(figures, figures.charts, day), _quarters(figures, figures.charts), _ages(figures.charts, day)]
    if figures.charts.risks and (figures.format < 4 or figures.charts.is_mostly_assessed):
        charts.append(_risks(figures.charts, day))
    return [replace(chart, remark=getattr(figures.front, f"remark_{chart.key}", "")) for chart in charts]


def _colours(figures: Figures, charts: Charts, day: str) -> Chart:
    words = [colour.word for colour in charts.by_colour[0].colours]
    rows = tuple(
        ChartRow(kind.kind, (*(colour.count for colour in kind.colours), kind.open)) for kind in charts.by_colour
    )
    caption = f"Open on {day}, by kind and RAG"
    return Chart(
        key="colours",
        heading=colours_heading(charts, day, figures.format),
        note="",
        drawing=draw_colours(charts.by_colour, f"{caption}. {_counts_sentence(rows, [*words, 'open'])}")
        if charts.open
        else None,
        table=ChartTable(caption, "Kind", (*words, "Open"), rows, _total(rows)),
        turned=False,
    )


def colours_heading(charts: Charts, day: str, format: int) -> str:
    """ "10 of 60 open are overdue; causes of concern: 2 of 5"."""
    if not charts.open:
        return f"Nothing is open on {day}"
    red = charts.of(OVERDUE)
    if not red:
        return f"None of {charts.open} open is overdue"
    worst = max(charts.by_colour, key=_share)
    first = f"{red} of {charts.open} open {'is' if red == 1 else 'are'} overdue"
    if worst.of(OVERDUE) < FEW or _share(worst) < MORE * red / charts.open:
        return first
    place, counted = worst.kind[:1].lower() + worst.kind[1:], f"{worst.of(OVERDUE)} of {worst.open}"
    if format > 3:
        return f"{first}; {place.replace(IN_A_CAUSE, 'causes of concern')}: {counted}"
    return f"{first}; {place if place == IN_A_CAUSE else f'of {place}'}, {counted}"


def _share(kind: KindColours) -> float:
    return kind.of(OVERDUE) / kind.open if kind.open else 0


def _quarters(figures: Figures, charts: Charts) -> Chart:
    quarters = charts.quarters
    heads = tuple(quarter.label for quarter in quarters)
    rows = tuple(
        ChartRow(name.capitalize(), tuple(getattr(quarter, name) for quarter in quarters))
        for name in ("opened", "closed", "open")
    )
    by = "by quarter" if all(Period(each.start, each.end).is_quarter for each in quarters) else "every three months"
    caption = f"Opened (new and reopened), closed (also superseded or withdrawn) and open at the end, {by}"
    told = "; ".join(f"{each.label}: {each.opened} opened, {each.closed} closed, {each.open} open" for each in quarters)
    return Chart(
        key="quarters",
        heading=quarters_heading(quarters),
        note=" ".join(_quarters_notes(charts, figures.format)),
        drawing=draw_quarters(quarters, f"{caption}. {told}."),
        table=ChartTable(caption, "Quarter" if by == "by quarter" else "Three months", heads, rows, None),
    )


def quarters_heading(quarters: tuple[Quarter, ...]) -> str:
    """ "14 closed and 10 opened in the last three months: 60 open, 4 fewer than before"."""
    last = quarters[-1]
    moved = f"{last.closed} closed and {last.opened} opened in the last three months"
    if len(quarters) == 1:
        return f"{moved}, since tracking began: {last.open} open"
    before = quarters[-2].open
    if before == last.open:
        return f"{moved}: {last.open} open, as many as before"
    change = f"{abs(last.open - before)} {'more' if last.open > before else 'fewer'}"
    return f"{moved}: {last.open} open, {change} than before"


def _quarters_notes(charts: Charts, format: int) -> Iterator[str]:
    if len(charts.quarters) < QUARTERS and charts.since:
        yield f"Tracking began on {say(charts.since)}."
    late = "added late from older reports" if format > 3 else "recorded late"
    yield f"What was {late} counts in the months in which it happened, so an earlier paper may say otherwise."


def _ages(charts: Charts, day: str) -> Chart:
    heads = (*(band.label for band in charts.ages), "All")
    named = {
        "Overdue": [band.overdue for band in charts.ages],
        "Not overdue": [band.open - band.overdue for band in charts.ages],
    }
    rows = tuple(ChartRow(name, (*cells, sum(cells))) for name, cells in named.items())
    caption = f"Open on {day}, by age of the report"
    told = "; ".join(f"{band.label}: {band.open} open, {band.overdue} of them overdue" for band in charts.ages)
    return Chart(
        key="ages",
        heading=ages_heading(charts.ages, day),
        note="",
        drawing=draw_ages(charts.ages, f"{caption}. {told}.") if charts.open else None,
        table=ChartTable(caption, "Age", heads, rows, ChartRow("Open", _total(rows).cells)),
    )


def _risks(charts: Charts, day: str) -> Chart:
    rows = tuple(ChartRow(each.risk, (*each.counts, sum(each.counts))) for each in charts.risks)
    caption = f"Open on {day}, by risk and age of the report"
    told = "; ".join(
        f"{band.label}: {', '.join(f'{each.counts[place]} {in_sentence(each.risk)}' for each in charts.risks)}"
        for place, band in enumerate(charts.ages)
    )
    return Chart(
        key="risks",
        heading=risks_heading(charts),
        note="",
        drawing=draw_risks(charts, f"{caption}. {told}.") if charts.open else None,
        table=ChartTable(caption, "Risk", (*(band.label for band in charts.ages), "All"), rows, _total(rows)),
    )


def risks_heading(charts: Charts) -> str:
    """ "9 of 27 of high risk come from reports that are two years old or older"."""
    high = charts.risks[0]
    old, all_of = sum(high.counts[OLD:]), sum(high.counts)
    if not all_of:
        return f"Nothing open is of {in_sentence(high.risk)} risk"
    come = "comes" if old <= 1 else "come"
    words = f"{old or 'None'} of {all_of} of {in_sentence(high.risk)} risk {come} from reports"
    return f"{words} that are two years old or older"


def ages_heading(ages: tuple[AgeBand, ...], day: str) -> str:
    """ "8 of 10 overdue come from reports that are two years old or older"."""
    overdue, still_open = sum(band.overdue for band in ages), sum(band.open for band in ages)
    if not still_open:
        return f"Nothing is open on {day}, of any age"
    if overdue:
        old, of = sum(band.overdue for band in ages[OLD:]), f"{overdue} overdue"
    else:
        old, of = sum(band.open for band in ages[OLD:]), f"{still_open} open"
    return f"{old or 'None'} of {of} {'comes' if old <= 1 else 'come'} from reports that are two years old or older"


def _total(rows: tuple[ChartRow, ...]) -> ChartRow:
    return ChartRow("All", tuple(sum(cells) for cells in zip(*(row.cells for row in rows), strict=True)))


def _counts_sentence(rows: tuple[ChartRow, ...], words: list[str]) -> str:
    """ "Recommendations: 6 red, 8 amber, 40 open; …", without zeros."""
    told = []
    for row in rows:
        counts = [f"{count} {word.lower()}" for count, word in zip(row.cells, words, strict=True) if count]
        told.append(f"{row.head}: {', '.join(counts) or 'none'}")
    return "; ".join(told) + "."
