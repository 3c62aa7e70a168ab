"""The index that counts are read from has the day of a dispute's review too, which the first page counts by."""

from django.db import migrations, models

INCLUDED = (
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
    dependencies = [("recommendations", "0073_search_indexes")]
    operations = [
        migrations.RemoveIndex(model_name="standing", name="standing_counts"),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                condition=models.Q(("withdrawn", False)),
                fields=["until", "force"],
                include=INCLUDED,
                name="standing_counts",
            ),
        ),
    ]
