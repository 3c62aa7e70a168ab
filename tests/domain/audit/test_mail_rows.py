"""The ledgers of emails against the trail: what is proven of a mail, and from when."""

import datetime
from types import SimpleNamespace

import pytest

from recommendations.domain.audit.verification import verify
from recommendations.domain.mails import mail_ledger
from recommendations.enums import MailState
from recommendations.models import ReminderMail, TrailEntry
from tests.conftest import AT

LATER = AT + datetime.timedelta(days=1)


@pytest.fixture
def claimed(officer):
    return SimpleNamespace(mail=ReminderMail.objects.create(person=officer, day=AT.date(), claimed_at=AT))


def entries() -> list[str]:
    return list(TrailEntry.objects.filter(verb__startswith="email_").values_list("verb", flat=True))


def test_each_end_of_an_attempt_is_an_entry_and_a_new_attempt_is_no_tamper(claimed):
    mail_ledger.mark_failed(claimed, "It is down.", at=AT)
    assert verify() == []
    assert mail_ledger.reclaim(claimed.mail, at=LATER, day=LATER.date()) is True
    assert verify() == []
    assert mail_ledger.hand_over(claimed) is True
    assert verify() == []
    mail_ledger.mark_sent(claimed, at=LATER)
    assert (entries(), verify()) == (["email_not_sent", "email_sent"], [])


def test_while_it_is_tried_again_it_stays_the_same_persons(claimed, approver):
    mail_ledger.mark_failed(claimed, "It is down.", at=AT)
    mail_ledger.reclaim(claimed.mail, at=LATER)
    ReminderMail.objects.update(person=approver)
    assert verify() == [f"The reminder mail {claimed.mail.pk} was changed: person_id."]


def test_an_attempt_that_is_made_to_look_unmade_is_found(claimed):
    mail_ledger.hand_over(claimed)
    mail_ledger.mark_sent(claimed, at=AT)
    ReminderMail.objects.update(state=MailState.CLAIMED, sent_at=None, attempts=2)
    assert verify() == [f"The reminder mail {claimed.mail.pk} was changed: state, sent_at, attempts."]


def test_what_a_run_that_was_stopped_handed_over_is_told_by_the_next(claimed):
    mail_ledger.hand_over(claimed)
    assert (mail_ledger.note_stopped(LATER), mail_ledger.note_stopped(LATER)) == (1, 0)
    assert (entries(), verify()) == (["email_not_known"], [])
    ReminderMail.objects.update(problem="")
    assert verify() == [f"The reminder mail {claimed.mail.pk} was changed: problem."]


def test_another_run_that_has_a_mail_leaves_no_entry(claimed):
    ReminderMail.objects.update(attempts=2)
    mail_ledger.mark_failed(claimed, "It is down.", at=AT)
    assert entries() == []


def test_the_first_entry_names_the_mails_of_before_and_none_is_proven_until_then(claimed, approver):
    """As in a database of 0.2.0."""
    sent = {"state": MailState.SENT, "sent_at": AT, "claimed_at": AT, "day": AT.date()}
    before = ReminderMail.objects.create(person=approver, **sent)
    assert verify() == []
    mail_ledger.mark_failed(claimed, "It is down.", at=AT)
    assert (entries(), verify()) == (["email_not_sent"], [])
    ReminderMail.objects.filter(pk=before.pk).update(sent_at=LATER)
    assert verify() == [f"The reminder mail {before.pk} was changed: sent_at."]
