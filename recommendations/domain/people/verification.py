"""Detecting passwords and second factors written straight to the database, which the trail can't: it has neither."""

from collections.abc import Collection, Iterator

from allauth.mfa.models import Authenticator
from django.db.models import Max

from recommendations import keys
from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.domain.audit.verification import also
from recommendations.models import AccountSeal, FormerPerson, TrailEntry, User
from recommendations.models.people.seals import FACTOR_VERBS, PASSWORD_VERBS, sealed_factors, sealed_password

FACTOR_CHANGED = "The person {pk} was changed: second factor."


@also
def wrong_seals() -> Iterator[str]:
    """A line for each account whose password or second factor does not match its seal."""
    seals = {each.pk: each for each in rows_of(AccountSeal.objects.order_by("pk"))}
    passwords, factors = _newest_entries(PASSWORD_VERBS), _newest_entries(FACTOR_VERBS)
    for person in rows_of(User._base_manager.order_by("pk")):
        seal = seals.pop(person.pk, None)
        if isinstance(person, UnreadableRow):
            continue  # the trail names it
        if seal is None or isinstance(seal, UnreadableRow):
            yield f"The person {person.pk} has no seal: it was deleted, or the account was inserted."
            continue
        yield from _wrong_in(person, seal, passwords.get(person.pk, 0), factors.get(person.pk, 0))
    for pk in seals:
        yield f"The seal of the person {pk} was inserted: there is no such person."


def _newest_entries(verbs: Collection[str]) -> dict[int, int]:
    """The sequence of the newest trail entry by one of these verbs about each person, by the person's id."""
    about = TrailEntry.objects.filter(subject_model=User._meta.label_lower, verb__in=verbs).order_by()
    return dict(about.values_list("subject_id").annotate(Max("sequence")))


def _wrong_in(person: User, seal: AccountSeal, password_entry: int, factors_entry: int) -> Iterator[str]:
    """What does not match its seal, or was set by an older entry than the newest: a former one that was put back."""
    if seal.password_entry != password_entry or not keys.is_sealed(
        sealed_password(person, password_entry), seal.password
    ):
        yield f"The person {person.pk} was changed: password."
    try:
        factors = sealed_factors(person.pk, Authenticator.objects, factors_entry)
        is_whole = seal.factors_entry == factors_entry and keys.is_sealed(factors, seal.factors)
    except Exception:  # an invalid cell
        is_whole = False
    if not is_whole:
        yield FACTOR_CHANGED.format(pk=person.pk)


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
