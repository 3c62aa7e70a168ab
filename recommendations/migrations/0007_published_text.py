"""Each published version as it reads, whole; trigrams for the search in it on PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models

INDEX = "published_search_trigrams"


def index_search(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {INDEX} ON recommendations_publishedtext USING gin (search_text gin_trgm_ops)"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):

    dependencies = [
        ("recommendations", "0006_responses"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("heading", models.TextField()),
                ("text", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("search_text", models.TextField(default="", editable=False, help_text="What search reads, with its case folded.")),
                ("of", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="reads", to="recommendations.responseversion")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunPython(index_search, drop_index),
    ]
