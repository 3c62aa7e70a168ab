"""Account invitations: valid once and for 48 hours; by two administrators for every role but a committee member's.

The link's secret is returned to be sent and not stored: the database has its digest.
"""

import datetime
import hashlib
import secrets
from collections.abc import Iterable
from typing import NamedTuple

from recommendations.domain.audit.events import HERE, EventOrigin, add_event
from recommendations.domain.people.committees import seat
from recommendations.domain.people.records import check_itself, check_reachable
from recommendations.domain.people.renamed import link_named_records
from recommendations.domain.people.two_people import check_administers, check_second
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Role
from recommendations.enums.security import AccessEnd
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import AccountInvitation, Force, Panel, User
from recommendations.trail import verb

LASTS = datetime.timedelta(hours=48)
SECRET = 32  # bytes
HAS_ACCOUNT = "Someone has an account with this email address."


class SentInvitation(NamedTuple):
    """An invitation, and the secret of its link, or "" while it waits for a second administrator."""

    invitation: AccountInvitation
    secret: str


class InvitationOver(Refusal):
    """Raised if a link does not work. `invitation` was used, expired or ended; None: no invitation has this secret."""

    def __init__(self, invitation: AccountInvitation | None) -> None:
        super().__init__("This invitation can no longer be used.", code="over")
        self.invitation = invitation


def invite(
    *,
    email: str,
    name: str,
    role: str,
    by: User | None,
    at: datetime.datetime,
    force: Force | None = None,
    committees: Iterable[Panel] = (),
    origin: EventOrigin = HERE,
) -> SentInvitation:
    """Invite somebody to set up an account. From the command line (None) no second administrator is needed.

    Raises NotAllowed if `by` may not administer; Refusal for an address with an account or an open invitation, a force
    or committee that does not fit the role, or a missing one.
    """
    chosen = list(committees)
    with verb(Kind.INVITED, by=by, at=at) as act:
        check_administers(by)
        _check(email, role, force, chosen)
        facts = {"role": role, "force": force, "committees": [each.pk for each in chosen]}
        new = AccountInvitation(email=email.strip().lower(), name=name.strip(), invited_at=at, invited_by=by, **facts)
        if by is None:
            new.confirmed_at = at
        check_itself(new)
        secret = "" if new.needs_second else _new_link(new, at)
        act.subject = act.save(new)
        add_event(act, origin=origin, detail=f"{new.email}, {new.role_words.lower()}")
    return SentInvitation(new, secret)


def _check(email: str, role: str, force: Force | None, committees: list[Panel]) -> None:
    check_reachable(email)
    if User.objects.filter(email=email.strip().lower()).exists():
        raise Refusal(HAS_ACCOUNT, "email")
    if AccountInvitation.objects.open().filter(email=email.strip().lower()).exists():
        raise Refusal(
            "This address has an open invitation. Send that again or withdraw it.", "email", code="invited-already"
        )
    if (role == Role.FORCE_INSPECTION_LEAD) != (force is not None):
        raise Refusal("A force inspection lead has a force, and no one else has one.", "force")
    if committees and role != Role.COMMITTEE_MEMBER:
        raise Refusal("Only a committee member belongs to committees.", "committees")
    if not committees and role == Role.COMMITTEE_MEMBER:
        raise Refusal("Choose the committees whose papers this member reads.", "committees")


def _new_link(invitation: AccountInvitation, at: datetime.datetime) -> str:
    """Give the invitation a new secret: earlier links no longer work."""
    secret = secrets.token_urlsafe(SECRET)
    invitation.key, invitation.sent_at, invitation.expires_at = _digest(secret), at, at + LASTS
    return secret


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def confirm_invitation(
    *,
    invitation: AccountInvitation,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
    origin: EventOrigin = HERE,
) -> SentInvitation:
    """Confirm an invitation as another administrator, and make its link.

    Raises NotAllowed for the inviter, Refusal if it needs no confirmation.
    """
    with verb(Kind.INVITATION_CONFIRMED, by=by, at=at, reason=reason.strip(), subject=invitation) as act:
        found = _open(invitation)
        check_second(by=by, asked_by=found.invited_by_id, reason=reason)
        if not found.needs_second:
            raise Refusal(
                "This invitation needs no confirmation: another administrator confirmed it, or the role takes none.",
                code="confirmed-already",
            )
        found.confirmed_at, found.confirmed_by = at, by
        secret = _new_link(found, at)
        act.subject = act.save(found)
        add_event(act, origin=origin, detail=f"{found.email}, {found.role_words.lower()}")
    return SentInvitation(found, secret)


