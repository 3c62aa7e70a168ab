"""One body oversees a force at a time: a constraint on PostgreSQL, which alone has such constraints."""

from django.db import migrations

TABLE, NAME = "recommendations_oversight", "oversight_terms_apart"


def keep_apart(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} EXCLUDE USING gist "
            "(force_id WITH =, daterange(since, until, '[]') WITH &&)"
        )


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0031_public_editions")]
    operations = [migrations.RunPython(keep_apart, let_go)]
