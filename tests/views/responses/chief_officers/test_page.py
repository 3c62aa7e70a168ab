"""The page of the chief officers' comments: where each stands, what is due, how many queries that takes."""

import datetime

import pytest

from recommendations.domain.people import records
from recommendations.domain.responses.chief_officers import comments, invitations
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.imported import PublishedResponse, record_published
from recommendations.models import Force, Oversight, TrailEntry
from recommendations.periods import say as say_day
from tests.conftest import make_inspection, make_tracked
from tests.makers.responses import make_draft, make_published, make_response
from tests.views.responses.chief_officers.conftest import DAY, errors, page, say, sections
from tests.views.responses.conftest import words


def links(html: str) -> list[str]:
    return words(html, ".app-rec .app-actions a")


def test_nobody_is_invited_yet(office, response):
    html = office.get(page(response)).content.decode()
    assert sections(html) == [
        "Chief constable of Westmarch Police Not invited Not invited yet. The law asks the office to invite comments "
        "before it publishes its response. Invite to comment: Westmarch Police Record comments: Westmarch Police"
    ]
    steps = words(html, ".app-steps a")
    assert steps == ["Invite", "Chief officer’s comments", "Draft", "Send copies"]


def test_it_is_invited_sent_and_awaited(office, response, sent, today):
    html = office.get(page(response)).content.decode()
    due = say_day(today + 14 * DAY)
    assert words(html, ".app-rec__state") == ["Waiting"]
    assert words(html, ".app-rec > p") == [
        f"Invited on {say_day(today)} to comment by {due}. Nothing came yet, 14 days left. Sent to A. Rowe, by e-mail."
    ]
    assert links(html)[:2] == ["Record comments: Westmarch Police", "Move the day: Westmarch Police"]


def test_a_day_that_passed_is_late_and_can_be_moved(office, response, westmarch, officer, at, today):
    before = at - 3 * DAY
    made = invitations.invite(response=response, force=westmarch, due_on=today - DAY, by=officer, at=before)
    invitations.record_sent(invitation=made, sent_on=today - 2 * DAY, sent_to="A. Rowe", by=officer, at=at - DAY)
    html = office.get(page(response)).content.decode()
    assert words(html, ".app-rec__state") == ["Nothing came"]
    assert words(html, ".app-rec .app-accent") == [
        f"Invited on {say_day(today - 2 * DAY)} to comment by {say_day(today - DAY)}. "
        "Nothing came, 1 day after that day. The response says so."
    ]
    move = page(response, "move_invitation_day", "westmarch")
    facts = {"due_on": say_day(today + DAY), "reason": "A new chief constable.", "version": 2}
    answer = office.post(move, facts)
    assert (answer.status_code, answer.url) == (302, f"{page(response)}#westmarch")
    html = office.get(page(response)).content.decode()
    assert words(html, ".app-rec > p")[1] == (
        f"Until {say_day(today)}, comments were asked for by {say_day(today - DAY)}. A new chief constable."
    )
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
    assert errors(office.post(withdraw, {"reason": " "}).content.decode()) == ["Say why they are withdrawn."]
    assert office.post(withdraw, {"reason": "A wrong file."}).url == f"{page(response)}#westmarch"
    html = office.get(page(response)).content.decode()
    assert words(html, ".app-said p") == ["Why: A wrong file.", "The force agrees.", "Bells are tested daily."]
    assert links(html)[:2] == ["Record comments: Westmarch Police", "Move the day: Westmarch Police"]
    assert office.get(withdraw).url == page(response)


