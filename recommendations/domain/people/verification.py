"""Detecting passwords and second factors written straight to the database, which the trail can't: it has neither."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator

from recommendations import keys
from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.domain.audit.verification import also
from recommendations.models import AccountSeal, FormerPerson, User
from recommendations.models.seals import sealed_factors, sealed_password


@also
def wrong_seals() -> Iterator[str]:
    """A line for each account whose password or second factor does not match its seal."""
    seals = {each.pk: each for each in rows_of(AccountSeal.objects.order_by("pk"))}
    for person in rows_of(User._base_manager.order_by("pk")):
        seal = seals.get(person.pk)
        if isinstance(person, UnreadableRow):
            continue  # the trail names it
        if seal is None or isinstance(seal, UnreadableRow):
            yield f"The person {person.pk} has no seal: it was deleted, or the account was inserted."
            continue
        yield from _of(person, seal)


def _of(person: User, seal: AccountSeal) -> Iterator[str]:
    if not keys.is_sealed(sealed_password(person), seal.password):
        yield f"The person {person.pk} was changed: password."
    try:
        is_whole = keys.is_sealed(sealed_factors(person.pk, Authenticator.objects), seal.factors)
    except Exception:  # an invalid cell
        is_whole = False
    if not is_whole:
        yield f"The person {person.pk} was changed: second factor."


@also
def wrong_names() -> Iterator[str]:
    """A line for each former officer whose name can't be decrypted: no entry has it either."""
    for former in rows_of(FormerPerson._base_manager.order_by("pk")):
        if not isinstance(former, UnreadableRow) and not _opens(former.key):
            yield f"The {FormerPerson._meta.verbose_name} {former.pk} was changed: key."


def _opens(key: str) -> bool:
    try:
        return bool(keys.decrypt(key, purpose=keys.PEOPLE))
    except Exception:  # an invalid cell
        return False
