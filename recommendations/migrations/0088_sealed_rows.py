"""Saved views, parts of draft responses, builds of papers and redactions are sealed, as subscribers are."""

from django.db import migrations, models

from recommendations import keys
from recommendations.digests import digest


def seal_rows(apps, schema_editor):
    for name, values in VALUES.items():
        for row in apps.get_model("recommendations", name).objects.all():
            row.seal = keys.seal(values(row))
            row.save(update_fields=["seal"])


def values_of_view(row):
    words = [row.name, row.shared, row.filters, row.columns]
    return ["saved view", row.owner_id, *words, row.saved_by_id, digest(row.saved_at)]


def values_of_part(row):
    about = [row.response_id, row.recommendation_id, row.name]
    return ["part of a draft", *about, row.saved_by_id, digest(row.saved_at)]


def values_of_build(row):
    return ["build of a paper", row.paper_id, row.kind, row.asked_by_id, digest(row.asked_at)]


def values_of_redaction(row):
    return ["redaction", row.words, row.proposed_by_id, digest(row.proposed_at)]


VALUES = {"SavedView": values_of_view, "DraftPart": values_of_part, "PaperBuild": values_of_build, "Redaction": values_of_redaction}


def seal_field(model):
    field = models.CharField(default="", editable=False, max_length=64)
    return migrations.AddField(model, "seal", field, preserve_default=False)


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0087_former_passwords")]
    operations = [
        migrations.AlterModelOptions(
            name="draftpart",
            options={
                "ordering": ["response", "recommendation__position", "id"],
                "verbose_name": "part of a draft response",
                "verbose_name_plural": "parts of draft responses",
            },
        ),
        migrations.AlterModelOptions(
            name="paperbuild",
            options={
                "ordering": ["-asked_at", "-id"],
                "verbose_name": "build of a paper",
                "verbose_name_plural": "builds of papers",
            },
        ),
        migrations.AlterField("forcesubscriber", "seal", models.CharField(editable=False, max_length=64)),
        seal_field("savedview"),
        seal_field("draftpart"),
        seal_field("paperbuild"),
        seal_field("redaction"),
        migrations.RunPython(seal_rows, migrations.RunPython.noop),
    ]
