"""The first page's lines about chief officers' comments: asked for, late, come."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.home.chief_officers import to_submit
from recommendations.domain.home.first_page import HomeContext
from recommendations.domain.home.lines import HomeItem
from recommendations.domain.responses.chief_officers import comments as chief_officers
from recommendations.domain.responses.chief_officers.drafts import content, mark
from recommendations.domain.responses.chief_officers.submission import submit_draft
from tests.conftest import AT, TODAY, make_inspection
from tests.domain.home.test_first_page import page_of
from tests.makers.chief_officers import make_draft_of_comments, make_invitation, record_by_the_office
from tests.makers.responses import make_response
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)


@per_module
def invitation(westmarch, eastvale, body, officer):
    response = make_response(make_inspection([westmarch, eastvale]), body)
    return make_invitation(response, westmarch, by=officer)


def comments(items) -> list[HomeItem]:
    return [item for item in items if "omments" in item.what]


def submit(invitation, by, at=AT):
    draft = make_draft_of_comments(invitation, by)
    return submit_draft(invitation=invitation, shown=mark(content(draft)), by=by, at=at)


def test_what_is_asked_waits_for_the_force_and_is_late_after_its_day(invitation, force_lead, other_force_lead, officer):
    url = reverse("write_comments", args=[invitation.pk])
    what, day = "Write the chief officer’s comments on Custody 26", TODAY + 14 * DAY
    assert comments(page_of(force_lead).items) == [HomeItem(what, url, "", day)]
    make_draft_of_comments(invitation, force_lead)
    assert comments(page_of(force_lead, day=day).items) == [HomeItem(what, url, "Draft started.", day)]
    assert comments(page_of(force_lead, day=day + DAY).items) == [HomeItem(what, url, "Draft started.", day)]
    for other in (other_force_lead, officer):
        page = page_of(other)
        assert comments((*page.items, *page.changes)) == []


def test_the_office_is_told_what_came_since_it_looked(invitation, officer, force_lead, other_force_lead):
    said = submit(invitation, force_lead)
    url = invitation.response.get_absolute_url()
    item = HomeItem("Comments of Westmarch Police came on 7 November 2026", url, "Custody in Westmarch")
    assert comments(page_of(officer).changes) == [item]
    assert comments(page_of(officer, AT).changes) == []
    assert comments(page_of(other_force_lead).changes) == []
    assert comments(page_of(force_lead).items) == []
    chief_officers.withdraw_comments(comments=said, reason="Unsigned.", by=officer, at=AT + DAY)
    assert comments(page_of(officer).changes) == []
    (again,) = comments(page_of(force_lead).items)
    assert again.detail == "Withdrawn by the office on 8 November 2026."


@pytest.mark.parametrize("rows", [1, 3])
def test_what_waits_costs_the_same_for_one_as_for_many(
    westmarch, body, officer, force_lead, django_assert_num_queries, rows
):
    for number in range(rows):
        response = make_response(make_inspection(westmarch, title=f"Report {number}"), body)
        made = make_invitation(response, westmarch, by=officer)
        make_draft_of_comments(made, force_lead)
        said = record_by_the_office(response, westmarch, by=officer)
        chief_officers.withdraw_comments(comments=said, reason="A wrong file.", by=officer, at=AT)
    with django_assert_num_queries(3):
        assert len(list(to_submit(HomeContext(force_lead, TODAY)))) == rows


def test_what_the_office_recorded_itself_is_no_news_to_it(invitation, officer, westmarch):
    record_by_the_office(invitation.response, westmarch, by=officer)
    assert comments(page_of(officer).changes) == []
