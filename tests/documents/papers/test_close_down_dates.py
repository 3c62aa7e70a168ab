"""The items of a paper with their close-down dates: by number, but in format 3 by when they are to close."""

import dataclasses
import datetime
import re

import pytest
from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser

from recommendations.documents.papers.close_down_dates import (
    DATES_HEADING,
    close_down,
    counts_from,
    dated_item,
    number_sort_key,
)
from recommendations.documents.papers.document import ScrutinyPaper, scrutiny_paper
from recommendations.documents.papers.register_files import CSV, register_files, register_of
from recommendations.documents.papers.web_edition import ENTRIES, paper_page
from recommendations.domain.papers.data.lines import PaperDeadline, RegisterEntry
from recommendations.domain.papers.data.paper import FORMAT, Figures
from tests.documents.papers import samples

DAY, LATER = datetime.date(2026, 9, 30), datetime.date(2027, 2, 5)
IMMEDIATE = PaperDeadline(words="immediately", kind="immediate", on=DAY)
GONE = DAY - datetime.timedelta(days=1)
CLOSED = {"rag": "blue", "closed_on": DAY, "counts_from": DAY, "close_down_on": LATER}
OTHERS = {"rag": "grey", "rag_reason": "directed to others"}


def entry(reference: str = "WM-0001", **facts) -> RegisterEntry:
    return RegisterEntry(reference=reference, heading="h", label="Recommendation 1", inspection="i", text="t", **facts)


def paper(figures: Figures) -> ScrutinyPaper:
    return scrutiny_paper(figures, author="Hannah Whitlock", created_at=samples.KNOWN_AT)


def paper_of(*entries: RegisterEntry, format: int = FORMAT) -> ScrutinyPaper:
    figures = dataclasses.replace(samples.figures(5), format=format)
    part = dataclasses.replace(figures.register[0], entries=entries)
    total = dataclasses.replace(figures.sum, closing=sum(not entry.closed_on for entry in entries))
    return paper(dataclasses.replace(figures, register=(part,), sum=total))


def before(figures: Figures) -> Figures:
    """The figures as a paper kept them that was finalised before papers had the list."""
    kept = figures.to_json()
    kept.pop("has_dates")
    for each in (each for part in kept["register"] for each in part["entries"]):
        del each["counts_from"], each["close_down_on"]
    return Figures.from_json(kept)


def as_html(document: ScrutinyPaper) -> str:
    return render_to_string(document.template, {"document": document})


def table(document: ScrutinyPaper) -> list[list[str]]:
    rows = LexborHTMLParser(as_html(document)).css("table.dates tr")
    return [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in rows]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"rag": "green", "counts_from": DAY, "close_down_on": LATER}, ("30 Sep 2026", "5 Feb 2027", False)),
        ({"rag": "green", "counts_from": DAY, "close_down_on": DAY}, ("30 Sep 2026", "30 Sep 2026", False)),
        ({"rag": "red", "counts_from": GONE, "close_down_on": GONE}, ("29 Sep 2026", "29 Sep 2026, passed", True)),
        (OTHERS | {"counts_from": GONE, "close_down_on": GONE}, ("29 Sep 2026", "29 Sep 2026, passed", False)),
        ({"rag": "amber"}, ("none", "none given", True)),
        ({"rag": "red", "deadline": IMMEDIATE}, ("immediate", "none given", True)),
        ({"rag": "red", "deadline": IMMEDIATE, "close_down_on": LATER}, ("immediate", "5 Feb 2027", False)),
        (CLOSED, ("not counted", "closed 30 Sep 2026", False)),
        (OTHERS, ("none", "directed to others", False)),
        (OTHERS | {"close_down_on": LATER}, ("none", "5 Feb 2027", False)),
        ({"rag": "grey", "rag_reason": "not accepted", "counts_from": DAY}, ("30 Sep 2026", "not accepted", False)),
    ],
)
def test_the_two_dates_in_words(facts, words):
    said = entry(**facts)
    item = dated_item(said, DAY)
    assert (item.counts_from, item.close_down, item.marked) == words
    assert (counts_from(said), close_down(said, DAY)) == words[:2]


