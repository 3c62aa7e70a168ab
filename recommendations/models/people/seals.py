"""A seal on each account: whoever writes a password or second factor straight to the database can't forge it.

Not records: the trail does not hold a password or secret, not even as a digest. A seal holds the number of the trail
entry with which the password or second factor was set, so a former one that is put back with its seal is found too.
Only what was as sealed before is sealed again: what was planted stays without a seal. verify_audit checks all three.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Max
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from recommendations import keys, trail
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models.audit.trail import TrailEntry

PASSWORD_VERBS = ("set_password", "make_former")  # the latter removes it
REMOVED = (Kind.FACTOR_RESET, "make_former")  # all factors are removed, so what was sealed before does not matter
FACTOR_VERBS = (
    *(Kind.FACTOR_ADDED, Kind.FACTOR_REMOVED, Kind.FACTOR_RENAMED, Kind.CODES_MADE, Kind.RECOVERY_USED),
    *REMOVED,
)


class AccountSeal(models.Model):
    """The keyed digests of a person's password hash and of their second factor.

    Each `_entry` is the sequence of the trail entry with which it was set; 0 for one from before there was any.
    """

    person = models.OneToOneField("User", on_delete=models.CASCADE, primary_key=True, related_name="seal")
    password = models.CharField(max_length=64)
    password_entry = models.PositiveBigIntegerField(default=0)
    factors = models.CharField(max_length=64)
    factors_entry = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return f"Seal of {self.person_id}"


def sealed_password(person: Any, entry: int) -> list:
    """The value that the seal of a password is made of."""
    return ["password", person.pk, person.password, entry]


def sealed_factors(person_id: int, authenticators: Any, entry: int) -> list:
    """The value that the seal of a second factor is made of: every authenticator of the person."""
    rows = authenticators.filter(user_id=person_id).order_by("pk").values_list("pk", "type", "data")
    return ["factors", person_id, [list(row) for row in rows], entry]


def has_sealed_password(person: Any) -> bool:
    """Whether the password of `person`, as just read, matches its seal."""
    return _sealed_password_entry(person) is not None


def has_newest_password(person: Any) -> bool:
    """Whether the password of `person`, as just read, matches its seal, and that their newest trail entry: not written
    past the program, copied or put back.
    """
    return _sealed_password_entry(person) == _newest_entry(person.pk, PASSWORD_VERBS)


def _sealed_password_entry(person: Any) -> int | None:
    """The entry that the seal of the password of `person` names, or None if the seal does not fit or is missing."""
    seal = AccountSeal.objects.filter(pk=person.pk).first()
    if seal is None or not keys.is_sealed(sealed_password(person, seal.password_entry), seal.password):
        return None
    return seal.password_entry


def has_sealed_factors(person_id: int, before: int | None = None) -> bool:
    """Whether the second factors in the database match their seal, and that their newest trail entry: not planted,
    copied or put back. With `before` only entries below that sequence count.
    """
    seal = AccountSeal.objects.filter(pk=person_id).first()
    if seal is None or seal.factors_entry != _newest_entry(person_id, FACTOR_VERBS, before):
        return False
    return keys.is_sealed(sealed_factors(person_id, _authenticators(), seal.factors_entry), seal.factors)


def _newest_entry(person_id: int, verbs: Iterable[str], before: int | None = None) -> int:
    about = TrailEntry.objects.filter(subject_model="recommendations.user", subject_id=person_id, verb__in=verbs)
    about = about if before is None else about.filter(sequence__lt=before)
    return about.aggregate(newest=Max("sequence"))["newest"] or 0


def seal_new_account(person: Any) -> None:
    """Seal the password of a new account, and that it has no second factor."""
    password = keys.seal(sealed_password(person, 0))
    factors = keys.seal(sealed_factors(person.pk, _authenticators(), 0))
    # written at once: a seal, which is no record: what is sealed is in no history
    AccountSeal.objects.create(person_id=person.pk, password=password, factors=factors)


def seal_password(person: Any, entry: int | None = None) -> None:
    """Seal a person's password, set with this trail entry; None: the same password as before, under another hash."""
    if entry is None:
        entry = AccountSeal.objects.values_list("password_entry", flat=True).get(pk=person.pk)
    made = {"password": keys.seal(sealed_password(person, entry)), "password_entry": entry}
    # written at once: a seal, which is no record: what is sealed is in no history
    AccountSeal.objects.update_or_create(person_id=person.pk, defaults=made)


def seal_factors(person_id: int, entry: int | None = None) -> None:
    """Seal a person's second factors as they are, set with this trail entry; None: with the one of the seal so far."""
    if entry is None:
        entry = AccountSeal.objects.values_list("factors_entry", flat=True).get(pk=person_id)
    made = {"factors": keys.seal(sealed_factors(person_id, _authenticators(), entry)), "factors_entry": entry}
    # written at once: a seal, which is no record: what is sealed is in no history
    AccountSeal.objects.update_or_create(person_id=person_id, defaults=made)


def _authenticators() -> Any:
    from allauth.mfa.models import Authenticator  # its app is loaded after ours

    return Authenticator.objects


@trail.follow
class SealFollower:
    """Seals with the number of its entry what a verb has set."""

    def note(self, row: models.Model, changed: Iterable[str]) -> None:
        """Nothing: passwords and second factors are no records."""

    def finish(self) -> None:
        """Seal the password and the second factors of the person whom the verb is about, as far as it sets them."""
        act = trail.acting()
        if act is None or act.subject is None or act.verb not in (*PASSWORD_VERBS, *FACTOR_VERBS):
            return
        entry, _ = trail.head()
        if act.verb in PASSWORD_VERBS:
            seal_password(act.subject, entry)
        if act.verb in REMOVED or (act.verb in FACTOR_VERBS and has_sealed_factors(act.subject.pk, before=entry)):
            seal_factors(act.subject.pk, entry)


def _note_factors(*, instance: Any, **signalled: object) -> None:
    """Before an authenticator changes: remember whether its person's were as sealed."""
    instance.was_sealed = has_sealed_factors(instance.user_id)


def _seal_factors(*, instance: Any, **signalled: object) -> None:
    """After it changed: seal them again if they were."""
    if instance.was_sealed:
        seal_factors(instance.user_id)


for before in (pre_save, pre_delete):
    before.connect(_note_factors, sender="mfa.Authenticator")
for after in (post_save, post_delete):
    after.connect(_seal_factors, sender="mfa.Authenticator")
