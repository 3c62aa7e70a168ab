"""Copies of what was published: who gets one, who was sent one, of which version."""

import pytest
from django.urls import reverse

from recommendations.domain.people import records
from recommendations.domain.responses import copies, publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.models import Copy, Recipient, Response
from recommendations.periods import say as say_day
from tests.makers.responses import make_published, make_response, publish, write
from tests.makers.responses import part as part_of
from tests.per_module import per_module
from tests.views.hooks import lacking, number_of, wrong
from tests.views.responses.chief_officers.conftest import DAY, page
from tests.views.responses.conftest import words


@per_module
def published(report, body, officer, approver, at):
    return make_published(report, body, by=officer, approver=approver, at=at)


@per_module
def inspectorate(at):
    return recipient("The inspectorate", at, email="post@example.org", address="6th Floor,\n23 Stephenson Street")


def recipient(name: str, at, **facts) -> Recipient:
    return records.keep(record=Recipient(kind="inspectorate", name=name, **facts), by=None, at=at)


def rows(html: str) -> list[str]:
    return words(html, ".app-table tbody tr")


def test_before_anything_is_published(office, response, inspectorate):
    html = office.get(page(response, "response_copies")).content.decode()
    assert (number_of(html, ".app-empty"), rows(html)) == (1, [])
    assert office.get(page(response, "record_copy", inspectorate.pk)).url == page(response, "response_copies")
    assert Copy.objects.count() == 0


def test_without_recipients_it_says_who_adds_them(office, published):
    html = office.get(page(published, "response_copies")).content.decode()
    assert (number_of(html, ".app-empty"), rows(html)) == (1, [])
    assert lacking(html, ".app-empty", "Administration, Recipients") == []


def test_a_sending_is_recorded_with_its_day(office, published, inspectorate, at, today):
    recipient("The library", at)
    listed = page(published, "response_copies")
    html = office.get(listed).content.decode()
    first, second = rows(html)
    assert first.startswith("The inspectorate 6th Floor,23 Stephenson Street post@example.org ")
    assert second.startswith("The library The inspectorate none on record ")
    assert words(html, "h2 .app-second") == ["2 still to send"]
    form = page(published, "record_copy", inspectorate.pk)
    future = office.post(form, {"sent_on": say_day(today + DAY)})
    assert (wrong(future), lacking(future, ".govuk-error-summary", say_day(today + DAY))) == (["sent_on"], [])
    assert wrong(office.post(form, {})) == ["sent_on"]
    sent = {"sent_on": say_day(today), "sent_how": "by post", "once": "a"}
    done = office.post(form, sent, follow=True).content.decode()
    assert words(done, ".app-flash") == ["Sent: The inspectorate."]
    assert rows(done)[0] == (
        "The inspectorate The inspectorate, 6th Floor, 23 Stephenson Street, post@example.org "
        f"{say_day(today)} by post, recorded by Hannah Whitlock"
    )
    assert words(done, "h2 .app-second") == ["1 still to send"]
    office.post(form, sent)
    assert (Copy.objects.count(), office.get(form).url) == (1, listed)
    assert wrong(office.post(form, sent | {"once": "b"})) == [""]


def test_copies_of_an_earlier_version_stay_below_it(office, published, inspectorate, officer, approver, at, today):
    copies.record_copy(version=published.versions.get(), recipient=inspectorate, sent_on=today, by=officer, at=at)
    publishing.correct(response=published, by=officer, at=at)
    again = Response.objects.get(pk=published.pk)
    write(again, part_of(again, "correction").key, text="A figure was wrong.", by=officer, at=at)
    _approve_and_publish(again, officer, approver, at)
    html = office.get(page(published, "response_copies")).content.decode()
    day = say_day(today)
    assert words(html, "h2") == [f"Version 2, published {day} 1 still to send", f"Version 1, published {day}"]
    assert words(html, ".app-section + .app-list li") == [
        f"{day}: The inspectorate, 6th Floor, 23 Stephenson Street, post@example.org"
    ]


def _approve_and_publish(response, officer, approver, at):

    approval_workflow.submit(response=response, by=officer, at=at)
    approval_workflow.approve(response=Response.objects.get(pk=response.pk), by=approver, at=at)
    publish(Response.objects.get(pk=response.pk), by=officer, at=at)


def test_a_withdrawn_one_sends_no_more(office, published, inspectorate, approver, at):
    publishing.withdraw_response(response=published, reason="Wrong.", by=approver, at=at)
    html = office.get(page(published, "response_copies")).content.decode()
    assert number_of(html, ".app-record__notice") == 1
    assert words(html, ".app-table a") == []
    assert office.get(page(published, "record_copy", inspectorate.pk)).status_code == 302


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_it_takes_the_same_queries_for_one_as_for_three(
    office, published, officer, at, today, number, django_assert_num_queries
):
    for place in range(number):
        to = recipient(f"Recipient {place}", at)
        copies.record_copy(version=published.versions.get(), recipient=to, sent_on=today, by=officer, at=at)
        recipient(f"Other {place}", at)
    with django_assert_num_queries(18):
        html = office.get(page(published, "response_copies")).content.decode()
    assert len(rows(html)) == 2 * number


@pytest.mark.parametrize("who", ["force_lead", "member", "administrator"])
def test_nobody_else_reads_or_records_them(request, sign_in, published, inspectorate, who):
    client = sign_in(request.getfixturevalue(who))
    form = page(published, "record_copy", inspectorate.pk)
    answers = [client.get(page(published, "response_copies")), client.get(form), client.post(form, {})]
    assert [(answer.status_code, b"Stephenson" in answer.content) for answer in answers] == [(403, False)] * 3


def test_a_draft_leads_to_where_comments_are_asked_for(office, report, body, officer, at):
    response = make_response(report, body, by=officer, at=at)
    html = office.get(response.get_absolute_url()).content.decode()
    assert f'href="{page(response)}"' in html
    others = [reverse(name, args=[response.pk]) for name in ("give_response", "withdraw_response")]
    assert [f'href="{address}"' in html for address in others] == [True, True]
