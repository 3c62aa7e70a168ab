"""An invitation that goes by email from here: to whom, when it is due, taken up again, sent in another way instead."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.mails import mail_ledger
from recommendations.domain.mails.mail_ledger import STALE_AFTER
from recommendations.domain.people import records
from recommendations.domain.responses.chief_officers import invitations
from recommendations.domain.responses.chief_officers.notifications import NO_ACCOUNT, NOT_YET, claim, status_of, waiting
from recommendations.domain.writing.refusals import Refusal
from recommendations.emails.daily import send_reminders
from recommendations.enums import MailState
from recommendations.models import Invitation, InvitationMail
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.chief_officers import DUE
from tests.makers.responses import make_response
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)


@per_module
def response(westmarch, body):
    report = make_inspection(westmarch)
    make_tracked(report)
    return make_response(report, body)


@pytest.fixture
def mailed(response, westmarch, officer, force_lead):
    about = {"response": response, "force": westmarch, "due_on": DUE, "by": officer, "at": AT}
    return invitations.invite(**about, mailed_to=force_lead)


def now() -> Invitation:
    return Invitation.objects.select_related("mail", "mailed_to").get()


def words() -> str:
    return status_of(now()).words


def test_it_goes_once_with_the_letter_and_the_force_sees_it_at_once(mailed, force_lead, mailoutbox, settings):
    settings.ORIGIN = "https://oversight.example.org"
    assert (mailed.sent_on, mailed.sent_to, mailed.sent_how) == (TODAY, force_lead.name, invitations.BY_MAIL)
    assert words() == NOT_YET
    for _ in range(2):
        list(send_reminders(on=TODAY, clock=lambda: AT))
    (mail,) = mailoutbox
    assert mail.to == [force_lead.email]
    assert f"https://oversight.example.org/comments/{mailed.pk}/" in mail.body
    assert "Dear Chief Constable," in mail.body
    assert words() == "sent by email on 7 November 2026"


def test_only_an_inspection_lead_of_the_force_is_written_to(
    response, westmarch, officer, other_force_lead, member, force_lead
):
    about = {"response": response, "force": westmarch, "due_on": DUE, "by": officer, "at": AT}
    force_lead.is_active = False
    records.keep(record=force_lead, by=None, at=AT)
    for person in (other_force_lead, member, force_lead):
        with pytest.raises(Refusal) as refused:
            invitations.invite(**about, mailed_to=person)
        assert refused.value.field == "mailed_to"
    assert Invitation.objects.count() == 0


def test_it_is_not_sent_to_a_closed_account_or_after_the_day(mailed, force_lead):
    assert (waiting(AT), waiting(AT + 15 * DAY)) == ([mailed], [])
    force_lead.is_active = False
    records.keep(record=force_lead, by=None, at=AT)
    assert (waiting(AT), words()) == ([], NO_ACCOUNT)


def test_what_failed_is_taken_up_again_and_what_was_handed_over_is_not(mailed):
    first = claim(invitation=mailed, at=AT)
    assert claim(invitation=mailed, at=AT) is None
    mail_ledger.hand_over(first)
    mail_ledger.mark_failed(first, "It is down.", at=AT)
    assert words() == "email not sent: It is down."
    second = claim(invitation=mailed, at=AT)
    mail_ledger.hand_over(second)
    assert (words(), waiting(AT + STALE_AFTER)) == ("email being sent", [])
    assert mail_ledger.note_stopped(AT + STALE_AFTER) == 1
    assert status_of(now()).is_wrong


def test_one_that_has_not_gone_can_be_sent_another_way_and_then_goes_no_more(mailed, officer):
    sent = {"sent_on": TODAY, "sent_to": "A. Rowe", "by": officer, "at": AT}
    made = invitations.record_sent(invitation=mailed, **sent)
    assert (made.mailed_to, made.sent_to, waiting(AT), status_of(now())) == (None, "A. Rowe", [], None)


def test_one_that_is_going_cannot(mailed, officer):
    claim(invitation=mailed, at=AT)
    with pytest.raises(Refusal):
        invitations.record_sent(invitation=mailed, sent_on=TODAY, sent_to="A. Rowe", by=officer, at=AT)


@pytest.mark.on_postgresql
def test_the_database_refuses_a_second_mail_and_one_that_was_not_sent(mailed):
    InvitationMail.objects.create(invitation=mailed, claimed_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationMail.objects.create(invitation=mailed, claimed_at=AT)
    for values, name in (
        ({"state": "lost"}, "invitationmail_state_known"),
        ({"state": MailState.SENT}, "invitationmail_sent_at"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            InvitationMail.objects.update(**values)
