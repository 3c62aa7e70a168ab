"""The email about what one was given and notes that name one: if wanted, once a day at most, never twice the same."""

import datetime

from recommendations.domain.audit import verification
from recommendations.domain.home.last_seen import mark_seen
from recommendations.domain.mails import mail_ledger
from recommendations.domain.notes.notes import add_note
from recommendations.domain.ownership import mails
from recommendations.domain.ownership.keepers import give_round
from recommendations.domain.ownership.mine import mail_notices
from recommendations.emails.daily import due_now, send_reminders
from recommendations.emails.ownership import ABOUT_NOTICES
from recommendations.models import User
from tests.conftest import AT, TODAY
from tests.makers.rounds import make_round
from tests.per_module import per_module

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)


@per_module
def told(westmarch, officer, approver, tracked):
    """A round and a note for the approving officer, who wants emails."""
    asked = make_round(westmarch, by=officer)
    give_round(round=asked, version=asked.version, keeper=approver, by=officer, at=AT)
    add_note(record=tracked, text="@Margaret Osei, look at zqwords.", by=officer, at=AT)
    mail_notices(person=approver, wanted=True)
    return User.objects.get(pk=approver.pk)


def run(days=0):
    at = AT + HOUR + days * DAY
    return list(send_reminders(on=TODAY + days * DAY, clock=lambda: at))


def test_one_e_mail_tells_both_without_a_word_of_them_and_not_again(told, officer, tracked, mailoutbox):
    # wording: the email goes out in these words
    assert due_now(on=TODAY, at=AT + HOUR).count(ABOUT_NOTICES) == 1
    assert [each.about for each in run() if each.about == ABOUT_NOTICES] == [ABOUT_NOTICES]
    (mail,) = [each for each in mailoutbox if each.to == [told.email]]
    assert mail.body == (
        "1 thing was given to you.\n1 note names you.\n\nSign in to see them: http://127.0.0.1:8000/\n\n"
        "You get this email once a day at most. To stop it: http://127.0.0.1:8000/you/#notices\n"
    )
    add_note(record=tracked, text="@Margaret Osei again", by=officer, at=AT + HOUR)
    assert [each for each in run() if each.about == ABOUT_NOTICES] == []
    assert len([each for each in run(days=1) if each.about == ABOUT_NOTICES]) == 1
    assert [each.body.split("\n")[0] for each in mailoutbox if each.to == [told.email]][-1] == "1 note names you."
    assert verification.verify() == []


def test_who_looked_left_or_switched_it_off_gets_none(told, officer, mailoutbox):
    assert mails.waiting(TODAY, AT + HOUR) == [told]
    assert mails.waiting(TODAY + 8 * DAY, AT + 8 * DAY) == []
    mail_notices(person=told, wanted=False)
    assert (mails.waiting(TODAY, AT + HOUR), mails.claim(person=told, on=TODAY, at=AT + HOUR)) == ([], None)
    mail_notices(person=told, wanted=True)
    mark_seen(person=told, until=AT, at=AT)
    assert mails.waiting(TODAY, AT + HOUR) == []


def test_a_claim_is_one_runs_until_it_is_stale_and_what_failed_goes_later(told):
    first = mails.claim(person=told, on=TODAY, at=AT + HOUR)
    assert (first.given, first.named) == (1, 1)
    assert mails.claim(person=told, on=TODAY, at=AT + HOUR) is None
    mail_ledger.mark_failed(first, "It is down.", at=AT + HOUR)
    again = mails.claim(person=told, on=TODAY + DAY, at=AT + DAY)
    assert (again.mail.pk, again.mail.attempts, again.mail.day, again.given) == (first.mail.pk, 2, TODAY + DAY, 1)
