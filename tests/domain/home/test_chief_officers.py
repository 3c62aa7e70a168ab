"""The first page's lines about chief officers' comments: asked for, late, come."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.home.chief_officers import not_submitted, to_submit
from recommendations.domain.home.first_page import HomeContext
from recommendations.domain.home.lines import HomeLine, HomeLinePart
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


def comments(page, key: str) -> list[HomeLine]:
    return [line for line in page.section(key).lines if "omments" in line.words]


def submit(invitation, by, at=AT):
    draft = make_draft_of_comments(invitation, by)
    return submit_draft(invitation=invitation, shown=mark(content(draft)), by=by, at=at)


def test_what_is_asked_waits_for_the_force_until_the_day_and_is_late_after_it(
    invitation, force_lead, other_force_lead, officer
):
    url = reverse("write_comments", args=[invitation.pk])
    asked = "Chief officer’s comments on Custody 26 are asked for by 21 November 2026"
    assert comments(page_of(force_lead), "waits") == [HomeLine("", asked, url, end="14 days left")]
    make_draft_of_comments(invitation, force_lead)
    told = HomeLine("", asked, url, more=(HomeLinePart("draft started"),), end="last day today")
    assert comments(page_of(force_lead, day=TODAY + 14 * DAY), "waits") == [told]
    late = page_of(force_lead, day=TODAY + 15 * DAY)
    words = "Chief officer’s comments on Custody 26 were asked for by 21 November 2026"
    assert comments(late, "late") == [HomeLine("", words, url, more=(HomeLinePart("draft started"),), end="1 day late")]
    assert comments(late, "waits") == []
    for other in (other_force_lead, officer):
        assert [comments(page_of(other), key) for key in ("waits", "late", "changed")] == [[], [], []]


def test_the_office_is_told_what_came_since_it_looked(invitation, officer, force_lead, other_force_lead):
    said = submit(invitation, force_lead)
    url = invitation.response.get_absolute_url()
    line = HomeLine(
        "", "Comments of Westmarch Police came on 7 November 2026", url, more=(HomeLinePart("Custody in Westmarch"),)
    )
    assert comments(page_of(officer), "changed") == [line]
    assert comments(page_of(officer, AT), "changed") == []
    assert comments(page_of(other_force_lead), "changed") == []
    assert comments(page_of(force_lead), "waits") == []
    chief_officers.withdraw_comments(comments=said, reason="Unsigned.", by=officer, at=AT + DAY)
    assert comments(page_of(officer), "changed") == []
    (again,) = comments(page_of(force_lead), "waits")
    assert again.more == (HomeLinePart("withdrawn by the office on 8 November 2026"),)


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
        context = HomeContext(force_lead, TODAY)
        assert [len(list(to_submit(context))), len(list(not_submitted(context)))] == [rows, 0]


def test_what_the_office_recorded_itself_is_no_news_to_it(invitation, officer, westmarch):
    record_by_the_office(invitation.response, westmarch, by=officer)
    assert comments(page_of(officer), "changed") == []
