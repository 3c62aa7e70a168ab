"""The heat maps of custody visits: suites by weekday, and by time of day. Each field has its number; also as a
table.
"""

from recommendations.documents.formats.svg import INK, MUTED, PAPER, SMALL, Drawing, Fill
from recommendations.documents.papers.charts import Chart, ChartRow, ChartTable
from recommendations.domain.custody.coverage import TIMES, WEEKDAYS, SuiteCoverage

# From none to many: each step darker, with the number in it.
STEPS = (Fill(PAPER, MUTED, 1, "4 3"), Fill("#d9ecef", MUTED, 1), Fill("#8fc1cb", MUTED, 1), Fill("#0d3b46", INK, 1))
STEPS = (*STEPS[:3], STEPS[3]._replace(words=PAPER))
LEFT, TOP, HIGH = 170, 34, 34
SAYS_TIMES = "; ".join(time.replace(",", " is from", 1) for time in TIMES) + "."
LONGEST = 24  # letters of a suite's name in the drawing


type Counted = list[tuple[str, tuple[int, ...]]]  # a row: its head, and a number for each column


def coverage_charts(covered: list[SuiteCoverage]) -> list[Chart]:
    """The two heat maps of a period; without a drawing if there were no visits."""
    weekdays = [(each.name, each.weekdays) for each in covered]
    times = [(each.name, each.times) for each in covered]
    return [
        _chart("weekdays", "weekday", WEEKDAYS, tuple(day[:3] for day in WEEKDAYS), weekdays),
        _chart("times", "time of day", TIMES, tuple(time.partition(",")[0] for time in TIMES), times, SAYS_TIMES),
    ]


def _chart(key: str, by: str, heads: tuple[str, ...], short: tuple[str, ...], rows: Counted, note: str = "") -> Chart:
    caption = f"Visits by suite and {by}"
    total = tuple(sum(cells[place] for _, cells in rows) for place in range(len(heads)))
    table = ChartTable(caption, "Suite", short, tuple(ChartRow(*row) for row in rows), ChartRow("All suites", total))
    return Chart(
        key=key,
        heading=_heading(by, heads, total),
        note=f"A visit counts by when it began. {note}".strip(),
        drawing=_draw(caption, short, heads, rows) if any(total) else None,
        table=table,
        turned=False,
    )


def _heading(by: str, heads: tuple[str, ...], total: tuple[int, ...]) -> str:
    """The finding: when no one visited, or that every column has a visit."""
    if not any(total):
        return f"No visit by {by}"
    never = [head.partition(",")[0] for head, count in zip(heads, total, strict=True) if not count]
    if not never:
        return f"Visits on every {by}" if by == "weekday" else "Visits at every time of day"
    return f"No visit on {', '.join(never)}" if by == "weekday" else f"No visit by {', '.join(never).lower()}"


def _draw(caption: str, short: tuple[str, ...], heads: tuple[str, ...], rows: Counted) -> Drawing:
    told = "; ".join(f"{name}: {_counts_sentence(heads, cells)}" for name, cells in rows)
    desc = "A row for each suite. Each field holds its number of visits, and is darker the more there are."
    drawing = Drawing(f"{caption}. {told}.", desc)
    wide = (drawing.width - LEFT) / len(short)
    most = max(max(cells) for _, cells in rows)
    for place, words in enumerate(short):
        drawing.say(LEFT + wide * (place + 0.5), TOP - 12, words)
    for line, (name, cells) in enumerate(rows):
        y = TOP + HIGH * line
        shown = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
        drawing.say(0, y + HIGH / 2 + 4, shown, anchor="start", size=SMALL)
        for place, count in enumerate(cells):
            fill = STEPS[_step(count, most)]
            drawing.box(LEFT + wide * place + 1, y + 1, wide - 2, HIGH - 2, fill)
            drawing.number_in(LEFT + wide * place, y + HIGH / 2 + 5, wide, count, fill)
    drawing.height = TOP + HIGH * len(rows) + 4
    return drawing


def _step(count: int, most: int) -> int:
    """0 for none, then in three equal steps up to the maximum."""
    return -(-3 * count // most) if count else 0


def _counts_sentence(heads: tuple[str, ...], cells: tuple[int, ...]) -> str:
    return ", ".join(f"{head.partition(',')[0]} {count}" for head, count in zip(heads, cells, strict=True))