def test_numbers_are_in_the_order_in_which_people_count():
    references = ["WM-10", "WM-9", "7.10", "7.2", "4", "EV-0001", "AFI 11", "AFI 2"]
    in_order = ["4", "7.2", "7.10", "AFI 2", "AFI 11", "EV-0001", "WM-9", "WM-10"]
    assert sorted(references, key=number_sort_key) == in_order


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([entry(**CLOSED)], "Nothing is open."),
        ([entry(close_down_on=DAY), entry(**CLOSED)], "1 open item has one."),
        ([entry(close_down_on=DAY), entry(close_down_on=LATER)], "2 open items have one."),
        ([entry(rag="amber")], "1 item is open: 1 has none."),
        (
            [entry(close_down_on=DAY), entry(close_down_on=GONE)],
            "2 items are open: 1 has one; 1 has one that has passed.",
        ),
        (
            [
                entry(close_down_on=DAY),
                *[entry(rag="amber")] * 2,
                entry(rag="red", deadline=IMMEDIATE),
                entry(**OTHERS),
            ],
            "5 items are open: 1 has one; 2 have none; 1 is immediate and has none; "
            "1 is not the force’s to do and has none.",
        ),
    ],
)
def test_the_paper_says_how_many_have_one_and_claims_no_more(entries, words):
    assert paper_of(*entries).dates_words == words


def test_the_list_has_each_item_once_by_number():
    figures = samples.figures(14)
    parts = tuple(reversed(figures.register))
    rows = table(paper(dataclasses.replace(figures, register=parts, format=2)))
    assert rows[0] == ["Number", "Item", "RAG", "Counts from", "Close-down date", "Page"]
    assert [row[0] for row in rows[1:]] == [f"WM-{number:04}" for number in range(1, 15)]
    assert rows[1] == ["WM-0001", samples.HEADINGS[1], "Amber", "1 Feb 2025", "19 Oct 2025, passed", "p."]


def test_an_entry_of_the_register_says_its_date_and_a_closed_one_says_none():
    html = as_html(paper_of(entry("WM-1", close_down_on=LATER), entry("WM-2", rag="amber"), entry("WM-3", **CLOSED)))
    assert re.findall(r"<b>(Close-down date: .*?)</b>", html) == [
        "Close-down date: 5 Feb 2027.",
        "Close-down date: none given.",
    ]


def test_page_1_and_the_contents_lead_to_it():
    html = LexborHTMLParser(as_html(paper(samples.figures(5))))
    leads = [link.text() for link in html.css('a[href="#dates"]')]
    assert leads == ["every item’s close-down date", DATES_HEADING]
    assert html.css_first("h2#dates").text() == DATES_HEADING


def test_a_paper_of_before_has_neither_list_nor_label_nor_column():
    figures = samples.figures(5)
    earlier = before(figures)
    assert "lose-down" not in as_html(paper(earlier))
    headings = [[field.heading for field in register_of(each).fields] for each in (figures, earlier)]
    assert [heading for heading in headings[0] if heading not in headings[1]] == ["Close-down date"]
    assert Figures.from_json(earlier.to_json()) == earlier


def test_the_column_says_the_day_or_that_none_is_given():
    facts = ({"close_down_on": LATER}, {"rag": "amber"}, CLOSED)
    figures = paper_of(*(entry(f"WM-{n}", **each) for n, each in enumerate(facts))).figures
    assert [line.close_down_on for line in register_of(figures).lines] == [LATER, "None given", None]
    content = next(file.content for file in register_files(figures) if file.media_type == CSV)
    assert content.decode("utf-8-sig").count("None given") == 1


def test_in_a_browser_each_number_leads_to_its_entry_and_no_page_is_named():
    shown = vars(paper(samples.figures(ENTRIES + 1)))
    page = paper_page(ScrutinyPaper(**shown), number=1, spreadsheet_url="/x", csv_url="/c")
    links = [link.attributes["href"] for link in LexborHTMLParser(as_html(page)).css("table.dates a")]
    assert (links[0], "?page=2#wm-0051" in links) == ("#wm-0001", True)
    assert table(page)[0] == ["Number", "Item", "Risk", "RAG", "Counts from", "Close-down", "Moved"]


HIGH = {"rag": "red", "risk": "high", "risk_word": "High", "counts_from": GONE, "close_down_on": GONE}
SOON = datetime.date(2026, 12, 31)


MIXED = (
    entry("WM-10", **HIGH, times_moved=3),
    entry("WM-9", rag="green", close_down_on=LATER),
    entry("WM-8", **OTHERS),
    entry("WM-7", rag="grey", rag_reason="not accepted"),
    entry("WM-4", rag="green", deadline=IMMEDIATE),
    entry("WM-3", rag="amber"),
    entry("WM-1", **CLOSED),
)