def send_again(
    *, invitation: AccountInvitation, by: User | None, at: datetime.datetime, origin: EventOrigin = HERE
) -> SentInvitation:
    """Make a new link, valid for 48 hours; the one before no longer works. Raises Refusal while it waits for a second
    administrator, or if the invitation is over.
    """
    with verb(Kind.INVITATION_SENT, by=by, at=at, subject=invitation) as act:
        found = _open(invitation)
        check_administers(by)
        if found.needs_second:
            raise Refusal("Another administrator confirms this invitation first.", code="not-confirmed")
        secret = _new_link(found, at)
        act.subject = act.save(found)
        add_event(act, origin=origin, detail=found.email)
    return SentInvitation(found, secret)


def end_invitation(
    *,
    invitation: AccountInvitation,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
    origin: EventOrigin = HERE,
) -> AccountInvitation:
    """Withdraw an invitation, or decline to confirm another administrator's. Its link no longer works."""
    with verb(Kind.INVITATION_ENDED, by=by, at=at, reason=reason.strip(), subject=invitation) as act:
        found = _open(invitation)
        check_administers(by)
        is_declined = found.needs_second and by is not None and by.pk != found.invited_by_id
        if is_declined and not reason.strip():
            raise Refusal("Say why you decline it.", "reason", code="no-reason")
        found.ended_at, found.ended_by, found.ended_why = at, by, reason.strip()
        found.ended_as = AccessEnd.DECLINED if is_declined else AccessEnd.WITHDRAWN
        act.subject = act.save(found)
        add_event(act, origin=origin, detail=f"{found.email}: {found.get_ended_as_display().lower()}")
    return found


def _open(invitation: AccountInvitation) -> AccountInvitation:
    """The invitation, locked. Raises Refusal if it is over."""
    found = lock_row(invitation)
    if not found.is_open:
        raise Refusal("This invitation is over: it was accepted, withdrawn or declined.", code="over")
    return found


def find_invitation(*, secret: str, on: datetime.datetime) -> AccountInvitation:
    """The invitation for a link's secret. Raises InvitationOver if it does not work at this moment."""
    found = AccountInvitation.objects.filter(key=_digest(secret)).first()
    if found is None or not found.is_open or found.needs_second or found.has_run_out(on):
        raise InvitationOver(found)
    return found


def accept_invitation(*, secret: str, password: str, at: datetime.datetime, origin: EventOrigin = HERE) -> User:
    """Create the account of the invited person, with the password they chose. The link is then used up.

    Raises InvitationOver (also for the second of two concurrent calls); Refusal if the address now has an account.
    """
    with verb(Kind.INVITATION_ACCEPTED, by=None, at=at) as act:
        found = lock_row(find_invitation(secret=secret, on=at))
        if not found.is_open or found.key != _digest(secret):
            raise InvitationOver(found)
        act.by_name, act.subject = found.name, found
        person = User(email=found.email, name=found.name, role=found.role, force=found.force)
        person.set_password(password)
        check_itself(person)
        found.account, found.accepted_at = act.save(person), at
        act.save(found)
        link_named_records(act, person)
        seat(act, person, Panel.objects.filter(pk__in=found.committees))
        add_event(act, account=person, origin=origin, detail=_inviter_words(found))
    return person


def _inviter_words(invitation: AccountInvitation) -> str:
    said = [f"invited by {invitation.invited_by or 'the command line'}"]
    return ", ".join(said + ([f"confirmed by {invitation.confirmed_by}"] if invitation.confirmed_by else []))
