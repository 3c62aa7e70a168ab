"""The one page of a committee member: newest first, corrected issues named, no drafts, and the same cost."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.papers import issuing, papers
from recommendations.domain.papers.compile import compile_figures
from tests.conftest import AT
from tests.makers.committees import make_panel
from tests.makers.factual_checks import make_draft, seat_on
from tests.per_module import per_module
from tests.views.hooks import lacking, links, number_of

DAY = datetime.timedelta(days=1)
PAGES = ("home", "papers")
QUARTERS = [
    {"start": datetime.date(2025, 10, 1), "end": datetime.date(2025, 12, 31)},
    {"start": datetime.date(2026, 4, 1), "end": datetime.date(2026, 6, 30)},
    {"start": datetime.date(2026, 7, 1), "end": datetime.date(2026, 9, 30)},
]


def file(paper, approver, at=AT):
    figures = compile_figures(paper=paper, known_at=at)
    return papers.finalise(paper=paper, figures=figures, content=b"%PDF" * 300, by=approver, at=at)


@per_module
def filed(westmarch, body, approver):
    return [file(make_draft(westmarch, **days), approver) for days in QUARTERS]


@pytest.fixture
def page_of(client):
    def shown(person, name="home"):
        client.force_login(person)
        answer = client.get(reverse(name))
        assert answer.status_code == 200
        return LexborHTMLParser(answer.text)

    return shown


def said(nodes) -> list[str]:
    return [" ".join(node.text(separator=" ").split()) for node in nodes]


@pytest.mark.parametrize("name", PAGES)
def test_the_newest_is_large_and_the_earlier_ones_are_in_their_years(page_of, filed, member, westmarch, name):
    panel = make_panel("Joint Audit Committee")
    seat_on(member, panel)
    meeting = {"meeting_on": datetime.date(2026, 12, 3), "item": "7", "sent_how": "By hand."}
    issuing.issue_paper(paper=filed[2], panel=panel, **meeting, by=None, at=AT)
    page = page_of(member, name)
    facts = ("Westmarch Police: scrutiny report", "Q2 2026/27, July to September 2026", "7 November 2026", "1.2 KB")
    assert lacking(page, ".app-newest", *facts, "Joint Audit Committee, 3 December 2026, item 7") == []
    assert number_of(page, ".app-newest") == 1
    leads = [reverse(name, args=[filed[2].pk]) for name in ("paper", "paper_file", "read_paper")]
    assert links(page, ".app-newest a") == leads
    assert said(page.css("main h2, main h3")) == [
        "Westmarch Police: scrutiny report",
        "Earlier papers",
        "2026",
        "2025",
    ]
    assert said(page.css(".app-earlier li > a:first-child")) == [
        "Westmarch Police, Q1 2026/27, April to June 2026",
        "Westmarch Police, Q3 2025/26, October to December 2025",
    ]
    assert page.css_first(".app-newest .govuk-button").attributes["href"] == reverse("paper_file", args=[filed[2].pk])


def test_the_papers_are_the_only_place_and_the_first_page(page_of, filed, member):
    for name in PAGES:
        items = page_of(member, name).css("header nav a")
        assert [(item.text(), item.attributes["href"], "aria-current" in item.attributes) for item in items] == [
            ("Papers", "/", True)
        ]


def test_a_corrected_issue_is_named_and_its_draft_is_not(page_of, filed, client, officer, approver, member, force_lead):
    second = papers.correct(paper=filed[2], by=officer, at=AT)
    for person in (member, force_lead):
        client.force_login(person)
        for address in ("/", reverse("papers"), filed[2].get_absolute_url()):
            text = client.get(address).text
            assert ("ssue 2" in text, second.get_absolute_url() in text) == (False, False)
    file(second, approver, AT + 3 * DAY)
    page = page_of(member)
    assert said(page.css(".app-newest__issue")) == ["Issue 2, corrects issue 1 of 7 November 2026"]
    assert said(page.css(".app-earlier li > span:not(.app-second)")) == [
        "Issue 1, replaced by issue 2 on 10 November 2026"
    ]
    assert "issue 2" in client.get(filed[2].get_absolute_url()).text


def test_a_member_sees_no_draft(page_of, client, westmarch, body, member):
    draft = make_draft(westmarch, **QUARTERS[1])
    page = page_of(member)
    assert number_of(page, ".app-newest") == 0
    assert page.css(f'a[href="{draft.get_absolute_url()}"]') == []


@pytest.mark.soak
def test_two_forces_have_each_their_newest(page_of, filed, eastvale, approver, member):
    file(make_draft(eastvale, **QUARTERS[2]), approver)
    assert said(page_of(member).css(".app-newest h2")) == [
        "Eastvale Police: scrutiny report",
        "Westmarch Police: scrutiny report",
    ]


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_it_costs_the_same_for_one_paper_as_for_three(
    client, westmarch, body, approver, member, django_assert_num_queries, number
):
    panel = make_panel("Joint Audit Committee")
    for days in QUARTERS[:number]:
        paper = file(make_draft(westmarch, **days), approver)
        meeting = {"meeting_on": datetime.date(2026, 12, 3), "item": "7", "sent_how": "By hand."}
        issuing.issue_paper(paper=paper, panel=panel, **meeting, by=None, at=timezone.now())
    for name in PAGES:
        client.force_login(member)
        with django_assert_num_queries(7, info=name):
            client.get(reverse(name))
