"""What an empty register needs before anybody can sign in: the names of office and body, and administrators."""

import datetime

from django.utils.text import slugify

from recommendations.domain.office_use.choice import start_with_hmicfrs
from recommendations.domain.people.invitations import SentInvitation, invite, send_again
from recommendations.domain.people.records import keep
from recommendations.enums import Role
from recommendations.models import AccountInvitation, OfficeUse, PolicingBody, User


def name_office(name: str, *, body: str, kind: str, at: datetime.datetime) -> None:
    """Add the policing body that the office works for if there is none. An administrator can complete it later.

    A new office begins with HMICFRS, the register, responses and papers; the page "What you use" has the rest.
    """
    if PolicingBody.objects.exists():
        return
    if not OfficeUse.objects.exists():
        start_with_hmicfrs(at=at)
    slug = slugify(body)[:50] or "office"
    keep(record=PolicingBody(name=body, slug=slug, kind=kind, office_name=name), by=None, at=at)


def invite_administrator(*, email: str, name: str, at: datetime.datetime) -> SentInvitation | None:
    """Invite an administrator, or renew the link of an open invitation. None if they have an account already.

    Raises Refusal as `invite` does.
    """
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        return None
    if waiting := AccountInvitation.objects.open().filter(email=address).first():
        return send_again(invitation=waiting, by=None, at=at)
    return invite(email=address, name=name, role=Role.ADMINISTRATOR, by=None, at=at)
