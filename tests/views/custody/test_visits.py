"""The pages of custody visits: coverage of some days, recording, answering, withdrawing; errors, empty and large."""

import datetime

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.custody import visits
from recommendations.models import CustodyVisit
from tests.conftest import AT, TODAY
from tests.makers.custody import VISITED, make_suite, make_visit
from tests.per_module import per_module
from tests.views.hooks import lacking, wrong

LIST, ADD = reverse("custody"), reverse("record_visit")
NOVEMBER = {"first": "1/11/2026", "last": "30/11/2026"}
DETAINEES = "Nothing about a detainee: no name, no cell, no number, no reason for detention."


def tree(response) -> LexborHTMLParser:
    return LexborHTMLParser(response.content.decode())


def text_of(response) -> str:
    return " ".join(tree(response).css_first("main").text(separator=" ").split())


def summary(response) -> list[str]:
    return [each.text() for each in tree(response).css(".govuk-error-summary__list a")]


@per_module
def suite(westmarch):
    return make_suite(westmarch)


def filled(suite, **facts) -> dict:
    given = {"suite": suite.pk, "on": "2/11/2026", "start": "21.30", "end": "23:00", "visitors": "2"}
    given |= {"tact_trained": "1", "held": "12", "offered": "10", "seen": "8", "refused": "1", "findings": "A mat."}
    return given | facts


@pytest.mark.parametrize("who", ["force_lead", "member", "administrator"])
def test_visits_are_the_offices(request, sign_in, suite, who):
    visit = make_visit(suite)
    client = sign_in(request.getfixturevalue(who))
    addresses = [LIST, ADD, visit.get_absolute_url(), reverse("answer_visit", args=[visit.pk])]
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert all("A mat was torn" not in answer.content.decode() for answer in answers)


def test_coverage_as_a_table_and_a_heat_map_in_words(sign_in, officer, suite):
    make_visit(suite)
    make_visit(suite, VISITED + datetime.timedelta(days=1), start=20)
    page = sign_in(officer).get(LIST, NOVEMBER)
    assert lacking(page, "main", "2 visits", "2 with", "24 detainees") == []
    titles = [each.text() for each in tree(page).css("svg title")]
    assert [title.partition(". ")[2] for title in titles] == [
        "Aldford custody: Monday 1, Tuesday 1, Wednesday 0, Thursday 0, Friday 0, Saturday 0, Sunday 0.",
        "Aldford custody: Night 0, Morning 1, Afternoon 0, Evening 1.",
    ]
    assert len(tree(page).css("svg desc")) == 2
    headings = [each.text(strip=True) for each in tree(page).css("h2, h3")]
    assert "No visit on Wednesday, Thursday, Friday, Saturday, Sunday" in headings
    assert "No visit by night, afternoon" in headings


def test_days_and_a_suite_are_chosen_and_nonsense_is_said(sign_in, officer, suite, westmarch):
    other, client = make_suite(westmarch, "Belford custody"), sign_in(officer)
    make_visit(suite)
    rows = tree(client.get(LIST, NOVEMBER | {"suite": other.pk})).css("table.app-table--stack > tbody > tr")
    assert [row for row in rows if "2 November 2026" in row.text()] == []
    assert "No visit on these days" in text_of(client.get(LIST, {"first": "1/1/2020", "last": "2/1/2020"}))
    refused = client.get(LIST, {"first": "31/2/2026"})
    assert (refused.status_code, wrong(refused)) == (200, ["first"])
    turned = client.get(LIST, {"first": "2/11/2026", "last": "1/11/2026"})
    assert wrong(turned) == ["last"]


def test_without_a_suite_the_page_says_what_is_missing(sign_in, officer):
    client = sign_in(officer)
    assert "There are no custody suites yet" in text_of(client.get(LIST))
    assert "There are no custody suites yet" in text_of(client.get(ADD))


