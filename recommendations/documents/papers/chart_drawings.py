"""The drawings of the charts: positions of boxes, lines and words. Units are quarter millimetres on paper."""

import itertools

from recommendations.documents.formats.svg import INK, MUTED, PAPER, SMALL, Drawing, Fill
from recommendations.domain.papers.data.charts import AgeBand, Charts, ColourCount, KindColours, Quarter
from recommendations.enums import Rag

# Some of Rag: what is closed is in no chart.
FILLS: dict[str, Fill] = {
    Rag.RED: Fill("#8f1620", "#8f1620", 1, words=PAPER),
    Rag.AMBER: Fill("#ffdf9e", "#6b4a00", 1, hatch="#6b4a00"),
    Rag.GREEN: Fill(PAPER, "#176038"),
    Rag.GREY: Fill(PAPER, MUTED, 1.2, "4 3"),
}
# Some of Rag: what is closed is in no chart.
MEANT: dict[str, str] = {
    Rag.RED: "overdue",
    Rag.AMBER: "late forecast or no date",
    Rag.GREEN: "within date",
    Rag.GREY: "others’ or not accepted",
}
CAME, WENT = Fill(INK, INK, 1), Fill(PAPER, INK)
# The highest risk first, then "not assessed"; in black and white, never in a RAG colour.
RISKS = (Fill(INK, INK, 1), Fill(PAPER, INK, 1, hatch=INK), Fill(PAPER, INK), Fill(PAPER, MUTED, 1.2, "4 3"))
LETTER = 5.9  # approximate width of a letter at SMALL
WIDTH = 688

BARS_FROM, BARS_WIDE, BAR, PITCH = 150, 490, 38, 52
COLUMNS_FROM, COLUMN, COLUMN_BAR = 96, 74, 34
LINE_TOP, LINE_HIGH, MOVED_HIGH = 24, 66, 130
BAND, BAND_BAR, BAND_HIGH = 112, 66, 120


def draw_colours(kinds: tuple[KindColours, ...], title: str) -> Drawing:
    """A bar for each kind, from left to right red, amber, green, grey."""
    drawing = Drawing(title, "A bar for each kind. Red is solid, amber is hatched, green is outlined, grey is dashed.")
    top = _key(drawing, [(f"{each.word}: {MEANT[each.rag]}", FILLS[each.rag]) for each in kinds[0].colours]) + 14
    unit = BARS_WIDE / max(kind.open for kind in kinds)
    for place, kind in enumerate(kinds):
        y = top + place * PITCH
        drawing.say(BARS_FROM - 10, y + 24, kind.kind, anchor="end")
        x = _bar(drawing, kind.colours, BARS_FROM, y, unit)
        drawing.say(x + 9, y + 24, kind.open, anchor="start", weight=700, size=14)
    bottom = top + len(kinds) * PITCH - PITCH + BAR + 4
    drawing.line(BARS_FROM, top - 4, BARS_FROM, bottom)
    drawing.height = int(bottom + 4)
    return drawing


def _bar(drawing: Drawing, colours: tuple[ColourCount, ...], x: float, y: float, unit: float) -> float:
    """Draw the segments of a bar; returns the x where it ends."""
    for colour in colours:
        if colour.count:
            width, fill = colour.count * unit, FILLS[colour.rag]
            drawing.box(x, y, width, BAR, fill)
            drawing.number_in(x, y + 24, width, colour.count, fill)
            x += width
    return x


def _key(drawing: Drawing, entries: list[tuple[str, Fill]]) -> float:
    """Draw the legend, in as many lines as it needs; returns the y below it."""
    x, y = 2.0, 4.0
    for words, fill in entries:
        wide = 34 + LETTER * len(words)
        if x > 2 and x + wide > WIDTH:
            x, y = 2.0, y + 20
        drawing.box(x, y, 14, 12, fill)
        drawing.say(x + 20, y + 10.5, words, anchor="start", size=SMALL)
        x += wide
    return y + 12


def draw_quarters(quarters: tuple[Quarter, ...], title: str) -> Drawing:
    """A line for the number open, and below it bars: upwards for opened, downwards for closed."""
    drawing = Drawing(
        title, "A line for what was open. Under it black bars upwards for opened, white bars downwards for closed."
    )
    right = COLUMNS_FROM + COLUMN * len(quarters)
    _open_line(drawing, quarters, right)
    most_in, most_out = (max((getattr(each, name) for each in quarters), default=0) for name in ("opened", "closed"))
    unit = min(MOVED_HIGH / max(most_in + most_out, 1), 14)
    axis = LINE_TOP + LINE_HIGH + 34 + most_in * unit
    for place, quarter in enumerate(quarters):
        _draw_movement(drawing, quarter, _middle(place), axis, unit)
    drawing.say(COLUMNS_FROM - 12, axis - 8, "Opened", anchor="end")
    drawing.say(COLUMNS_FROM - 12, axis + 18, "Closed", anchor="end")
    drawing.line(COLUMNS_FROM, axis, right, axis)
    bottom = axis + most_out * unit + 34
    for place, quarter in enumerate(quarters):
        months, _, year = quarter.label.rpartition(" ")
        weight = 700 if place == len(quarters) - 1 else 400
        drawing.say(_middle(place), bottom, months, weight=weight)
        drawing.say(_middle(place), bottom + 15, year, size=SMALL, colour=MUTED)
    drawing.height = int(bottom + 22)
    return drawing


