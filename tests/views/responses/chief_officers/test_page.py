"""The page of the chief officers' comments: where each stands, what is due, how many queries that takes."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from recommendations.domain.people import records
from recommendations.domain.responses.chief_officers import comments, invitations
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.imported import PublishedResponse, record_published
from recommendations.models import Force, Oversight, TrailEntry
from recommendations.periods import say as say_day
from tests.conftest import make_inspection, make_tracked
from tests.makers.responses import make_draft, make_published, make_response
from tests.views.hooks import flashes, lacking, number_of, values, wrong
from tests.views.hooks import links as hrefs
from tests.views.responses.chief_officers.conftest import DAY, page, say, sections
from tests.views.responses.conftest import words


def links(html: str) -> list[str]:
    return words(html, ".app-rec .app-actions a")


def test_nobody_is_invited_yet(office, response):
    html = office.get(page(response)).content.decode()
    assert [each.startswith("Chief constable of Westmarch Police Not invited") for each in sections(html)] == [True]
    leads = [page(response, name, "westmarch") for name in ("invite_to_comment", "record_comments")]
    assert hrefs(html, ".app-rec .app-actions a") == leads
    steps = words(html, ".app-steps a")
    assert steps == ["Invite", "Chief officer’s comments", "Draft"]  # no copy can be sent yet


def test_it_is_invited_sent_and_awaited(office, response, sent, today):
    html = office.get(page(response)).content.decode()
    due = say_day(today + 14 * DAY)
    assert words(html, ".app-rec__state") == ["Waiting"]
    assert words(html, ".app-rec > p") == [
        f"Invited on {say_day(today)} to comment by {due}. Nothing received yet, 14 days left. "
        "Sent to A. Rowe, by email."
    ]
    assert links(html)[:2] == ["Record comments: Westmarch Police", "Move the day: Westmarch Police"]


def test_a_day_that_passed_is_late_and_can_be_moved(office, response, westmarch, officer, at, today):
    before = at - 3 * DAY
    made = invitations.invite(response=response, force=westmarch, due_on=today - DAY, by=officer, at=before)
    invitations.record_sent(invitation=made, sent_on=today - 2 * DAY, sent_to="A. Rowe", by=officer, at=at - DAY)
    html = office.get(page(response)).content.decode()
    assert words(html, ".app-rec__state") == ["Nothing came"]
    facts = (say_day(today - 2 * DAY), say_day(today - DAY), "1 day after")
    assert lacking(html, ".app-rec .app-accent", *facts) == []
    move = page(response, "move_invitation_day", "westmarch")
    facts = {"due_on": say_day(today + DAY), "reason": "A new chief constable.", "version": 2}
    answer = office.post(move, facts)
    assert (answer.status_code, answer.url) == (302, f"{page(response)}#westmarch")
    html = office.get(page(response)).content.decode()
    facts = (say_day(today), say_day(today - DAY), "A new chief constable.")
    assert lacking(html, ".app-rec > p:nth-of-type(2)", *facts) == []
    assert words(html, ".app-rec__state") == ["Waiting"]


def test_comments_that_came_are_read_there_and_withdrawn_with_a_reason(office, response, sent, westmarch, officer, at):
    said = say(response, westmarch, officer, at)
    html = office.get(page(response)).content.decode()
    day = say_day(said.dated_on)
    assert words(html, ".app-rec > p") == [
        f"Came on {day}, signed by A. Rowe, Chief constable, dated {day}. Recorded by Hannah Whitlock."
    ]
    assert words(html, ".app-said p") == ["The force agrees.", "Bells are tested daily."]
    assert links(html)[:1] == ["Withdraw these comments: Westmarch Police"]
    withdraw = page(response, "withdraw_comments", said.pk)
    assert wrong(office.post(withdraw, {"reason": " "})) == ["reason"]
    assert office.post(withdraw, {"reason": "A wrong file."}).url == f"{page(response)}#westmarch"
    html = office.get(page(response)).content.decode()
    assert words(html, ".app-said p") == ["Why: A wrong file.", "The force agrees.", "Bells are tested daily."]
    assert links(html)[:2] == ["Record comments: Westmarch Police", "Move the day: Westmarch Police"]
    assert office.get(withdraw).url == page(response)


def test_inviting_and_sending_by_their_forms(office, response, today):
    invite = page(response, "invite_to_comment", "westmarch")
    html = office.post(invite, {"due_on": say_day(today - DAY), "way": "later"}).content.decode()
    assert (wrong(html), lacking(html, ".govuk-error-summary", say_day(today - DAY))) == (["due_on"], [])
    assert wrong(office.post(invite, {})) == ["due_on", "way"]
    typed = {"due_on": say_day(today + DAY), "way": "later", "once": "a"}
    done = office.post(invite, typed, follow=True)
    assert flashes(done) == ["success"]
    assert words(done.content.decode(), ".app-rec__state") == ["Not sent"]
    again = office.post(invite, typed, follow=True)
    assert flashes(again) == ["info"]
    send = page(response, "record_invitation_sent", "westmarch")
    html = office.get(send).content.decode()
    assert 'value="Chief constable of Westmarch Police"' in html
    stale = {"sent_on": say_day(today), "sent_to": "A. Rowe", "version": 7}
    assert wrong(office.post(send, stale)) == [""]
    done = office.post(send, stale | {"version": 1}, follow=True)
    assert flashes(done) == ["success"]
    assert TrailEntry.objects.order_by("sequence").last().verb == "send_invitation"


def test_the_day_it_was_sent_invites_in_one_step(office, response, westmarch, today):
    invite = page(response, "invite_to_comment", "westmarch")
    typed = {"due_on": say_day(today + DAY), "way": "own"}
    assert wrong(office.post(invite, typed)) == ["sent_on", "sent_to"]
    typed |= {"sent_on": say_day(today), "sent_to": "A. Rowe", "sent_how": "by post", "mailed_to": 7}
    done = office.post(invite, typed, follow=True)
    assert words(done.content.decode(), ".app-rec__state") == ["Waiting"]
    made = response.invitations.get()
    assert (made.sent_on, made.sent_to, made.sent_how, made.mailed_to) == (today, "A. Rowe", "by post", None)
    assert lacking(done, ".app-steps li:first-child", "sent") == []


def test_the_letter_goes_by_e_mail_and_the_steps_say_whether_it_went(office, response, force_lead, today, mailoutbox):
    invite = page(response, "invite_to_comment", "westmarch")
    typed = {"due_on": say_day(today + DAY), "way": "mail"}
    assert wrong(office.post(invite, typed)) == ["mailed_to"]
    done = office.post(invite, typed | {"mailed_to": force_lead.pk}, follow=True)
    html = done.content.decode()
    # wording: the steps say which of the ways it was
    assert (flashes(done), words(html, ".app-steps li:first-child")) == (["success"], ["Invite email not sent yet"])
    assert links(html)[0] == "Record that it was sent: Westmarch Police"
    call_command("send_reminders")
    (mail,) = (each for each in mailoutbox if each.to == [force_lead.email])
    made = response.invitations.get()
    assert (mail.to, reverse("write_comments", args=[made.pk]) in mail.body) == ([force_lead.email], True)
    html = office.get(page(response)).content.decode()
    assert lacking(html, ".app-steps li:first-child", f"sent by email {today.day} {today:%B}") == []
    assert links(html)[0] == "Record comments: Westmarch Police"


def test_without_an_account_of_the_force_no_e_mail_is_offered(office, response, today):
    invite = page(response, "invite_to_comment", "westmarch")
    assert values(office.get(invite), "way") == ["own", "later"]
    assert wrong(office.post(invite, {"due_on": say_day(today + DAY), "way": "mail"})) == ["way"]


def test_what_is_no_longer_due_leads_back(office, response, sent, report, body, officer, approver, at):
    for name in ("invite_to_comment", "record_invitation_sent"):
        assert office.get(page(response, name, "westmarch")).url == f"{page(response)}#westmarch"
    assert office.get(page(response, "invite_to_comment", "nowhere")).status_code == 404
    typed = {"due_on": say_day(sent.due_on), "way": "later"}
    answer = office.post(page(response, "invite_to_comment", "westmarch"), typed)
    assert (answer.status_code, wrong(answer)) == (422, [""])


@pytest.mark.soak
def test_a_submitted_text_is_warned_about_and_a_published_one_left_alone(
    office, westmarch, body, officer, approver, at, today
):
    report = make_inspection(westmarch, title="Cells", published_on=today - 30 * DAY, at=at)
    make_tracked(report, number="9", at=at)
    drafted = make_draft(report, body, by=officer, at=at)
    approval_workflow.submit(response=drafted, by=officer, at=at)
    html = office.get(page(drafted)).content.decode()
    assert number_of(html, ".app-record__notice") == 1
    assert links(html) == ["Withdraw these comments: Westmarch Police"]
    other = make_inspection(westmarch, title="Doors", published_on=today - 30 * DAY, at=at)
    make_tracked(other, number="8", at=at)
    published = make_published(other, body, by=officer, approver=approver, at=at)
    assert links(office.get(page(published)).content.decode()) == []


def test_of_one_that_was_published_elsewhere_nobody_is_asked_here(office, officer, westmarch, body, at, today):
    report = make_inspection(westmarch, title="Cells", published_on=today - 30 * DAY, at=at)
    published = PublishedResponse(
        title=report.title,
        short_name=report.short_name,
        kind=report.kind,
        body=body,
        body_name=body.name,
        published_on=report.published_on,
        responded_on=today - DAY,
        narrative=("We will watch.",),
    )
    response = record_published(published=published, force=westmarch, by=officer, at=at)
    html = office.get(page(response)).content.decode()
    assert hrefs(html, ".app-empty a") == [response.get_absolute_url()]
    assert sections(html) == []
    assert number_of(office.get(page(response, "response_copies")), ".app-record__notice") == 1


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_it_takes_the_same_queries_for_one_force_as_for_three(
    office, westmarch, body, officer, at, today, number, django_assert_num_queries
):
    forces = [westmarch, *(_force(body, f"Force {place}", at) for place in range(number - 1))]
    report = make_inspection(forces, title="National", published_on=today - 30 * DAY, at=at)
    made = make_response(report, body, by=officer, at=at)
    for force in forces:
        invitation = invitations.invite(response=made, force=force, due_on=today, by=officer, at=at)
        invitations.record_sent(invitation=invitation, sent_on=today, sent_to="A. Rowe", by=officer, at=at)
        wrong = say(made, force, officer, at)
        comments.withdraw_comments(comments=wrong, reason="Wrong.", by=officer, at=at)
        say(made, force, officer, at)
    with django_assert_num_queries(22):
        html = office.get(page(made)).content.decode()
    assert words(html, ".app-rec__state") == ["Comments are here"] * number


def _force(body, name: str, at) -> Force:
    slug = name.lower().replace(" ", "-")
    facts = {"name": name, "short_name": name, "slug": slug, "reference_prefix": slug[-3:].upper()}
    force = records.keep(record=Force(**facts), by=None, at=at)
    since = datetime.date(2012, 11, 22)
    records.keep(record=Oversight(body=body, force=force, since=since), by=None, at=at)
    return force
