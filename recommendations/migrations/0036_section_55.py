"""Whether section 55 applies to a report whose kind, "other", does not say it.

For those that are on file it is empty: nobody has said it. They are measured as they were, because a lawful day that is
missed does more harm than one that need not be kept, and their pages ask. No row is written, so the trail needs no entry.
"""

from django.db import migrations, models


def field() -> models.BooleanField:
    return models.BooleanField(
        "under section 55",
        blank=True,
        help_text="Whether section 55 of the Police Act 1996 applies, where the kind does not say. Empty: not said.",
        null=True,
    )


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0035_trail_scheme")]
    operations = [
        migrations.AddField("historicalinspection", "section_55", field()),
        migrations.AddField("inspection", "section_55", field()),
        migrations.AddConstraint(
            "inspection",
            models.CheckConstraint(
                condition=models.Q(section_55__isnull=True) | models.Q(kind="other"),
                name="inspection_section_55_by_kind",
                violation_error_message="The kind of this report says whether section 55 applies.",
            ),
        ),
    ]
