"""Resetting a lost second factor: an administrator removes it, and the user sets up a new one at the next sign-in."""

import datetime

from allauth.mfa.models import Authenticator

from recommendations.domain.audit.events import HERE, EventOrigin, add_event
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.security import SecurityEventKind
from recommendations.models import SecurityEvent, User
from recommendations.models.people.seals import has_sealed_factors
from recommendations.permissions import WRITING_ROLES, May
from recommendations.trail import verb

# The types that count as a second factor; recovery codes alone do not.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def check_reset(*, person: User, reason: str, by: User | None) -> None:
    """Raise NotAllowed if `by` may not administer, or for an administrator's own factor.

    Raises Refusal without a reason, or if they have none. One that was removed past the program is reset all the same:
    then they can set up another.
    """
    if by is not None and (not by.has_perm(May.ADMINISTER) or by.pk == person.pk):
        raise NotAllowed("Another administrator resets your second factor.")
    if not reason.strip():
        raise Refusal("Say why, and how you know that it was they who asked.", "reason")
    if not Authenticator.objects.filter(user=person).exists() and has_sealed_factors(person.pk):
        raise Refusal(f"{person.name} has no second factor.")


def reset_second_factor(
    *, person: User, reason: str, by: User | None, at: datetime.datetime, origin: EventOrigin = HERE
) -> SecurityEvent:
    """Remove a person's codes, passkeys and recovery codes, on record. `by` None is the command line.

    Raises as `check_reset` does; NotAllowed also for someone who writes: that needs another administrator's
    confirmation (domain/people/changes.py).
    """
    check_reset(person=person, reason=reason, by=by)
    if by is not None and person.role in WRITING_ROLES:
        raise NotAllowed("Another administrator has to confirm this.", code="needs-second-person")
    with verb(SecurityEventKind.FACTOR_RESET, by=by, at=at, reason=reason.strip(), subject=person) as act:
        remove_factors(person)
        return add_event(act, account=person, origin=origin)


def remove_factors(person: User) -> None:
    """Remove all second factors of a person, inside a verb."""
    for each in Authenticator.objects.filter(user=person):
        each.delete()
