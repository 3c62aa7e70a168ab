"""The chief officer's voice in a response: invited, submitted by whom it may be, never edited; and copies sent."""

import datetime

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.people import records
from recommendations.domain.responses import copies, publishing
from recommendations.domain.responses.chief_officers import comments, invitations
from recommendations.domain.responses.chief_officers.section import voices_of
from recommendations.domain.responses.draft.completeness import missing
from recommendations.domain.writing.refusals import NotAllowed, Stale
from recommendations.models import ChiefOfficerComments, Copy, Invitation, Recipient, Response, TrailEntry
from recommendations.trail import verb
from tests.conftest import AT, PUBLISHED, TODAY, make_inspection, make_tracked
from tests.makers.responses import make_published, make_response
from tests.per_module import per_module
from tests.refusals import refusal, refusal_of

DAY = datetime.timedelta(days=1)
DUE = TODAY + 14 * DAY
SIGNED = {"signed_by": "A. Rowe", "signed_as": "Chief constable", "dated_on": TODAY}
TEXT = "The force agrees.\n\nBells are tested daily."


@per_module
def report(westmarch):
    made = make_inspection(westmarch)
    make_tracked(made)
    return made


@per_module
def response(report, body):
    return make_response(report, body)


@per_module
def published(westmarch, body, officer, approver):
    made = make_inspection(westmarch, title="Cells in Westmarch")
    make_tracked(made, number="9")
    return make_published(made, body, by=officer, approver=approver)


@pytest.fixture
def invite(response, westmarch, officer):
    def do(**given):
        about = {"response": response, "force": westmarch, "due_on": DUE, "by": officer, "at": AT}
        return invitations.invite(**about | given)

    return do


def send(invitation, by, **given):
    about = {"sent_on": TODAY, "sent_to": "Chief Constable A. Rowe", "sent_how": "by email"}
    return invitations.record_sent(invitation=invitation, by=by, **{"at": AT} | about | given)


@pytest.fixture
def say(response, westmarch, officer):
    def do(**given):
        about = {"response": response, "force": westmarch, "text": TEXT, "by": officer, "at": AT}
        return comments.record_comments(**about | SIGNED | given)

    return do


def test_an_invitation_is_made_then_sent_and_its_silence_is_stated(invite, response, report, officer):
    made = send(invite(), officer)
    found = Invitation.objects.get()
    assert (found, found.due_on, found.sent_on, found.sent_to, found.sent_how) == (
        made,
        DUE,
        TODAY,
        "Chief Constable A. Rowe",
        "by email",
    )
    (voice,) = voices_of(response, [report])
    assert voice.words.why == (
        "The chief constable was invited on 7 November 2026 to comment by 21 November 2026. No comments were received."
    )
    waits = [each.words for each in missing(response, DUE) if each.anchor == "chief-officers"]
    assert waits == ["Comments of the chief constable of Westmarch Police are asked for by 21 November 2026"]
    assert [each for each in missing(response, DUE + DAY) if each.anchor == "chief-officers"] == []
    assert verification.verify() == []


def test_an_invitation_that_was_not_sent_states_no_silence(invite, response):
    invite()
    waits = [each.words for each in missing(response, DUE + DAY) if each.anchor == "chief-officers"]
    assert waits == ["The chief constable of Westmarch Police has not been invited to comment"]


def test_what_an_invitation_refuses(invite, say, response, eastvale, force_lead, approver):
    assert refusal_of(invite, due_on=TODAY - DAY) == ("in-the-past", "due_on")
    assert refusal_of(invite, force=eastvale) == ("not-covered", "force")
    with pytest.raises(NotAllowed):
        invite(by=force_lead)
    invite(by=approver)
    assert refusal_of(invite) == ("invited-already", None)
    assert Invitation.objects.count() == 1


def test_nobody_is_invited_who_has_spoken_or_once_it_is_published(invite, say, published, westmarch):
    say()
    assert refusal_of(invite) == ("commented-already", None)
    assert refusal_of(invite, response=published) == ("published", None)


