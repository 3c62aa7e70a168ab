"""Invitations sent by e-mail from here, once each, with a row for each mail (see domain/mails/mail_ledger.py)."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from recommendations.domain.mails import mail_ledger
from recommendations.domain.responses.states import DRAFTING
from recommendations.domain.writing.records import lock_row
from recommendations.enums import MailState
from recommendations.models import Invitation, InvitationMail
from recommendations.periods import london_day, say

NO_ACCOUNT = "e-mail not sent: the account is closed"
NOT_YET = "e-mail goes out within the hour"


@dataclass(frozen=True)
class InvitationNotice:
    """The e-mail for an invitation's letter, claimed by this run."""

    mail: InvitationMail
    invitation: Invitation


@dataclass(frozen=True)
class MailStatus:
    """The state of an invitation's e-mail, in words."""

    words: str
    has_gone: bool = False
    is_wrong: bool = False


def waiting(at: datetime.datetime, **only: Any) -> list[Invitation]:
    """Invitations whose e-mail has still to be sent, filtered by `only`. Writes nothing.

    The account must be active, the response in draft and the due day not past.
    """
    rows = Invitation.objects.filter(mail_ledger.still_to_go(at), mailed_to__is_active=True, due_on__gte=london_day(at))
    rows = rows.filter(response__state=DRAFTING, **only)
    return list(rows.select_related("response__body", "force", "mailed_to", "recorded_by").order_by("pk"))


def claim(*, invitation: Invitation, at: datetime.datetime) -> InvitationNotice | None:
    """Claim an invitation's e-mail, or return None if another run has it or it is no longer to be sent.

    A mail that failed earlier is tried again.
    """
    with transaction.atomic():
        lock_row(invitation)
        still = waiting(at, pk=invitation.pk)
        mail = mail_ledger.claim_one(InvitationMail, at=at, invitation=invitation) if still else None
    return InvitationNotice(mail, still[0]) if mail else None


def status_of(invitation: Invitation) -> MailStatus | None:
    """Return the e-mail's state, or None if the invitation was not mailed. No query if both relations are selected."""
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
