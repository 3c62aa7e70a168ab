"""The chart of a panel's attendance: a column for each quarter, and the numbers as a table."""

import datetime

from recommendations.documents.formats.svg import INK, MUTED, PAPER, SMALL, Drawing, Fill
from recommendations.documents.papers.charts import Chart, ChartRow, ChartTable
from recommendations.domain.panels.attendance_rates import AttendanceFigure, MeetingRow, attendance_of
from recommendations.periods import Period, recent_quarters

QUARTERS = 6
DECIDED = Fill(INK, INK, 1, words=PAPER)
THERE = Fill("#ffdf9e", "#6b4a00", 1, hatch="#6b4a00")
MISSING = Fill(PAPER, INK)
LEFT, WIDE, BAR, HIGH, TOP = 8, 110, 62, 96, 40


def attendance_chart(meetings: list[MeetingRow], today: datetime.date) -> Chart:
    """The force's attendance at a panel's meetings in the last quarters, the current one last."""
    quarters = recent_quarters(today, QUARTERS)[::-1]
    figures = [(_label(quarter), attendance_of(meetings, quarter)) for quarter in quarters]
    held = sum(figure.held for _, figure in figures)
    there = sum(figure.represented for _, figure in figures)
    caption = "Meetings held, and with the force represented, by quarter"
    told = "; ".join(
        f"{label}: {each.held} held, {each.represented} with the force, {each.by_decision_maker} with a decision maker"
        for label, each in figures
    )
    return Chart(
        key="attendance",
        heading=f"The force was at {there} of {held} meetings since {figures[0][0]}" if held else "No meeting recorded",
        note="The running quarter is counted up to today.",
        drawing=draw_attendance(figures, f"{caption}. {told}.") if held else None,
        table=_table(figures, caption),
    )


def _label(quarter: Period) -> str:
    """ "Jul–Sep 2026"."""
    return f"{quarter.start:%b}–{quarter.end:%b %Y}"


def _table(figures: list[tuple[str, AttendanceFigure]], caption: str) -> ChartTable:
    names = {"Held": "held", "Represented": "represented", "By a decision maker": "by_decision_maker"}
    rows = tuple(ChartRow(head, tuple(getattr(each, name) for _, each in figures)) for head, name in names.items())
    return ChartTable(caption, "Quarter", tuple(label for label, _ in figures), rows, None)


def draw_attendance(figures: list[tuple[str, AttendanceFigure]], title: str) -> Drawing:
    """A column for each quarter: solid with a decision maker, hatched with someone else, outlined without the force."""
    desc = "A column for each quarter. With a decision maker is solid, with someone else hatched, without outlined."
    drawing = Drawing(title, desc)
    for left, words, fill in (
        (2, "Decision maker", DECIDED),
        (140, "Someone else", THERE),
        (270, "Not there", MISSING),
    ):
        drawing.box(left, 4, 14, 12, fill)
        drawing.say(left + 20, 14.5, words, anchor="start", size=SMALL)
    unit, base = HIGH / max(each.held for _, each in figures), TOP + HIGH
    for place, (label, figure) in enumerate(figures):
        x = LEFT + WIDE * (place + 0.5)
        _column(drawing, figure, x, base, unit)
        months, _, year = label.rpartition(" ")
        drawing.say(x, base + 18, months)
        drawing.say(x, base + 33, year, size=SMALL, colour=MUTED)
    drawing.line(LEFT, base, LEFT + WIDE * len(figures), base)
    drawing.height = int(base + 40)
    return drawing


def _column(drawing: Drawing, figure: AttendanceFigure, x: float, base: float, unit: float) -> None:
    parts = (
        (figure.by_decision_maker, DECIDED),
        (figure.represented - figure.by_decision_maker, THERE),
        (figure.held - figure.represented, MISSING),
    )
    y: float = base
    for count, fill in parts:
        if count:
            y -= count * unit
            drawing.box(x - BAR / 2, y, BAR, count * unit, fill)
            drawing.number_in(x - BAR / 2, y + count * unit / 2 + 5, BAR, count, fill)
    if not figure.held:
        drawing.say(x, base - 6, "none", size=SMALL, colour=MUTED)
