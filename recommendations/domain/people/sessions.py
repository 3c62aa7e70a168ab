"""Open sessions: each with its device and time limits, and ending them.

Django stores sessions, signed, under their keys; they are listed from there, so there is no second table of keys. A
session is named by a digest, which opens nothing.
"""

import datetime
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from recommendations.domain.audit.events import HERE, EventOrigin, note_event
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Role
from recommendations.enums.security import SecurityEventKind
from recommendations.models import User
from recommendations.permissions import May
from recommendations.session_store import data_of

BEGUN = "signed_in"  # session key: when it began, was last used, and from where
IDLE_ROLES = (Role.ADMINISTRATOR, Role.APPROVING_OFFICER)
IDLE, IDLE_OTHERS = datetime.timedelta(minutes=30), datetime.timedelta(hours=4)
ALL = "all"  # in place of one session's mark


@dataclass(frozen=True)
class OpenSession:
    """A session of a signed-in user."""

    mark: str
    begun: datetime.datetime
    seen: datetime.datetime
    address: str | None
    client: str

    @property
    def device(self) -> str:
        return self.client or "an unknown device"

    def why_over(self, role: str, at: datetime.datetime) -> str:
        """Why it has ended by this moment, in words, or "" if it lasts."""
        if at - self.begun > datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE):
            return "12 hours after signing in"
        if role in IDLE_ROLES and at - self.seen > IDLE:
            return "30 minutes without a request"
        if at - self.seen > IDLE_OTHERS:
            return "4 hours without a request"
        return ""


def session_handle(key: str) -> str:
    """The public name of a session."""
    return hashlib.sha256(f"session: {key}".encode()).hexdigest()[:20]


def session_in(data: Mapping, key: str) -> OpenSession | None:
    """The OpenSession in a session's data, or None if nobody is signed in (or it is from an old version)."""
    said = data.get(BEGUN)
    if not said:
        return None
    begun, seen = (datetime.datetime.fromtimestamp(said[name], datetime.UTC) for name in ("at", "seen"))
    return OpenSession(session_handle(key), begun, seen, said["address"], said["client"])


def sessions_by_person(*, at: datetime.datetime) -> dict[int, list[OpenSession]]:
    """Every session still valid, by user id, last used first. Two queries."""
    found = defaultdict(list)
    for person, _, session in _open(at):
        found[person.pk].append(session)
    return {pk: sorted(each, key=lambda session: session.seen, reverse=True) for pk, each in found.items()}


def end_session(
    *,
    person: User,
    mark: str,
    by: User,
    at: datetime.datetime,
    but: str = "",
    origin: EventOrigin = HERE,
) -> int:
    """End one session of a user, or all (`ALL`) except the one with the mark `but`. Returns how many.

    Raises NotAllowed for another user's without being an administrator, Refusal if it has ended already.
    """
    if by.pk != person.pk and not by.has_perm(May.ADMINISTER):
        raise NotAllowed("Only an administrator ends another person’s sessions.")
    found = [(key, each) for whose, key, each in _open(at) if whose.pk == person.pk and each.mark != but]
    ended = [(key, each) for key, each in found if mark in (ALL, each.mark)]
    if not ended:
        raise Refusal("This session has ended already.")
    _end(ended, person=person, by=by, at=at, origin=origin)
    return len(ended)


def end_all_sessions(*, person: User, why: str, by: User | None, at: datetime.datetime) -> int:
    """End every session of a user and return how many; records nothing if there are none. Raises Refusal without a
    reason.
    """
    if not why.strip():
        raise Refusal("Say why.", "reason")
    if ended := [(key, each) for whose, key, each in _open(at) if whose.pk == person.pk]:
        _end(ended, person=person, by=by, at=at, why=why.strip())
    return len(ended)


def drop_sessions(person: User) -> None:
    """Delete every session of a user, expired ones too, inside a verb whose event says that the account was closed."""
    keys = [each.pk for each in Session.objects.iterator() if data_of(each).get(SESSION_KEY) == str(person.pk)]
    # written at once: sessions, which are no records
    Session.objects.filter(pk__in=keys).delete()


def _end(
    ended: list[tuple[str, OpenSession]],
    *,
    person: User,
    by: User | None,
    at: datetime.datetime,
    why: str = "",
    origin: EventOrigin = HERE,
) -> None:
    devices = ", ".join(sorted({each.device for _, each in ended}))
    detail = "; ".join(filter(None, (f"on {devices}", why)))
    with transaction.atomic():  # no session ends without its event
        # written at once: sessions, which are no records
        Session.objects.filter(pk__in=[key for key, _ in ended]).delete()
        note_event(kind=SecurityEventKind.SESSION_ENDED, by=by, at=at, account=person, origin=origin, detail=detail)


def _open(at: datetime.datetime) -> Iterator[tuple[User, str, OpenSession]]:
    """Each valid session: its user, its key, and its OpenSession."""
    people = {str(person.pk): person for person in User.objects.all()}
    for row in Session.objects.filter(expire_date__gt=at).iterator():
        data = data_of(row)
        person, session = people.get(data.get(SESSION_KEY, "")), session_in(data, row.session_key)
        if person and session and not session.why_over(person.role, at) and _is_of_this_password(person, data):
            yield person, row.session_key, session


def _is_of_this_password(person: User, data: Mapping) -> bool:
    """Whether the session began after the last change of password, which ends the others."""
    hashes = (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    return any(hmac.compare_digest(data.get(HASH_SESSION_KEY, ""), each) for each in hashes)