def test_what_sending_refuses(invite, officer, force_lead):
    made = invite(due_on=TODAY)
    tomorrow, before = TODAY + DAY, PUBLISHED - DAY
    assert refusal_of(lambda: send(made, officer, sent_on=tomorrow)) == ("in-the-future", "sent_on")
    assert refusal_of(lambda: send(made, officer, sent_on=before)) == ("before-publication", "sent_on")
    assert refusal_of(lambda: send(made, officer, sent_to=" ")) == ("required", "sent_to")
    assert refusal_of(lambda: send(made, officer, sent_to="x" * 201)) == (
        "too-long",
        "sent_to",
    )
    assert refusal_of(lambda: send(made, officer, sent_on=tomorrow, at=AT + DAY)) == ("after-due", "sent_on")
    with pytest.raises(NotAllowed):
        send(made, force_lead)
    with pytest.raises(Stale):
        send(made, officer, version=7)
    send(made, officer, version=1)
    assert refusal_of(lambda: send(made, officer)) == ("sent-already", None)


def test_the_day_moves_with_a_reason_while_nothing_came(invite, say, officer, force_lead):
    made = send(invite(due_on=TODAY), officer)

    def move(**given):
        about = {"invitation": made, "due_on": TODAY + 7 * DAY, "reason": "A new chief constable.", "by": officer}
        return invitations.move_invitation_day(**{"at": AT + DAY} | about | given)

    assert refusal_of(move, due_on=TODAY, at=AT + DAY) == ("unchanged", "due_on")
    assert refusal_of(move, due_on=TODAY - DAY, at=AT) == ("in-the-past", "due_on")
    assert refusal_of(move, reason=" ") == ("no-reason", "reason")
    with pytest.raises(NotAllowed):
        move(by=force_lead)
    with pytest.raises(Stale):
        move(version=1)
    moved = move(version=2)
    assert (moved.due_on, moved.sent_on, moved.version) == (TODAY + 7 * DAY, TODAY, 3)
    assert TrailEntry.objects.order_by("sequence").last().reason == "A new chief constable."
    say()
    assert refusal_of(move, due_on=DUE) == ("commented-already", None)
    assert verification.verify() == []


def test_the_day_stays_once_the_text_was_submitted(report, body, officer, invite):
    made = invite()
    with verb("submit_response", by=None, at=AT) as act:
        response = made.response
        response.state = "submitted"
        act.save(response)
    days = {"due_on": DUE + DAY, "reason": "Later.", "by": officer, "at": AT}
    assert refusal_of(invitations.move_invitation_day, invitation=made, **days) == ("submitted", None)


def test_the_office_records_what_came_word_for_word_with_its_file(say, officer):
    made = say(source_name="comments.docx", content=b"PK and so on")
    found = ChiefOfficerComments.objects.get()
    assert (found, found.text, found.signed_by, found.dated_on) == (made, TEXT, "A. Rowe", TODAY)
    file = found.file
    assert (found.recorded_by, bytes(file.content), file.name) == (officer, b"PK and so on", "comments.docx")
    assert file.media_type.endswith("wordprocessingml.document")
    assert verification.verify() == []


def test_what_comments_refuse(say, eastvale, member):
    assert refusal_of(say, text=" \n ") == ("required", "text")
    assert refusal_of(say, signed_by="") == ("required", "signed_by")
    assert refusal_of(say, signed_as=" ") == ("required", "signed_as")
    assert refusal_of(say, dated_on=TODAY + DAY) == ("in-the-future", "dated_on")
    assert refusal_of(say, dated_on=PUBLISHED - DAY)[1] == "dated_on"
    assert refusal_of(say, force=eastvale)[1] == "force"
    with pytest.raises(NotAllowed):
        say(by=member)
    assert ChiefOfficerComments.objects.count() == 0


