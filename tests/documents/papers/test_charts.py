"""The charts of a paper: headings that say what the numbers say, drawings that need no colour, equal tables."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.template.loader import render_to_string

from recommendations.documents.formats.svg import hatching
from recommendations.documents.papers.chart_drawings import FILLS
from recommendations.documents.papers.charts import ages_heading, colours_heading, quarters_heading
from recommendations.domain.papers.data.charts import AgeBand, Charts, ColourCount, KindColours, Quarter
from recommendations.domain.papers.data.paper import Figures, Sum
from tests.documents.papers import samples
from tests.documents.papers.test_pdf import paper

KINDS = ("Recommendations", "In a cause of concern", "Areas for improvement")
LABELS = ("under 6 months", "6 to 12 months", "1 to 2 years", "2 to 3 years", "3 to 4 years", "4 years or more")


def colours(*rows: tuple[int, int, int, int]) -> Charts:
    """Charts with red, amber, green and grey of each kind."""
    words = ("red", "amber", "green", "grey")
    return Charts(
        by_colour=tuple(
            KindColours(
                kind=kind,
                colours=tuple(
                    ColourCount(rag=word, word=word.capitalize(), count=count)
                    for word, count in zip(words, row, strict=True)
                ),
            )
            for kind, row in zip(KINDS, rows, strict=True)
        )
    )


def quarter(opened: int, closed: int, still_open: int, label="Jul–Sep 2026") -> Quarter:
    day = date(2026, 9, 30)
    return Quarter(label=label, start=date(2026, 7, 1), end=day, opened=opened, closed=closed, open=still_open)


def ages(*rows: tuple[int, int]) -> tuple[AgeBand, ...]:
    """Bands of overdue and open."""
    return tuple(
        AgeBand(label=label, overdue=red, open=count) for label, (red, count) in zip(LABELS, rows, strict=True)
    )


def drawn(figures: Figures) -> list[str]:
    charts = paper(figures).charts
    return [
        render_to_string("documents/papers/drawing.html", {"drawing": chart.drawing}) if chart.drawing else ""
        for chart in charts
    ]


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        (((6, 8, 22, 4), (2, 2, 1, 0), (2, 5, 8, 0)), "10 of 60 open are overdue; causes of concern: 2 of 5"),
        (((0, 1, 0, 0), (0, 0, 0, 0), (3, 0, 0, 0)), "3 of 4 open are overdue; areas for improvement: 3 of 3"),
        (((0, 9, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0)), "1 of 10 open is overdue"),
        (((2, 0, 2, 0), (0, 0, 0, 0), (0, 0, 0, 0)), "2 of 4 open are overdue"),
        (((0, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)), "None of 1 open is overdue"),
        (((0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)), "Nothing is open on 30 September 2026"),
    ],
)
def test_the_first_heading(rows, heading):
    assert colours_heading(colours(*rows), "30 September 2026", format=4) == heading


def test_papers_up_to_format_3_keep_their_heading():
    said = colours_heading(colours((6, 8, 22, 4), (2, 2, 1, 0), (2, 5, 8, 0)), "30 September 2026", format=3)
    assert said == "10 of 60 open are overdue; in a cause of concern, 2 of 5"


@pytest.mark.parametrize(
    ("quarters", "heading"),
    [
        (((0, 0, 64), (10, 14, 60)), "14 closed and 10 opened in the last three months: 60 open, 4 fewer than before"),
        (((0, 0, 4), (3, 0, 7)), "0 closed and 3 opened in the last three months: 7 open, 3 more than before"),
        (((0, 0, 4), (1, 1, 4)), "1 closed and 1 opened in the last three months: 4 open, as many as before"),
        (((5, 1, 4),), "1 closed and 5 opened in the last three months, since tracking began: 4 open"),
    ],
)
def test_the_second_heading(quarters, heading):
    assert quarters_heading(tuple(quarter(*each) for each in quarters)) == heading


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        (((0, 9), (1, 9), (1, 16), (3, 16), (4, 7), (1, 3)), "8 of 10 overdue come"),
        (((0, 1), (0, 0), (0, 0), (1, 1), (0, 0), (0, 0)), "1 of 1 overdue comes"),
        (((2, 2), (0, 0), (0, 0), (0, 1), (0, 0), (0, 0)), "None of 2 overdue comes"),
        (((0, 2), (0, 0), (0, 0), (0, 0), (0, 1), (0, 2)), "3 of 5 open come"),
    ],
)
def test_the_third_heading(rows, heading):
    assert ages_heading(ages(*rows), "x") == f"{heading} from reports that are two years old or older"


def test_nothing_open_has_no_age():
    words = ages_heading(ages(*[(0, 0)] * 6), "30 September 2026")
    assert words == "Nothing is open on 30 September 2026, of any age"


def test_each_table_has_the_numbers_and_adds_up():
    colour, moved, age = (chart.table for chart in paper(samples.figures(100)).charts)
    assert colour.heads == ("Red", "Amber", "Green", "Grey", "Open")
    assert [tuple(row) for row in colour.rows] == [
        ("Recommendations", (19, 20, 20, 20, 79)),
        ("In a cause of concern", (0, 0, 0, 0, 0)),
        ("Areas for improvement", (1, 0, 0, 0, 1)),
    ]
    assert tuple(colour.total) == ("All", (20, 20, 20, 20, 80))
    assert moved.heads[-1] == "Jul–Sep 2026"
    assert [row.cells[-1] for row in moved.rows] == [10, 20, 80]
    assert [row.head for row in moved.rows] == ["Opened", "Closed", "Open"]
    assert age.total.cells[-1] == 80
    assert [tuple(row) for row in moved.columns][-1] == ("Jul–Sep 2026", (10, 20, 80))


def test_each_drawing_says_all_its_numbers_in_words():
    first, second, third = drawn(samples.figures(12))
    title = "Open on 30 September 2026, by kind and RAG. Recommendations: 2 red, 3 amber, 2 green, 2 grey, 9 open; "
    title += "In a cause of concern: none; Areas for improvement: 1 green, 1 open."
    assert f"<title>{title}</title><desc>A bar for each kind." in first
    assert "Jul–Sep 2026: 1 opened, 2 closed, 10 open.</title>" in second
    assert "under 6 months: 2 open, " in third
    for svg in (first, second, third):
        assert svg.count("<title>") == svg.count("<desc>") == svg.count('role="img"') == 1


def test_a_drawing_needs_no_colour():
    """Of four parts one is solid, one hatched, one has a whole edge and one a broken one; numbers stand on white."""
    red, amber, green, grey = (FILLS[rag] for rag in ("red", "amber", "green", "grey"))
    assert (red.fill, red.words) == ("#8f1620", "#fff")
    assert [bool(each.hatch) for each in (red, amber, green, grey)] == [False, True, False, False]
    assert [bool(each.dashes) for each in (red, amber, green, grey)] == [False, False, False, True]
    first = drawn(samples.figures(100))[0]
    assert first.count("stroke-dasharray") == 2  # the key and the one bar


def test_the_hatching_stays_in_its_box():
    numbers = [tuple(map(float, point)) for point in re.findall(r"[ML]([\d.]+) ([\d.]+)", hatching(10, 20, 50, 38))]
    assert numbers[:2] == [(10, 23), (13, 20)]
    assert len(numbers) == 30
    assert all(10 <= x <= 60 and 20 <= y <= 58 for x, y in numbers)


def test_no_style_is_inline():
    assert [svg for svg in drawn(samples.figures(12)) if "style" in svg] == []


def test_a_number_without_room_is_left_to_the_table():
    figures = samples.figures(500)
    first = drawn(figures)[0]
    assert ">1</text>" in first  # the total of the only area for improvement
    assert first.count(">1</text>") == 1


def test_nothing_open_draws_no_bars():
    figures = samples.figures(12)
    charts = replace(figures.charts, by_colour=colours(*[(0, 0, 0, 0)] * 3).by_colour, ages=ages(*[(0, 0)] * 6))
    shown = paper(replace(figures, charts=charts)).charts
    assert [chart.drawing is None for chart in shown] == [True, False, True]


def test_fewer_quarters_say_when_tracking_began():
    figures = samples.figures(12)
    charts = replace(figures.charts, quarters=figures.charts.quarters[-2:], since=date(2026, 4, 9))
    chart = paper(replace(figures, charts=charts)).charts[1]
    assert chart.note.startswith("Tracking began on 9 April 2026. ")
    assert len(chart.table.heads) == 2


def test_three_months_that_are_no_quarter_are_not_called_one():
    figures = samples.figures(12)
    last = Quarter(label="to 15 Sep 2026", start=date(2026, 6, 16), end=date(2026, 9, 15), opened=1, closed=0, open=10)
    chart = paper(replace(figures, charts=replace(figures.charts, quarters=(last,)))).charts[1]
    assert chart.table.corner == "Three months"
    assert chart.table.caption.endswith("every three months")


def test_a_paper_of_before_or_of_nothing_has_no_charts():
    assert paper(replace(samples.figures(12), charts=None)).charts == []
    assert paper(samples.empty_figures()).charts == []
    assert samples.empty_figures().sum == Sum()


def test_the_contents_name_what_is_printed():
    html = render_to_string("documents/papers/paper.html", {"document": paper(samples.figures(12))})
    named = [heading.anchor for heading in paper(samples.figures(12)).contents]
    assert named == [anchor for anchor in re.findall(r'<h2[^>]* id="([\w-]+)"', html) if anchor in named]
    assert [anchor for anchor in named if f'id="{anchor}"' not in html] == []
    assert named[:2] == ["worst", "charts"]


def test_the_contents_of_a_paper_of_before():
    old = replace(samples.figures(12), charts=None, front=None, said_of_force=None, commitments=())
    html = render_to_string("documents/papers/paper.html", {"document": paper(old)})
    named = [heading.anchor for heading in paper(old).contents]
    assert named[0] == "overdue"
    assert [anchor for anchor in named if html.count(f'id="{anchor}"') != 1] == []
    assert "Three charts" not in html
