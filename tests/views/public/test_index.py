"""The list of what is published: by year and force, with search, in pages; and what is not in it."""

import datetime
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests.conftest import AT
from tests.makers.responses import make_draft, make_submitted
from tests.per_module import per_module
from tests.views.hooks import number_of
from tests.views.public.makers import (
    DAY,
    INDEX,
    make_report,
    page_of,
    publish_correction,
    text_of,
    withdraw,
    write_and_publish,
)
from tests.views.responses.test_responses import REPORT
from tests.views.responses.test_responses import make_response as bring_in


def titles(client, **asked) -> list[str]:
    """The headings that the list shows, in its order."""
    return [row.heading for row in client.get(f"{INDEX}?{urlencode(asked)}").context["page"]]


@per_module
def three(body, westmarch, eastvale, at):
    """Of 2020 and 2021, of either force or both."""
    for title, force, year in (("Roads", westmarch, 2020), ("Élan", eastvale, 2020), ("Custody", westmarch, 2021)):
        days = {"published_on": REPORT.replace(year=year), "responded_on": REPORT.replace(year=year, month=9)}
        bring_in(body, force, title=title, at=at, **days)


def heading(title: str) -> str:
    return f"HMICFRS: {title} (custody inspection)"


@pytest.mark.on_postgresql
def test_the_newest_are_first_under_their_year(client, three):
    assert titles(client) == [heading("Custody"), heading("Roads"), heading("Élan")]
    text = text_of(client.get(INDEX))
    assert (
        "3 responses 2021 HMICFRS: Custody (custody inspection) Published 16 September 2021. Westmarch Police" in text
    )
    assert text.index(" 2021 ") < text.index(" 2020 ")


@pytest.mark.on_postgresql
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"year": "2020"}, ["Roads", "Élan"]),
        ({"force": "eastvale"}, ["Élan"]),
        ({"force": "westmarch", "year": "2021"}, ["Custody"]),
        ({"force": "westmarch", "year": "2019"}, []),
        ({"q": "éLAN"}, ["Élan"]),
        ({"q": "custody welcome"}, ["Custody", "Roads", "Élan"]),
        ({"q": "roads welcome"}, ["Roads"]),
        ({"q": "text 3."}, ["Custody", "Roads", "Élan"]),
        ({"q": "agenda item"}, []),
        ({"q": "%"}, []),
        ({"q": "custody", "year": "20"}, []),
    ],
)
def test_it_narrows_by_year_force_and_words(client, three, asked, expected):
    assert titles(client, **asked) == [heading(title) for title in expected]


def test_what_was_asked_for_stays_in_the_form(client, three):
    html = client.get(INDEX, {"q": 'say "roads"', "year": "2020", "force": "westmarch"}).content.decode()
    for words in (
        'value="say &quot;roads&quot;"',
        '<option value="2020" selected>',
        '<option value="westmarch" selected>',
        f'<a href="{INDEX}">',
    ):
        assert words in html


def test_each_leads_to_its_page(client, brought_in, written):
    html = client.get(INDEX).content.decode()
    assert html.count(f'href="{page_of(brought_in)}"') == 1
    assert html.count(f'href="{page_of(written)}"') == 1


def test_a_corrected_one_is_listed_once(client, written, officer, approver):
    publish_correction(written, by=officer, approver=approver, at=AT + DAY)
    assert titles(client) == ["HMICFRS: Custody in Westmarch (custody inspection)"]
    assert "Published 7 November 2026, corrected 8 November 2026." in text_of(client.get(INDEX))
    assert (titles(client, q="warmly"), titles(client, q='"the report" -warmly')) == (titles(client), [])


def test_drafts_and_what_was_withdrawn_are_not_listed(client, westmarch, body, officer, approver, written):
    make_draft(make_report(westmarch, title="Drafted"), body, by=officer)
    make_submitted(make_report(westmarch, title="Submitted"), body, by=officer)
    assert titles(client) == ["HMICFRS: Custody in Westmarch (custody inspection)"]
    withdraw(written, by=approver, at=AT + DAY)
    assert titles(client) == titles(client, q="welcome") == []
    assert number_of(client.get(INDEX), ".app-public__list") == 0


@pytest.mark.soak
def test_it_has_pages(client, body, westmarch, at):
    for number in range(21):
        bring_in(body, westmarch, title=f"Report {number:02}", at=at, recommendations=(), comments=())
    assert "Page 1 of 2, rows 1 to 20 of 21" in text_of(client.get(INDEX, {"q": "report"}))
    assert 'href="?q=report&amp;page=2"' in client.get(INDEX, {"q": "report"}).content.decode()
    assert titles(client, page="2") == [heading("Report 20")]
    assert titles(client, page="99") == titles(client, page="2")


@pytest.mark.on_postgresql
def test_it_costs_the_same_for_one_as_for_many(client, body, westmarch, eastvale, at, django_assert_num_queries):
    for number in range(3):
        bring_in(body, [westmarch, eastvale][number % 2], title=f"Report {number}", at=at)
        if number in (0, 2):
            for address in (INDEX, f"{INDEX}?q=report&year=2020&force=westmarch"):
                with django_assert_num_queries(4):
                    client.get(address)


def test_an_empty_office_says_so(client, db):
    answer = client.get(INDEX)
    assert (list(answer.context["page"]), number_of(answer, ".app-public__found")) == ([], 1)
    assert "Oversight" not in text_of(answer)


def test_the_office_of_today_is_in_the_head(client, body, brought_in):
    html = client.get(INDEX).content.decode()
    assert f'<a class="app-public-head__name" href="{reverse("public_responses")}">{body.name}</a>' in html
    assert f" - {body.name}</title>" in html


@pytest.mark.soak
@pytest.mark.on_postgresql
def test_days_are_londons(client, report, body, officer, approver):
    """Half past midnight in London in summer is the day before in UTC."""
    at = datetime.datetime(2027, 6, 30, 23, 30, tzinfo=datetime.UTC)
    write_and_publish(report, body, by=officer, approver=approver, at=at)
    assert "Published 1 July 2027." in text_of(client.get(INDEX))
