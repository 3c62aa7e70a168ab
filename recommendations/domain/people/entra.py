"""Users who sign in with Microsoft Entra: finding them, and recording their identity. No user is created."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

from recommendations.domain.writing.records import lock_row
from recommendations.enums import Role
from recommendations.models import User
from recommendations.trail import verb

ENTRA = "Microsoft Entra"
MICROSOFT, OLDER_ISSUER = "login.microsoftonline.com", "https://sts.windows.net"  # the issuer of version 1.0 tokens

VERIFIED = (True, "1", "true")  # values of the claim xms_edov: Entra also sends it as a number or a text


class EntraRefused(Exception):
    """Raised if sign-in is refused: `why` for the trail, `words` for the user, and the `account`, if known."""

    def __init__(self, why: str, words: str, account: User | None = None):
        super().__init__(why)
        self.why, self.words, self.account = why, words, account


@dataclass(frozen=True)
class EntraIdentity:
    """The claims that we use, after the token's signature was verified."""

    object_id: str
    address: str
    address_is_verified: bool
    app_roles: tuple[str, ...]
    has_second_factor: bool

    @classmethod
    def of(cls, claims: Mapping[str, Any]) -> "EntraIdentity":
        """Read the claims of an ID token. Missing ones, or of another type, are empty.

        Nobody verifies the claim `email`, which anybody can set on an account of their own, unless `xms_edov` says
        that its domain is verified: https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization
        """
        claim, _, value = settings.ENTRA_SECOND_FACTOR.partition("=")
        return cls(
            object_id=_text(claims.get("oid")),
            address=_text(claims.get(settings.ENTRA_ADDRESS_CLAIM)),
            address_is_verified=settings.ENTRA_ADDRESS_CLAIM != "email" or claims.get("xms_edov") in VERIFIED,
            app_roles=tuple(_texts(claims.get("roles"))),
            has_second_factor=value in _texts(claims.get(claim)),
        )


def _text(value: object) -> str:
    return value.strip().lower() if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, str)]


def is_issuer_of(url: str, issuer: str) -> bool:
    """Whether the provider at this URL may have this issuer: the URL itself, as OpenID Connect requires.

    Microsoft's version 1.0 tokens have an issuer on another host, with the same tenant.
    """
    parts, named = urlsplit(url), {url.rstrip("/")}
    if parts.hostname == MICROSOFT:
        named.add(f"{OLDER_ISSUER}{parts.path.rstrip('/')}")
    return issuer.rstrip("/") in named


def person_from_entra(identity: EntraIdentity) -> User:
    """The user with this identity: by object id, or by a verified address if they have no object id on record.

    Raises EntraRefused for an unknown or inactive user, an unverified address, a missing or different object id, or no
    second factor.
    """
    if not identity.object_id:
        raise EntraRefused("no object id", "Microsoft Entra did not say who you are. Tell an administrator.")
    person = _known(identity)
    if person is None and not identity.address_is_verified:
        raise EntraRefused(
            "the email address is not verified: xms_edov is not true",
            "Microsoft Entra has not verified your email address. Ask those who run your Microsoft accounts to send "
            "the claim xms_edov, or ask an administrator of your office to enter your object id.",
        )
    if person is None:
        raise EntraRefused(
            "no account has this address",
            "You have no account here, or it has another address. Ask an administrator of your office to add you.",
        )
    if not person.is_active:
        raise EntraRefused("deactivated", "This account is closed. If you need it, ask an administrator.", person)
    if person.entra_id not in ("", identity.object_id):
        raise EntraRefused(
            "another object id than the one on record",
            "Your address is that of another Microsoft account here. Ask an administrator to check it.",
            person,
        )
    if not identity.has_second_factor:
        raise EntraRefused(
            f"no second factor: {settings.ENTRA_SECOND_FACTOR} is not in the answer",
            "You signed in at Microsoft without a second factor, which Oversight needs. Set one up there, or ask those "
            "who run your Microsoft accounts to require it for Oversight.",
            person,
        )
    return person


def _known(identity: EntraIdentity) -> User | None:
    by_id = User.objects.filter(entra_id=identity.object_id).first()
    if by_id or not identity.address or not identity.address_is_verified:
        return by_id
    return User.objects.filter(email=identity.address).first()


def recognise(*, person: User, identity: EntraIdentity, at: datetime.datetime) -> User:
    """Save the object id at the first sign-in, and the role if app roles set it. No entry if nothing changes.

    Returns the updated user. Raises EntraRefused for no role, several, or one that does not fit the force.
    """
    role = _role_from(identity, person) if settings.ENTRA_APP_ROLES else person.role
    if (person.entra_id, person.role) == (identity.object_id, role):
        return person
    with verb("edit_user", by=None, at=at, reason="Signed in with Microsoft Entra.") as act:
        act.by_name = ENTRA
        act.subject = now = lock_row(person)
        now.entra_id, now.role = identity.object_id, role
        try:
            now.full_clean(exclude=["password"])
        except ValidationError as wrong:
            raise EntraRefused("what it says does not fit the record", " ".join(wrong.messages), person) from None
        act.save(now)
    return now


def _role_from(identity: EntraIdentity, person: User) -> str:
    """The only one of our roles among the app roles. Raises EntraRefused if there is not exactly one."""
    found = sorted(set(identity.app_roles) & set(Role.values))
    if len(found) != 1:
        given = ", ".join(found) or "none"
        raise EntraRefused(
            f"app roles: {given}",
            "Microsoft Entra gives you no role for Oversight, or more than one. Ask those who run your Microsoft "
            "accounts for one.",
            person,
        )
    return found[0]
