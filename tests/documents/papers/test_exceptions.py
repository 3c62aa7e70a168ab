"""What is overdue, item by item: its facts, its strip of time, its plan, the office's view; what became of it."""

import dataclasses
import datetime

from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser

from recommendations.documents.formats.letter_widths import width_of
from recommendations.documents.papers.document import ScrutinyPaper, scrutiny_paper
from recommendations.documents.papers.time_strips import LEFT, RIGHT, YEARS, axis_of, draw_strip
from recommendations.documents.papers.web_edition import paper_page
from recommendations.domain.papers.data.lines import LabelledCount, Overdue, PaperDeadline, WasOverdue
from recommendations.domain.papers.data.paper import Figures, Sum, ThenAndNow
from tests.documents.papers import samples

DAY = datetime.date(2026, 9, 30)
LINE = {"reference": "WM-0003", "heading": "Test bells (19).", "label": "Recommendation 3", "inspection": "Custody 26"}
ITEM = Overdue(
    **LINE,
    deadline=PaperDeadline(words="within a year", kind="relative", on=datetime.date(2025, 3, 9)),
    counts_from=datetime.date(2025, 3, 9),
    days_over=570,
    first_target_on=datetime.date(2025, 3, 1),
    target_on=datetime.date(2026, 3, 1),
    forecast_on=datetime.date(2027, 1, 31),
    times_moved=1,
    why_moved="The supplier withdrew",
    lead="ACC Crime",
    assurance="Not assured",
    assurance_on=datetime.date(2026, 9, 1),
    recovery="Two of four suites are done",
    recovery_on=datetime.date(2026, 9, 9),
    published_on=datetime.date(2024, 3, 9),
    targets=(datetime.date(2025, 3, 1), datetime.date(2026, 3, 1)),
    assurance_words="Nobody has tried the bells since.",
)


def paper(**facts) -> ScrutinyPaper:
    figures = dataclasses.replace(samples.figures(5), **facts)
    return scrutiny_paper(figures, author="Hannah Whitlock", created_at=samples.KNOWN_AT)


def shown(document: ScrutinyPaper) -> LexborHTMLParser:
    return LexborHTMLParser(render_to_string("documents/papers/whole.html", {"document": document}))


def texts(html: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in html.css(selector)]


def test_an_item_says_how_long_why_the_plan_and_what_the_office_thinks():
    html = shown(paper(overdue=(ITEM,)))
    assert texts(html, ".over h3") == ["WM-0003 Test bells (19). Grey p."]
    assert texts(html, ".over p") == [
        "Custody 26, Recommendation 3. 570 days over. HMICFRS’s deadline: 9 Mar 2025 (“within a year”); first target "
        "1 Mar 2025, now 1 Mar 2026, moved once; forecast 31 Jan 2027. ACC Crime.",
        "Why, and recovery plan. The supplier withdrew. Forecast 31 Jan 2027. Two of four suites are done (9 Sep 2026)",
        "Not assured, 1 Sep 2026. Nobody has tried the bells since.",
    ]


def test_an_item_of_the_register_has_its_colour_and_the_page_of_its_entry():
    entry = samples.figures(5).overdue[0]
    leads = [f"#{entry.reference.lower()}"]
    document = paper(overdue=(entry,))
    page = paper_page(document, number=1, spreadsheet_url="/x", csv_url="/c")
    for each, link in (
        (document, "h3 a.at"),
        (page, ".facts a.pg"),
        (paper(overdue=(entry,), format=3), ".facts a.pg"),
    ):
        html = shown(each)
        assert texts(html, ".over h3 .rag") == ["Red"]
        assert [found.attributes["href"] for found in html.css(f".over {link}")] == leads
        assert len(html.css(".over a")) == 1


