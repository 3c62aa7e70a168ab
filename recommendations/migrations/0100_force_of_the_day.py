"""Standing has the force of each day, also before a transfer. The rows are derived again when all migrations are done."""

import django.db.models.deletion
from django.db import migrations, models


def empty_after_transfers(apps, schema_editor):
    """Empty the table if anything was ever transferred: all others' rows have the right force."""
    if apps.get_model("recommendations", "Transfer").objects.exists():
        apps.get_model("recommendations", "Standing").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0099_succession_notices")]
    operations = [
        migrations.RunPython(empty_after_transfers, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="standing",
            name="force",
            field=models.ForeignKey(
                db_column="force_of_day_id",
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="recommendations.force",
            ),
        ),
    ]
