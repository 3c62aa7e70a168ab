"""The day from which a force that took over is covered by a report."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0096_bodies_and_forces_by_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalinspectionforce",
            name="since",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="inspectionforce",
            name="since",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