def test_a_second_text_stands_only_where_the_first_is_withdrawn(say, officer, force_lead):
    first = say()
    assert refusal_of(say) == ("commented-already", None)

    def withdraw(**given):
        about = {"comments": first, "reason": "A wrong file.", "by": officer, "at": AT}
        return comments.withdraw_comments(**about | given)

    assert refusal_of(withdraw, reason=" ") == ("no-reason", "reason")
    with pytest.raises(NotAllowed):
        withdraw(by=force_lead)
    withdraw()
    assert refusal_of(withdraw) == ("withdrawn", None)
    second = say(text="We agree in part.")
    assert list(ChiefOfficerComments.objects.standing()) == [second]
    assert ChiefOfficerComments.objects.count() == 2


def test_a_force_submits_its_own_once_invited_until_the_day(say, invite, officer, force_lead, other_force_lead):
    with refusal("not-invited", NotAllowed):
        say(by=force_lead)
    made = invite()
    with refusal("not-invited", NotAllowed):
        say(by=force_lead)
    send(made, officer)
    with refusal("not-the-force", NotAllowed):
        say(by=other_force_lead)
    assert refusal_of(say, by=force_lead, at=AT + 15 * DAY)[0] == "too-late"
    assert say(by=force_lead, at=AT + 14 * DAY).recorded_by == force_lead
    assert list(ChiefOfficerComments.objects.visible_to(other_force_lead)) == []
    assert list(Invitation.objects.visible_to(other_force_lead)) == []
    assert ChiefOfficerComments.objects.visible_to(force_lead).count() == 1


def test_late_comments_are_recorded_by_the_office(say, invite, officer):
    send(invite(), officer)
    assert say(at=AT + 20 * DAY).text == TEXT


def test_what_is_published_takes_no_comments_and_lets_go_of_none(published, say, officer):
    says = "published"
    assert refusal_of(say, response=published) == (says, None)
    stands = published.chief_officers.get()

    def withdraw():
        comments.withdraw_comments(comments=stands, reason="Wrong.", by=officer, at=AT)

    assert refusal_of(withdraw) == (says, None)


def recipient(name: str, **facts) -> Recipient:
    return records.keep(record=Recipient(kind="other", name=name, **facts), by=None, at=AT)


def test_copies_keep_the_address_of_their_day_and_who_still_waits(published, officer):
    version = published.versions.first()
    first = recipient("The inspectorate", address="6th Floor,\n23 Stephenson Street", email="post@example.org")
    second, gone = recipient("The library"), recipient("Gone", until=TODAY - DAY)
    assert copies.still_to_send(version, TODAY) == [first, second]
    copies.record_copy(version=version, recipient=first, sent_on=TODAY, sent_how="by post", by=officer, at=AT)
    first.address = "Elsewhere"
    records.keep(record=first, by=None, at=AT)
    found = Copy.objects.get()
    assert (found.sent_to, found.sent_on, found.sent_how, found.recorded_by) == (
        "The inspectorate, 6th Floor, 23 Stephenson Street, post@example.org",
        TODAY,
        "by post",
        officer,
    )
    assert copies.still_to_send(version, TODAY) == [second]
    assert copies.still_to_send(version, TODAY - DAY) == [gone, second]
    assert verification.verify() == []


def test_what_a_copy_refuses(published, officer, approver, force_lead):
    version, to = published.versions.first(), recipient("The library", until=TODAY)

    def send(**given):
        about = {"version": version, "recipient": to, "sent_on": TODAY, "by": officer, "at": AT}
        return copies.record_copy(**about | given)

    assert refusal_of(send, sent_on=TODAY + DAY) == ("in-the-future", "sent_on")
    assert refusal_of(send, sent_on=TODAY - DAY) == ("before-publication", "sent_on")
    assert refusal_of(send, sent_on=TODAY + DAY, at=AT + DAY) == ("after-end", "sent_on")
    with pytest.raises(NotAllowed):
        send(by=force_lead)
    send()
    assert refusal_of(send) == ("sent-already", None)
    publishing.withdraw_response(response=Response.objects.get(pk=published.pk), reason="Wrong.", by=approver, at=AT)
    assert refusal_of(send) == ("withdrawn", None)
