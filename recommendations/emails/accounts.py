"""Emails about accounts: the link to a new one, and that an administrator has changed one.

Their words are in templates/emails.
"""

import logging

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.people.two_people import has_other_address, has_other_entra_id
from recommendations.emails.backend import say_wrong
from recommendations.emails.messages import message_from
from recommendations.models import AccountInvitation, User
from recommendations.periods import say

logger = logging.getLogger(__name__)


def invitation_link(secret: str) -> str:
    """The link for accepting an account invitation, under the configured origin."""
    return f"{settings.ORIGIN}{reverse('accept_invitation', args=[secret])}"


def send_account_invitation(invitation: AccountInvitation, link: str) -> bool:
    """Send the link to the invited person. False if that failed; then the inviter is shown the link."""
    assert invitation.expires_at is not None  # a link was made
    ends = timezone.localtime(invitation.expires_at)
    words = {"link": link, "ends": f"{ends:%H:%M on %A} {say(ends.date())}"}
    return _send("emails/account_invitation.txt", words, invitation.email)


def send_account_changed(before: User, after: User, *, is_factor_reset: bool = False) -> bool:
    """Tell the person of another address, object id in Microsoft Entra or a reset second factor, if there is one.

    It goes to each address that the account had or has, and names neither. False if an email could not be sent.
    """
    changes = {
        "has_other_address": has_other_address(before, after),
        "has_other_entra_id": has_other_entra_id(before, after),
        "is_factor_reset": is_factor_reset,
    }
    if not any(changes.values()):
        return True
    words, addresses = changes | {"origin": settings.ORIGIN}, dict.fromkeys((before.email, after.email))
    sent = [_send("emails/account_changed.txt", words, address) for address in addresses]
    return all(sent)


def _send(template: str, words: dict, address: str) -> bool:
    try:
        return bool(message_from(template, words, to=address).send())
    except OSError as failed:
        logger.error("An email about an account could not be sent: %s", say_wrong(failed))
        return False
