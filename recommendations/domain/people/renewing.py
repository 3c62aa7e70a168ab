"""Changing SECRET_KEY: encrypt and seal again with the new key."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from recommendations import keys
from recommendations.domain.audit.sealed_rows import sealed_models
from recommendations.domain.audit.secret_key import ANOTHER_KEY, is_of_another_key, seal_with_key
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import AccountSeal, EntrySeal, FormerPerson, TrailEntry, User, WebhookSecret
from recommendations.models.audit.retention import sealed_entry
from recommendations.models.people.seals import sealed_factors, sealed_password

SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


@dataclass
class Renewed:
    """How many were renewed, and how many could not be."""

    factors: int = 0
    seals: int = 0
    webhooks: int = 0
    left: int = 0


def renew_secrets(*, is_key_lost: bool = False) -> Renewed:
    """Encrypt and seal with the newest key. Values that no known key opens are counted and left. Safe to repeat.

    Raises Refusal if the database belongs to another key, unless that key is lost.
    """
    if not is_key_lost and is_of_another_key():
        raise Refusal(ANOTHER_KEY)
    done = Renewed()
    for person in User.objects.order_by("pk"):
        with transaction.atomic():
            _renew(person, done)
    with transaction.atomic():
        _renew_entries(done)
        _renew_former(done)
        _renew_webhooks(done)
        _renew_sealed_rows(done)
        seal_with_key()
    return done


def _renew_entries(done: Renewed) -> None:
    """Seal again the trail entries that removed something."""
    hashes = dict(
        TrailEntry.objects.filter(sequence__in=EntrySeal.objects.values("pk")).values_list("sequence", "hash")
    )
    for seal in EntrySeal.objects.select_for_update():
        entry = sealed_entry(seal.pk, hashes.get(seal.pk, ""))
        if not keys.is_sealed(entry, seal.seal):
            done.left += 1
            continue
        seal.seal, done.seals = keys.seal(entry), done.seals + 1
        # no record: what is sealed is in the trail
        seal.save()


def _renew_former(done: Renewed) -> None:
    """Encrypt again the names of former officers."""
    for former in FormerPerson.objects.all():
        try:
            key = keys.encrypt(keys.decrypt(former.key, purpose=keys.PEOPLE), purpose=keys.PEOPLE)
        except keys.WrongKey:
            done.left += 1
            continue
        # written at once: the same name under another key, in no history
        QuerySet(FormerPerson).filter(pk=former.pk).update(key=key)


def _renew_webhooks(done: Renewed) -> None:
    """Encrypt again the webhook secrets."""
    for secret in WebhookSecret.objects.select_for_update():
        try:
            plain = keys.decrypt(secret.encrypted, purpose=keys.WEBHOOKS)
        except keys.WrongKey:
            done.left += 1
            continue
        secret.encrypted, done.webhooks = keys.encrypt(plain, purpose=keys.WEBHOOKS), done.webhooks + 1
        # no record: the same secret under another key
        secret.save()


def _renew_sealed_rows(done: Renewed) -> None:
    """Seal again the rows that the trail does not hold."""
    for model in sealed_models():
        for row in model._base_manager.select_for_update().order_by("pk"):  # its own order may join other tables
            if not row.is_as_sealed:
                done.left += 1
                continue
            # written at once: the same values under another key, in no history
            QuerySet(model).filter(pk=row.pk).update(seal=row.make_seal())
            done.seals += 1


def _renew(person: User, done: Renewed) -> None:
    seal = AccountSeal.objects.select_for_update().filter(pk=person.pk).first()
    if seal is None:
        done.left += 1
        return
    password, authenticators = sealed_password(person, seal.password_entry), Authenticator.objects
    if keys.is_sealed(password, seal.password):
        seal.password, done.seals = keys.seal(password), done.seals + 1
    else:
        done.left += 1
    if keys.is_sealed(sealed_factors(person.pk, authenticators, seal.factors_entry), seal.factors):
        done.factors += sum(_encrypt_again(each) for each in authenticators.filter(user=person))
        seal.factors = keys.seal(sealed_factors(person.pk, authenticators, seal.factors_entry))
    else:
        done.left += 1
    # no record: what is sealed is in no history
    seal.save()


def _encrypt_again(each: Authenticator) -> bool:
    name = SECRETS.get(each.type, "")
    try:
        secret = keys.decrypt(each.data[name], purpose=keys.FACTORS)
    except (keys.WrongKey, KeyError):
        return False
    each.data[name] = keys.encrypt(secret, purpose=keys.FACTORS)
    # no record: the same secret under another key
    each.save(update_fields=["data"])
    return True