def test_a_strip_says_its_days_in_words():
    titles = texts(shown(paper(overdue=(ITEM,))), ".over title")
    assert titles == [
        "WM-0003: report published 9 Mar 2024; counts from 9 Mar 2025; targets 1 Mar 2025, 1 Mar 2026; the period ends "
        "30 Sep 2026; forecast 31 Jan 2027."
    ]


def test_all_strips_have_the_same_days_from_the_first_to_the_last():
    other = dataclasses.replace(ITEM, published_on=datetime.date(2010, 1, 1), forecast_on=None)
    axis = axis_of([ITEM, other], DAY)
    assert (axis.first, axis.last) == (datetime.date(2010, 1, 1), datetime.date(2027, 1, 31))
    assert (axis.x(axis.first), axis.x(axis.last)) == (LEFT, RIGHT)
    assert len(draw_strip(ITEM, axis).words) <= YEARS


def test_nothing_but_the_end_gives_a_strip_too():
    bare = Overdue(**LINE)
    axis = axis_of([bare], DAY)
    assert (axis.first, axis.last) == (DAY, DAY)
    assert draw_strip(dataclasses.replace(bare, published_on=DAY), axis).height > 0


def test_what_became_of_each_stands_in_a_table_and_what_is_restricted_now_is_only_counted():
    became = WasOverdue(**LINE, became="Closed, implemented", words="31 July 2026. HMICFRS agrees.", group="Closed")
    counted = tuple(LabelledCount(label=label, count=1) for label in ("Closed", "Left the paper"))
    then = ThenAndNow(open_then=4, open_now=4, overdue_then=2, overdue_now=1)
    html = shown(paper(was_overdue=(became,), last_overdue=counted, then_and_now=then))
    assert texts(html, ".became .grp") == ["Closed: 1"]
    assert texts(html, ".four table")[2] == "Last time’s overdue Closed1 Left the paper1 Overdue on 30 June2"
    assert texts(html, ".became tbody td:last-child") == ["Closed, implemented: 31 July 2026. HMICFRS agrees."]
    assert texts(html, ".became > p") == ["Overdue on 30 June 2026: 2. Still overdue: 0. 1 moved to the closed paper."]


def test_nothing_overdue_now_or_then_has_no_part_of_its_own():
    html = shown(paper(overdue=(), was_overdue=()))
    assert texts(html, "#overdue, #became, .find a[href='#overdue']") == []


def test_a_paper_of_format_1_has_its_table_and_neither_strips_nor_terms():
    kept = samples.figures(40).to_json()
    for name in ("format", "overdue_change", "was_overdue"):
        del kept[name]
    document = scrutiny_paper(Figures.from_json(kept), author="Hannah Whitlock", created_at=samples.KNOWN_AT)
    html = shown(document)
    assert len(html.css("table.overdue tbody tr")) == len(document.figures.overdue)
    assert texts(html, ".over, .became") == []
    assert [row.words for row in document.changes] == ["4 fewer", "2 fewer"]


def test_page_1_says_what_made_each_change():
    assert [row.words for row in paper().changes] == ["no change: 1 reopened, 1 closed", "2 fewer: 2 closed"]


def test_of_many_terms_page_1_says_how_many_came_and_left():
    document = paper(sum=Sum(opening=4, new=3, reopened=1, closed=2, superseded=1, closing=5))
    assert document.open_change_words == "4 came in, 3 left"


def test_on_paper_each_text_of_a_drawing_begins_where_it_stands_and_in_a_browser_it_is_anchored():
    document = paper(overdue=(ITEM,))
    printed = shown(document)
    page = shown(paper_page(document, number=1, spreadsheet_url="/x", csv_url="/c"))
    assert len(printed.css("text")) == len(page.css("text"))
    assert [node for node in printed.css("text") if "text-anchor" in node.attributes] == []
    assert {node.attributes["text-anchor"] for node in page.css("text")} == {"start", "middle", "end"}
    words = next(each for each in document.charts[0].drawing.words if each.anchor == "end")
    assert float(words.left) == round(float(words.x) - width_of(words.words, words.size), 1)
