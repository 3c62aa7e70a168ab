"""One person's terms on one panel do not overlap: a constraint on PostgreSQL, which alone has such constraints."""

from django.db import migrations

TABLE, NAME = "recommendations_panelmember", "panelmember_terms_apart"


def keep_apart(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        schema_editor.execute(
            f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} EXCLUDE USING gist "
            "(panel_id WITH =, name_key WITH =, daterange(since, until, '[]') WITH &&) WHERE (withdrawn_at IS NULL)"
        )


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0029_compile_indexes")]
    operations = [
        migrations.RemoveField(model_name="historicalpanelmember", name="version"),
        migrations.RemoveField(model_name="panelmember", name="version"),
        migrations.RunPython(keep_apart, let_go),
    ]
