"""Whoever comes from Microsoft Entra: which of our people it is, and what is recorded of them. Nobody is created."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

from recommendations.domain.writing.records import locked
from recommendations.enums import Role
from recommendations.models import User
from recommendations.trail import verb

ENTRA = "Microsoft Entra"
MICROSOFT, OLDER_ISSUER = "login.microsoftonline.com", "https://sts.windows.net"  # of tokens of version 1.0


class EntraRefused(Exception):
    """Sign-in is refused: `why` for the trail, `words` for the person, and whose `account` it is, where known."""

    def __init__(self, why: str, words: str, account: User | None = None):
        super().__init__(why)
        self.why, self.words, self.account = why, words, account


@dataclass(frozen=True)
class EntraIdentity:
    """The claims about a person that we use, once the token’s signature is verified."""

    object_id: str
    address: str
    app_roles: tuple[str, ...]
    has_second_factor: bool

    @classmethod
    def of(cls, claims: Mapping[str, Any]) -> "EntraIdentity":
        """Read the claims of an ID token. What is not there, or of another type, is empty."""
        claim, _, value = settings.ENTRA_SECOND_FACTOR.partition("=")
        return cls(
            object_id=_text(claims.get("oid")),
            address=_text(claims.get(settings.ENTRA_ADDRESS_CLAIM)),
            app_roles=tuple(_texts(claims.get("roles"))),
            has_second_factor=value in _texts(claims.get(claim)),
        )


def _text(value: object) -> str:
    return value.strip().lower() if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, str)]


def is_issuer_of(url: str, issuer: str) -> bool:
    """Whether the provider at this address may call itself so: by that address, as OpenID Connect asks for.

    Microsoft's tokens of version 1.0 are of an issuer of another host, with the same tenant.
    """
    parts, named = urlsplit(url), {url.rstrip("/")}
    if parts.hostname == MICROSOFT:
        named.add(f"{OLDER_ISSUER}{parts.path.rstrip('/')}")
    return issuer.rstrip("/") in named


def person_from_entra(identity: EntraIdentity) -> User:
    """Which of our people this is: by the object id, or by the address of somebody who has none on record.

    Raises EntraRefused for nobody, somebody deactivated, no object id or another one, and without a second factor.
    """
    if not identity.object_id:
        raise EntraRefused("no object id", "Microsoft Entra did not say who you are. Tell an administrator.")
    person = _known(identity)
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
    if by_id or not identity.address:
        return by_id
    return User.objects.filter(email=identity.address).first()


def recognise(*, person: User, identity: EntraIdentity, at: datetime.datetime) -> User:
    """Record the object id at the first sign-in, and the role where app roles give it. No entry where nothing changes.

    Returns the person as they are now. Raises EntraRefused for no role, several, or one that does not fit the force.
    """
    role = _role_from(identity, person) if settings.ENTRA_APP_ROLES else person.role
    if (person.entra_id, person.role) == (identity.object_id, role):
        return person
    with verb("edit_user", by=None, at=at, reason="Signed in with Microsoft Entra.") as act:
        act.by_name = ENTRA
        act.subject = now = locked(person)
        now.entra_id, now.role = identity.object_id, role
        try:
            now.full_clean(exclude=["password"])
        except ValidationError as wrong:
            raise EntraRefused("what it says does not fit the record", " ".join(wrong.messages), person) from None
        act.save(now)
    return now


def _role_from(identity: EntraIdentity, person: User) -> str:
    """The one role of ours among the app roles."""
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
