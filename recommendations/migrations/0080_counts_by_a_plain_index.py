"""On PostgreSQL too, all columns that counts are read from are in the key of their index, as they are on SQLite."""

from django.db import migrations, models

COUNTED = (
    "until",
    "force",
    "since",
    "tracked",
    "reference",
    "kind",
    "cause",
    "directed_to_force",
    "deadline_kind",
    "deadline_on",
    "position",
    "stage",
    "tracked_on",
    "last_update_on",
    "forecast_on",
    "first_target_on",
    "revisit_on",
    "closure_requested_on",
    "closed_on",
    "recheck",
    "look_again_on",
    "dispute_review_on",
)


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0079_bank_holidays")]
    operations = [
        migrations.RemoveIndex(model_name="standing", name="standing_counts"),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(condition=models.Q(("withdrawn", False)), fields=COUNTED, name="standing_counts"),
        ),
    ]