def _middle(place: int) -> float:
    return COLUMNS_FROM + COLUMN * (place + 0.5)


def _open_line(drawing: Drawing, quarters: tuple[Quarter, ...], right: float) -> None:
    """The number open at the end of each quarter, on an axis that starts at zero."""
    most = max((each.open for each in quarters), default=0) or 1
    base = LINE_TOP + LINE_HIGH
    drawing.line(COLUMNS_FROM, base, right, base, thickness=0.6, colour=MUTED)
    points = [(_middle(place), base - LINE_HIGH * each.open / most) for place, each in enumerate(quarters)]
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        drawing.line(x1, y1, x2, y2, thickness=1.8)
    for place, ((x, y), each) in enumerate(zip(points, quarters, strict=True)):
        last = place == len(quarters) - 1
        half = 4.5 if last else 3
        drawing.box(x - half, y - half, 2 * half, 2 * half, CAME)
        drawing.say(x, y - 10, each.open, weight=700 if last else 400, size=14.5 if last else 12.6)
    drawing.say(COLUMNS_FROM - 12, base - LINE_HIGH / 2, "Open at the", anchor="end")
    drawing.say(COLUMNS_FROM - 12, base - LINE_HIGH / 2 + 15, "last day", anchor="end")


def _draw_movement(drawing: Drawing, quarter: Quarter, x: float, axis: float, unit: float) -> None:
    left, up, down = x - COLUMN_BAR / 2, quarter.opened * unit, quarter.closed * unit
    if up:
        drawing.box(left, axis - up, COLUMN_BAR, up, CAME)
    if down:
        drawing.box(left, axis, COLUMN_BAR, down, WENT)
    drawing.say(x, axis - up - 6, quarter.opened)
    drawing.say(x, axis + down + 15, quarter.closed)


def draw_ages(ages: tuple[AgeBand, ...], title: str) -> Drawing:
    """A column for each age, with the overdue part solid at the bottom."""
    drawing = Drawing(title, "A column for each age. The overdue part is solid, the rest is outlined.")
    top = _key(drawing, [("Overdue", FILLS[Rag.RED]), ("Not overdue", WENT)]) + 34
    base = top + BAND_HIGH
    unit = BAND_HIGH / max(band.open for band in ages)
    for place, band in enumerate(ages):
        x = 8 + BAND * (place + 0.5)
        _column(drawing, band, x, base, unit)
        drawing.say(x, base + 20, band.label)
    drawing.line(8, base, 8 + BAND * len(ages), base)
    drawing.height = int(base + 28)
    return drawing


def draw_risks(charts: Charts, title: str) -> Drawing:
    """A column for each age, with the highest risk solid at the bottom."""
    fills = dict(zip((each.key for each in charts.risks), RISKS, strict=True))
    drawing = Drawing(title, "A column for each age. The highest risk is solid, at the bottom; the next is hatched.")
    top = _key(drawing, [(each.risk, fills[each.key]) for each in charts.risks]) + 34
    base = top + BAND_HIGH
    unit = BAND_HIGH / max(band.open for band in charts.ages)
    for place, band in enumerate(charts.ages):
        x, y = 8 + BAND * (place + 0.5), base
        for each in charts.risks:
            if high := each.counts[place] * unit:
                y -= high
                drawing.box(x - BAND_BAR / 2, y, BAND_BAR, high, fills[each.key])
        drawing.say(x, y - 8, band.open, weight=700, size=14)
        drawing.say(x, base + 20, band.label)
    drawing.line(8, base, 8 + BAND * len(charts.ages), base)
    drawing.height = int(base + 28)
    return drawing


def _column(drawing: Drawing, band: AgeBand, x: float, base: float, unit: float) -> None:
    left, high, red = x - BAND_BAR / 2, band.open * unit, band.overdue * unit
    if band.open > band.overdue:
        drawing.box(left, base - high, BAND_BAR, high - red, WENT)
    if red:
        drawing.box(left, base - red, BAND_BAR, red, FILLS[Rag.RED])
    drawing.say(x, base - high - 8, band.open, weight=700, size=14)
    if red >= 18:
        drawing.say(x, base - red / 2 + 5, band.overdue, weight=700, size=14, colour=PAPER)
    elif red:
        drawing.say(left - 8, base - 3, band.overdue, anchor="end", weight=700, size=14, colour=FILLS[Rag.RED].fill)
