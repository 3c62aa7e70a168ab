"""A seal on each account: whoever writes a password or second factor straight to the database can't forge it.

Not records: the trail does not hold a password or secret, not even as a digest. verify_audit checks seals against rows.
"""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save

from recommendations import keys


class AccountSeal(models.Model):
    """The keyed digests of a person's password hash and of their second factor."""

    person = models.OneToOneField("User", on_delete=models.CASCADE, primary_key=True, related_name="seal")
    password = models.CharField(max_length=64)
    factors = models.CharField(max_length=64)

    def __str__(self):
        return f"Seal of {self.person_id}"


def sealed_password(person: Any) -> list:
    """The value that the seal of a password is made of."""
    return ["password", person.pk, person.password]


def sealed_factors(person_id: int, authenticators: Any) -> list:
    """The value that the seal of a second factor is made of: every authenticator of the person."""
    rows = authenticators.filter(user_id=person_id).order_by("pk").values_list("pk", "type", "data")
    return ["factors", person_id, [list(row) for row in rows]]


def seal_password(person: Any) -> None:
    """Seal a person's current password, creating their seal if they have none."""
    made, new = {"password": keys.seal(sealed_password(person))}, {"factors": _factors(person.pk)}
    # written at once: a seal, which is no record: what is sealed is in no history
    AccountSeal.objects.update_or_create(person_id=person.pk, defaults=made, create_defaults=made | new)


def seal_factors(*, instance: Any, **signalled: object) -> None:
    """Seal a person's current second factor: a signal handler for any change of an authenticator."""
    # written at once: a seal, which is no record
    AccountSeal.objects.filter(person_id=instance.user_id).update(factors=_factors(instance.user_id))


def _factors(person_id: int) -> str:
    from allauth.mfa.models import Authenticator  # its app is loaded after ours

    return keys.seal(sealed_factors(person_id, Authenticator.objects))


post_save.connect(seal_factors, sender="mfa.Authenticator")
post_delete.connect(seal_factors, sender="mfa.Authenticator")
