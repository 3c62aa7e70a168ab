"""E-mails to somebody whose account an administrator has changed: to the old and the new address, without either."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from recommendations.domain.people.two_people import has_other_address, has_other_entra_id
from recommendations.emails import HEADERS, say_wrong
from recommendations.models import User

CHANGED = "Oversight: Your account was changed"
logger = logging.getLogger(__name__)


def send_account_changed(before: User, after: User, *, is_factor_reset: bool = False) -> bool:
    """Tell the person of another address, object id in Microsoft Entra or a reset second factor, if there is one.

    It goes to each address that the account had or has. False if an e-mail could not be sent.
    """
    said = []
    if has_other_address(before, after):
        said.append("Its e-mail address is another one.")
    if has_other_entra_id(before, after):
        said.append("The Microsoft account that signs in to it is another one.")
    if is_factor_reset:
        said.append("Its second factor was reset: you set up a new one when you next sign in.")
    if not said:
        return True
    sent = [_sent(address, said) for address in dict.fromkeys((before.email, after.email))]
    return all(sent)


def _sent(address: str, said: list[str]) -> bool:
    body = render_to_string("emails/account_changed.txt", {"said": said, "origin": settings.ORIGIN})
    try:
        return bool(EmailMessage(CHANGED, body, to=[address], headers=HEADERS).send())
    except OSError as failed:
        logger.error("The e-mail about a changed account could not be sent: %s", say_wrong(failed))
        return False
