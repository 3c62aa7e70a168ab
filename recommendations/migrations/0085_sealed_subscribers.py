"""Each subscriber of a force's page is sealed."""

from django.db import migrations, models

from recommendations import keys
from recommendations.digests import digest


def seal_subscribers(apps, schema_editor):
    for row in apps.get_model("recommendations", "ForceSubscriber").objects.all():
        moments = [digest(row.asked_at), digest(row.confirmed_at)]
        row.seal = keys.seal(["subscriber", row.force_id, row.email, row.token, *moments])
        row.save(update_fields=["seal"])


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0084_responses_brought_in")]
    operations = [
        migrations.AlterModelOptions(
            name="forcesubscriber",
            options={
                "ordering": ["force", "id"],
                "verbose_name": "subscriber of a force’s page",
                "verbose_name_plural": "subscribers of forces’ pages",
            },
        ),
        migrations.AddField("forcesubscriber", "seal", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.RunPython(seal_subscribers, migrations.RunPython.noop),
    ]
