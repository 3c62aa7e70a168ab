"""The page that holds two papers side by side: for whom, which two, what it costs."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import moment
from tests.per_module import per_module
from tests.views.hooks import lacking

ADDRESS = reverse("compare_papers")
AUTUMN = moment(datetime.date(2026, 11, 1))


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


def filed(force, month: int, officer, approver):
    days = {"start": datetime.date(2026, month, 1), "end": datetime.date(2026, month + 2, 30)}
    at = moment(days["end"] + datetime.timedelta(days=14))
    paper = papers.prepare(force=force, by=officer, at=at, **days)
    figures = compile_figures(paper=paper, known_at=at)
    return papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=at)


def new_in(force, month: int):
    day = datetime.date(2026, month, 1)
    return make_tracked(make_inspection(force, title=f"{day:%B}", published_on=day, at=moment(day)), at=moment(day))


@per_module
def two(westmarch, body, officer, approver):
    first = filed(westmarch, 4, officer, approver)
    new_in(westmarch, 8)
    return first, filed(westmarch, 7, officer, approver)


def asked(client, first="", second=""):
    number = {"from": getattr(first, "pk", first), "to": getattr(second, "pk", second)}
    return client.get(ADDRESS, {name: value for name, value in number.items() if value})


def test_a_member_compares_two_finalised_papers(client, two, member):
    client.force_login(member)
    page = asked(client, *two)
    assert page.status_code == 200
    assert [line.entry.reference for line in page.context["comparison"].came] == ["WM-0001"]
    paper = client.get(two[1].get_absolute_url()).text
    assert f"{ADDRESS}?from={two[0].pk}&amp;to={two[1].pk}" in paper
    assert f"{ADDRESS}?from=" not in client.get(two[0].get_absolute_url()).text


def test_nothing_came_or_moved_is_said(client, two, member):
    client.force_login(member)
    found = asked(client, two[1], two[0]).context["comparison"]
    assert (len(found.came), len(found.moved)) == (0, 0)
    assert [line.entry.reference for line in found.went] == ["WM-0001"]


def test_it_asks_which_where_none_or_one_is_named(client, two, member, eastvale, officer, approver):
    filed(eastvale, 7, officer, approver)
    client.force_login(member)
    text = asked(client).text
    assert text.count("Eastvale: ") == 2
    of_one = asked(client, "", two[1])
    assert (of_one.status_code, "Eastvale" in of_one.text) == (200, False)
    assert f'<option value="{two[1].pk}" selected>' in of_one.text


def test_an_office_without_papers_says_so(client, officer, westmarch):
    client.force_login(officer)
    assert "No two papers have been finalised yet." in asked(client).text


@pytest.mark.soak
def test_the_same_twice_drafts_and_two_forces_are_refused_in_words(client, two, eastvale, officer, approver):
    client.force_login(officer)
    other = filed(eastvale, 7, officer, approver)
    draft = papers.correct(paper=two[1], by=officer, at=AUTUMN)
    said = {
        (two[0], two[0]): ("twice",),
        (two[0], draft): ("draft",),
        (two[0], other): ("Westmarch Police", "Eastvale Police"),
    }
    for pair, facts in said.items():
        page = asked(client, *pair)
        assert (page.status_code, lacking(page, ".app-flash--error", *facts)) == (422, [])
        assert "WM-0001" not in page.text


@pytest.mark.suite(0, 3, 5)
@pytest.mark.parametrize("number", ["999999", "abc", "-1", "9" * 40, "1.5", "²"])
def test_a_number_of_no_paper_is_not_there(client, two, member, number):
    client.force_login(member)
    assert asked(client, two[0], number).status_code == 404


def test_another_forces_paper_and_a_draft_are_not_there(client, two, member, other_force_lead, force_lead, officer):
    draft = papers.correct(paper=two[1], by=officer, at=AUTUMN)
    client.force_login(member)
    assert asked(client, two[0], draft).status_code == 404
    client.force_login(other_force_lead)
    assert asked(client, *two).status_code == 404
    assert "Westmarch" not in asked(client).text
    client.force_login(force_lead)
    assert asked(client, *two).status_code == 200


def test_it_costs_the_same_for_one_line_and_for_three(
    client, westmarch, body, officer, approver, member, django_assert_num_queries
):
    first = filed(westmarch, 4, officer, approver)
    client.force_login(member)
    for month in (7, 8, 9):
        new_in(westmarch, month)
        if month != 8:
            at = moment(datetime.date(2026, 10, 14))
            start = datetime.date(2026, month, 1)
            made = papers.prepare(force=westmarch, start=start, end=datetime.date(2026, 9, 30), by=officer, at=at)
            figures = compile_figures(paper=made, known_at=at)
            second = papers.finalise(paper=made, figures=figures, content=b"%PDF", by=approver, at=at)
            with django_assert_num_queries(7):
                assert "WM-0001" in asked(client, first, second).text
