"""Secrets of second factors are encrypted, and each account gets its seal."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from recommendations import keys
from recommendations.models.seals import sealed_factors, sealed_password

SECRET = {"totp": "secret", "recovery_codes": "seed"}


def encrypt_secrets(apps, schema_editor):
    for each in apps.get_model("mfa", "Authenticator").objects.all():
        name = SECRET.get(each.type)
        if name in each.data and not _is_encrypted(each.data[name]):
            each.data[name] = keys.encrypt(each.data[name], purpose=keys.FACTORS)
            each.save()


def decrypt_secrets(apps, schema_editor):
    for each in apps.get_model("mfa", "Authenticator").objects.all():
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
    authenticators = apps.get_model("mfa", "Authenticator").objects
    seals = apps.get_model("recommendations", "AccountSeal").objects
    for person in apps.get_model("recommendations", "User").objects.all():
        seals.create(
            person_id=person.pk,
            password=keys.seal(sealed_password(person)),
            factors=keys.seal(sealed_factors(person.pk, authenticators)),
        )


def unseal(apps, schema_editor):
    apps.get_model("recommendations", "AccountSeal").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0041_plain_words"), ("mfa", "0003_authenticator_type_uniq")]

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