def test_every_item_is_listed_by_number_with_the_closed_ones_and_counted_as_in_the_files():
    document = paper_of(*MIXED)
    header, *rows = table(document)
    assert header == ["Number", "Item", "Risk", "RAG", "Counts from", "Close-down", "Moved", "Page"]
    assert rows == [
        ["WM-1", "h", "", "", "closed", "30 Sep 2026", "", "p."],
        ["WM-3", "h", "", "", "none", "none given", "", "p."],
        ["WM-4", "h", "", "", "immediate", "none given", "", "p."],
        ["WM-7", "h", "", "", "not counted", "not accepted", "", "p."],
        ["WM-8", "h", "", "", "not counted", "for others", "", "p."],
        ["WM-9", "h", "", "", "none", "5 Feb 2027", "", "p."],
        ["WM-10", "h", "High", "", "29 Sep 2026", "29 Sep 2026", "3 times", "p."],
    ]
    assert document.dates_counts == (
        "Open: 6, as on page 1 (1 with a close-down date, 1 with one that has passed, 2 none given, "
        "2 for others to do or not accepted, and without one). Closed in the period: 1."
    )
    assert [str(line.close_down_on) for line in register_of(document.figures).lines] == [
        *("2026-09-29", "2027-02-05", "For others", "Not accepted", "None given", "None given", "None"),
    ]
    html = LexborHTMLParser(as_html(document))
    assert [row.text() for row in html.css("tr.late th")] == ["WM-10"]
    assert [cell.text() for cell in html.css("table.dates td b")] == ["none given", "none given", "29 Sep 2026"]


def test_the_files_of_format_3_keep_their_words():
    lines = register_of(paper_of(*MIXED, format=3).figures).lines
    assert [line.close_down_on for line in lines].count("None given") == 4


IN_GROUPS = (
    entry("WM-9", rag="green", close_down_on=LATER),
    entry("WM-8", **OTHERS),
    entry("WM-7", rag="green", close_down_on=SOON, times_moved=2),
    entry("WM-6", rag="green", close_down_on=DAY + datetime.timedelta(days=1)),
    entry("WM-5", rag="green", close_down_on=DAY),
    entry("WM-4", rag="green", deadline=IMMEDIATE),
    entry("WM-10", **HIGH, times_moved=3),
    entry("WM-2", **HIGH | {"risk": "", "risk_word": ""}),
    entry("WM-1", **CLOSED),
)


def test_in_format_3_the_groups_are_by_when_and_add_up_to_page_1():
    document = paper_of(*IN_GROUPS, format=3)
    assert [
        (each.heading, each.note, [row.entry.reference for row in each.rows]) for each in document.dates_groups
    ] == [
        ("Past the date that counts: 2", "of which 1 is high risk, on grey", ["WM-2", "WM-10"]),
        ("No close-down date: 1", "", ["WM-4"]),
        ("Close-down date reached, still open: 1", "", ["WM-5"]),
        ("October to December 2026: 2", "", ["WM-6", "WM-7"]),
        ("After December 2026: 1", "", ["WM-9"]),
        ("For others to close: 1", "not counted in the colours", ["WM-8"]),
    ]
    rows = table(document)
    assert rows[3] == ["WM-10", "h", "High", "", "29 Sep 2026", "29 Sep 2026", "3 times", "p."]
    assert rows[-2] == ["WM-8", "h", "", "", "not counted", "for others", "", "p."]
    assert rows[-1] == ["Open: 8 as on page 1: 2 + 1 + 1 + 2 + 1 + 1"]
    assert [row.text() for row in LexborHTMLParser(as_html(document)).css("tr.late th")] == ["WM-10"]


@pytest.mark.parametrize("format", [3, 4])
def test_without_a_risk_there_is_no_column_of_it(format):
    columns = ["Number", "Item", "RAG", "Counts from", "Close-down", "Moved", "Page"]
    assert table(paper_of(entry("WM-1", rag="green", close_down_on=DAY), format=format))[0] == columns


def test_without_entries_nothing_is_listed():
    assert (table(paper_of()), paper_of().dates_counts) == ([], "Open: 0, as on page 1. Closed in the period: 0.")
    assert table(paper_of(format=3))[1:] == [["Open: 0 as on page 1"]]