def test_a_visit_is_recorded_and_says_twice_that_detainees_stay_out(sign_in, officer, suite):
    client = sign_in(officer)
    assert text_of(client.get(ADD)).count(DETAINEES) == 2
    done = client.post(ADD, filled(suite))
    visit = CustodyVisit.objects.get()
    assert (done.status_code, done.url) == (302, visit.get_absolute_url())
    assert (visit.start, visit.end, visit.recorded_by) == (datetime.time(21, 30), datetime.time(23), officer)
    page = text_of(client.get(done.url))
    assert "12 held, 10 offered a visit, 8 seen, 1 refused" in page
    assert reverse("answer_visit", args=[visit.pk]) in client.get(done.url).content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_stays(sign_in, officer, suite):
    client = sign_in(officer)
    refused = client.post(ADD, filled(suite, seen="10"))
    assert (refused.status_code, wrong(refused)) == (422, ["seen"])
    assert lacking(refused, ".govuk-error-summary", "11", "10") == []
    assert tree(refused).css_first("[name=findings]").text(strip=True) == "A mat."
    counts = ["visitors", "tact_trained", "held", "offered", "seen", "refused"]
    assert wrong(client.post(ADD, {})) == ["suite", "on", "start", *counts]
    many = client.post(ADD, filled(suite, held="many"))
    assert (wrong(many), lacking(many, ".govuk-error-summary", "0 to 999")) == (["held"], [])


def test_the_answer_is_recorded_and_two_people_see_both_texts(sign_in, officer, suite):
    visit, client = make_visit(suite), sign_in(officer)
    address = reverse("answer_visit", args=[visit.pk])
    said = {"answer": "It was replaced.", "answered_on": "5/11/2026", "version": "1"}
    assert client.post(address, said).url == visit.get_absolute_url()
    assert "It was replaced. 5 November 2026" in text_of(client.get(visit.get_absolute_url()))
    stale = client.post(address, said | {"answer": "Two were."})
    assert stale.status_code == 422
    assert "It was replaced." in text_of(stale)
    assert "Two were." in stale.content.decode()


def test_a_withdrawn_visit_says_so_and_leaves_the_list(sign_in, officer, suite):
    visit, client = make_visit(suite), sign_in(officer)
    address = reverse("withdraw_visit", args=[visit.pk])
    assert wrong(client.post(address, {"version": "1"})) == ["reason"]
    assert client.post(address, {"version": "1", "reason": "Twice."}).url == visit.get_absolute_url()
    page = client.get(visit.get_absolute_url())
    answer = reverse("answer_visit", args=[visit.pk])
    assert ("Withdrawn: Twice." in text_of(page), answer in page.content.decode()) == (True, False)
    assert visit.get_absolute_url() not in client.get(LIST, NOVEMBER).content.decode()


def test_many_visits_come_in_pages_and_cost_the_same(sign_in, officer, suite, westmarch, django_assert_num_queries):
    make_visit(suite)
    client = sign_in(officer)
    client.get(LIST, NOVEMBER)
    with django_assert_num_queries(10):
        client.get(LIST, NOVEMBER)
    other = make_suite(westmarch, "Belford custody")
    for hour in range(10, 23):
        make_visit(suite, start=hour)
        make_visit(other, start=hour)
    with django_assert_num_queries(10):
        page = client.get(LIST, NOVEMBER)
    assert len(page.context["page"]) == 25
    assert "27 visits" in text_of(page)
    assert len(client.get(LIST, NOVEMBER | {"page": 2}).context["page"]) == 2


def test_an_answer_can_be_corrected_after_it_was_given(sign_in, officer, suite):
    visit = make_visit(suite)
    visits.answer_visit(visit=visit, version=1, answer="Mended.", answered_on=TODAY, by=officer, at=AT)
    client = sign_in(officer)
    assert "Correct the answer" in text_of(client.get(visit.get_absolute_url()))
    page = tree(client.get(reverse("answer_visit", args=[visit.pk])))
    assert page.css_first("[name=answer]").text(strip=True) == "Mended."
    assert page.css_first("[name=answered_on]").attributes["value"] == "7 Nov 2026"
