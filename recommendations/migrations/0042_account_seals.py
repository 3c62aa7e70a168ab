"""Secrets of second factors are encrypted, and each account gets its seal."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from recommendations import keys

SECRET = {"totp": "secret", "recovery_codes": "seed"}


def sealed_password(person):
    return ["password", person.pk, person.password]


def sealed_factors(person_id, authenticators):
    rows = authenticators.filter(user_id=person_id).order_by("pk").values_list("pk", "type", "data")
    return ["factors", person_id, [list(row) for row in rows]]


def authenticators_in(apps):
    """The second factors; none where mfa has no tables yet."""
    return apps.get_model("mfa", "Authenticator").objects.all() if "mfa" in apps.app_configs else []


def encrypt_secrets(apps, schema_editor):
    for each in authenticators_in(apps):
        name = SECRET.get(each.type)
        if name in each.data and not _is_encrypted(each.data[name]):
            each.data[name] = keys.encrypt(each.data[name], purpose=keys.FACTORS)
            each.save()


def decrypt_secrets(apps, schema_editor):
    for each in authenticators_in(apps):
        name = SECRET.get(each.type)
        if name in each.data:
            each.data[name] = keys.decrypt(each.data[name], purpose=keys.FACTORS)
            each.save()


def _is_encrypted(secret):
    try:
        keys.decrypt(secret, purpose=keys.FACTORS)
    except keys.WrongKey:
        return False
    return True


def seal_accounts(apps, schema_editor):
    seals = apps.get_model("recommendations", "AccountSeal").objects
    for person in apps.get_model("recommendations", "User").objects.all():
        seals.create(
            person_id=person.pk,
            password=keys.seal(sealed_password(person)),
            factors=keys.seal(sealed_factors(person.pk, apps.get_model("mfa", "Authenticator").objects)),
        )


def unseal(apps, schema_editor):
    apps.get_model("recommendations", "AccountSeal").objects.all().delete()


class Migration(migrations.Migration):
    # Not on mfa, which depends on the first migration here: the one that makes all tables at once stands for both.
    dependencies = [("recommendations", "0041_plain_words")]

    operations = [
        migrations.CreateModel(
            name="AccountSeal",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="seal",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("password", models.CharField(max_length=64)),
                ("factors", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunPython(encrypt_secrets, decrypt_secrets),
        migrations.RunPython(seal_accounts, unseal),
    ]
