"""What the models cannot say: trigrams for search on PostgreSQL, the cache that all workers share, the trail's head."""

from django.core.management import call_command
from django.db import migrations

INDEX = "tracked_search_trigrams"


def index_search(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            f"CREATE INDEX {INDEX} ON recommendations_trackedrecommendation USING gin (search_text gin_trgm_ops)"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


def make_cache(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def make_head(apps, schema_editor):
    apps.get_model("recommendations", "TrailHead").objects.using(schema_editor.connection.alias).get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0001_initial")]
    operations = [
        migrations.RunPython(index_search, drop_index),
        migrations.RunPython(make_cache, migrations.RunPython.noop),
        migrations.RunPython(make_head, migrations.RunPython.noop),
    ]