def test_inviting_and_sending_by_their_forms(office, response, today):
    invite = page(response, "invite_to_comment", "westmarch")
    html = office.post(invite, {"due_on": say_day(today - DAY)}).content.decode()
    assert errors(html) == [f"{say_day(today - DAY)} has passed. Enter today or a later day."]
    assert errors(office.post(invite, {}).content.decode()) == ["Enter the day by which you ask for comments."]
    done = office.post(invite, {"due_on": say_day(today + DAY), "once": "a"}, follow=True)
    assert words(done.content.decode(), ".app-flash") == ["Invited. Record it when the invitation is sent."]
    assert words(done.content.decode(), ".app-rec__state") == ["Not sent"]
    again = office.post(invite, {"due_on": say_day(today + DAY), "once": "a"}, follow=True)
    assert words(again.content.decode(), ".app-flash") == ["This form was sent twice. It was saved once."]
    send = page(response, "record_invitation_sent", "westmarch")
    html = office.get(send).content.decode()
    assert 'value="Chief constable of Westmarch Police"' in html
    stale = {"sent_on": say_day(today), "sent_to": "A. Rowe", "version": 7}
    assert errors(office.post(send, stale).content.decode()) == [
        "Somebody else changed this invitation after you opened the page. It is shown above as it is now."
    ]
    done = office.post(send, stale | {"version": 1}, follow=True)
    assert words(done.content.decode(), ".app-flash") == ["Recorded as sent. The force can comment now."]
    assert TrailEntry.objects.order_by("sequence").last().verb == "send_invitation"


def test_what_is_no_longer_due_leads_back(office, response, sent, report, body, officer, approver, at):
    for name in ("invite_to_comment", "record_invitation_sent"):
        assert office.get(page(response, name, "westmarch")).url == f"{page(response)}#westmarch"
    assert office.get(page(response, "invite_to_comment", "nowhere")).status_code == 404
    says = "This chief officer was invited already."
    answer = office.post(page(response, "invite_to_comment", "westmarch"), {"due_on": say_day(sent.due_on)})
    assert (answer.status_code, errors(answer.content.decode())) == (422, [says])


def test_a_submitted_text_is_warned_about_and_a_published_one_left_alone(
    office, westmarch, body, officer, approver, at, today
):
    report = make_inspection(westmarch, title="Cells", published_on=today - 30 * DAY)
    make_tracked(report, number="9")
    drafted = make_draft(report, body, by=officer, at=at)
    approval_workflow.submit(response=drafted, by=officer, at=at)
    html = office.get(page(drafted)).content.decode()
    assert words(html, ".app-record__notice") == [
        "The text that was submitted holds what the chief officers had said by then. If you change that here, the text "
        "has to be taken back and submitted again."
    ]
    assert links(html) == ["Withdraw these comments: Westmarch Police"]
    other = make_inspection(westmarch, title="Doors", published_on=today - 30 * DAY)
    make_tracked(other, number="8")
    published = make_published(other, body, by=officer, approver=approver, at=at)
    assert links(office.get(page(published)).content.decode()) == []


def test_of_one_that_was_published_elsewhere_nobody_is_asked_here(office, officer, westmarch, body, at, today):
    report = make_inspection(westmarch, title="Cells", published_on=today - 30 * DAY)
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
    assert words(html, ".app-empty") == [
        "Published elsewhere This response was brought in as it was published. What the chief officers said stands in "
        "it. Read the response"
    ]
    assert sections(html) == []
    assert words(office.get(page(response, "response_copies")).content.decode(), ".app-record__notice") == [
        "This version was published elsewhere and brought in. Its copies were sent from there; a sending can be "
        "recorded here too."
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_for_one_force_as_for_three(
    office, westmarch, body, officer, at, today, number, django_assert_num_queries
):
    forces = [westmarch, *(_force(body, f"Force {place}", at) for place in range(number - 1))]
    report = make_inspection(forces, title="National", published_on=today - 30 * DAY)
    made = make_response(report, body, by=officer, at=at)
    for force in forces:
        invitation = invitations.invite(response=made, force=force, due_on=today, by=officer, at=at)
        invitations.record_sent(invitation=invitation, sent_on=today, sent_to="A. Rowe", by=officer, at=at)
        wrong = say(made, force, officer, at)
        comments.withdraw_comments(comments=wrong, reason="Wrong.", by=officer, at=at)
        say(made, force, officer, at)
    with django_assert_num_queries(21):
        html = office.get(page(made)).content.decode()
    assert words(html, ".app-rec__state") == ["Comments are here"] * number


def _force(body, name: str, at) -> Force:
    slug = name.lower().replace(" ", "-")
    facts = {"name": name, "short_name": name, "slug": slug, "reference_prefix": slug[-3:].upper()}
    force = records.keep(record=Force(**facts), by=None, at=at)
    since = datetime.date(2012, 11, 22)
    records.keep(record=Oversight(body=body, force=force, since=since), by=None, at=at)
    return force
