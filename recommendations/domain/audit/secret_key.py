"""Which SECRET_KEY a database belongs to: a seal by it stands beside the trail's head.

With another key nobody gets in by a second factor, and every seal looks forged.
"""

from recommendations import keys
from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.models import AccountSeal, TrailHead, User
from recommendations.models.people.seals import sealed_password

SEALED = "the key of this database"
ANOTHER_KEY = (
    "This is not this database’s SECRET_KEY: put its own key into the settings, after a change of the key as one of "
    "SECRET_KEY_FALLBACKS until renew_secrets has run; if that key is lost for good, run renew_secrets --lost-key."
)


def is_of_this_key(seal: str) -> bool:
    """Whether a database with this seal belongs to SECRET_KEY or a former key. One without a seal may."""
    return not seal or keys.is_sealed(SEALED, str(seal), purpose=keys.DATABASES)


def has_seal_of_another_key() -> bool:
    """Whether the database was sealed with another key. One query."""
    return not is_of_this_key(_seal())


def is_of_another_key() -> bool:
    """The same, and for a database without a seal whether its accounts were sealed with another key."""
    seal = _seal()
    return not is_of_this_key(seal) or (not seal and _accounts_have_another_key())


def seal_with_key() -> None:
    """Seal the database with the newest key. First see that it is not of another key, unless that one is lost."""
    seal = keys.seal(SEALED, purpose=keys.DATABASES)
    # written at once: a seal, which is no record
    TrailHead.objects.exclude(key_seal=seal).update(key_seal=seal)


def _seal() -> str:
    return TrailHead.objects.values_list("key_seal", flat=True).first() or ""


def _accounts_have_another_key() -> bool:
    """Whether there are sealed accounts, and no password's seal fits."""
    seals = {
        each.pk: each for each in rows_of(AccountSeal.objects.order_by("pk")) if not isinstance(each, UnreadableRow)
    }
    people = [
        each
        for each in rows_of(User._base_manager.filter(pk__in=seals).order_by("pk"))
        if not isinstance(each, UnreadableRow)
    ]
    return bool(people) and not any(
        keys.is_sealed(sealed_password(each, seals[each.pk].password_entry), str(seals[each.pk].password))
        for each in people
    )
