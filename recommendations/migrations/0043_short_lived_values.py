"""What sign-in counts and locks has a table of its own, in the place of Django's cache, whose values were pickles."""

from django.db import migrations, models

MOMENT = {"postgresql": "timestamp with time zone", "sqlite": "datetime"}


def drop_cache(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS cache")


def make_cache(apps, schema_editor):
    """The table that an earlier version expects. What was in it lasted for minutes."""
    moment = MOMENT[schema_editor.connection.vendor]
    schema_editor.execute(
        f"CREATE TABLE cache (cache_key varchar(255) NOT NULL PRIMARY KEY, value text NOT NULL, expires {moment} NOT NULL)"
    )


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0042_account_seals")]

    operations = [
        migrations.CreateModel(
            name="ShortLivedValue",
            fields=[
                ("key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                (
                    "expires",
                    models.FloatField(db_index=True, help_text="seconds since 1970; empty for never", null=True),
                ),
            ],
            options={"db_table": "short_lived_value"},
        ),
        migrations.RunPython(drop_cache, make_cache),
    ]
