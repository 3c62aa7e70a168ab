"""Who asked for words of records by a webhook, and who confirmed it; and a digest of its secrets.

Words that were switched on before are not confirmed; secrets that were made before have no digest until they change.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def user(verbose_name: str, **options) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=verbose_name, null=True, blank=True, related_name="+", **options
    )


def moment() -> models.DateTimeField:
    return models.DateTimeField("words confirmed", null=True, blank=True)


def fields(model: str, **options) -> list:
    return [
        migrations.AddField(model, "words_asked_by", user("words asked for by", **options)),
        migrations.AddField(model, "words_confirmed_at", moment()),
        migrations.AddField(model, "words_confirmed_by", user("words confirmed by", **options)),
        migrations.AlterField(
            model, "with_text", models.BooleanField("asks for words of records", default=False)
        ),
        migrations.AddField(
            model, "secrets_digest", models.CharField(max_length=32, blank=True, default="", editable=False), False
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0076_counts_on_sqlite")]

    operations = [
        *fields("webhook", on_delete=django.db.models.deletion.PROTECT),
        *fields("historicalwebhook", on_delete=django.db.models.deletion.DO_NOTHING, db_constraint=False),
        migrations.AddConstraint(
            "webhook",
            models.CheckConstraint(
                name="webhook_words_confirmed_by_another",
                condition=Q(words_confirmed_at__isnull=True, words_confirmed_by__isnull=True)
                | (
                    Q(with_text=True, words_confirmed_at__isnull=False, words_confirmed_by__isnull=False)
                    & (Q(words_asked_by__isnull=True) | ~Q(words_asked_by=F("words_confirmed_by")))
                ),
            ),
        ),
    ]
