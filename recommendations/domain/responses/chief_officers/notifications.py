"""Invitations whose letter goes by e-mail from here, once each, and the ledger of that
(domain/writing/mail_ledger.py)."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from recommendations.domain.responses.states import DRAFTING
from recommendations.domain.writing import mail_ledger
from recommendations.domain.writing.records import locked
from recommendations.enums import MailState
from recommendations.models import Invitation, InvitationMail
from recommendations.periods import london_day, say

NO_ACCOUNT = "e-mail not sent: the account is closed"
NOT_YET = "e-mail to be sent by the next run of send_reminders"


@dataclass(frozen=True)
class InvitationNotice:
    """An e-mail with an invitation's letter that this run has claimed."""

    mail: InvitationMail
    invitation: Invitation


@dataclass(frozen=True)
class MailStatus:
    """Where the e-mail of an invitation is, in words."""

    words: str
    has_gone: bool = False
    is_wrong: bool = False


def waiting(at: datetime.datetime, **only: Any) -> list[Invitation]:
    """The invitations whose e-mail is still to go, of these `only`: to an account that is open, of a response that is
    drafted, before the day by which comments are asked for has passed. Writes nothing."""
    rows = Invitation.objects.filter(mail_ledger.still_to_go(at), mailed_to__is_active=True, due_on__gte=london_day(at))
    rows = rows.filter(response__state=DRAFTING, **only)
    return list(rows.select_related("response__body", "force", "mailed_to", "recorded_by").order_by("pk"))


def claim(*, invitation: Invitation, at: datetime.datetime) -> InvitationNotice | None:
    """Claim the one e-mail of an invitation. None where another run was first, or it is not to be sent any more.

    A mail that did not go before is taken up again.
    """
    with transaction.atomic():
        locked(invitation)
        still = waiting(at, pk=invitation.pk)
        mail = mail_ledger.claim_one(InvitationMail, at=at, invitation=invitation) if still else None
    return InvitationNotice(mail, still[0]) if mail else None


def status_of(invitation: Invitation) -> MailStatus | None:
    """Where the e-mail of an invitation is; None where it was sent in another way. No query, with both selected."""
    if invitation.mailed_to is None:
        return None
    mail = getattr(invitation, "mail", None)
    if mail and mail.state == MailState.SENT:
        return MailStatus(f"sent by e-mail on {say(london_day(mail.sent_at))}", has_gone=True)
    if mail and mail.state == MailState.HANDED:
        wrong = mail_ledger.wrong_words(mail.state, mail.problem)
        return MailStatus(wrong or "e-mail being sent", has_gone=True, is_wrong=bool(wrong))
    if not invitation.mailed_to.is_active:
        return MailStatus(NO_ACCOUNT, is_wrong=True)
    if mail and mail.problem:
        return MailStatus(f"e-mail not sent: {mail.problem}", is_wrong=True)
    return MailStatus(NOT_YET)
