"""A response that was brought in waits for someone who confirms it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0083_seals_with_entries"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="response",
            name="response_state_known",
        ),
        migrations.AlterField(
            model_name="historicalresponse",
            name="state",
            field=models.CharField(
                choices=[
                    ("drafting", "Being drafted"),
                    ("submitted", "Submitted for approval"),
                    ("approved", "Approved"),
                    ("brought_in", "Brought in, to be confirmed"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="drafting",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="response",
            name="state",
            field=models.CharField(
                choices=[
                    ("drafting", "Being drafted"),
                    ("submitted", "Submitted for approval"),
                    ("approved", "Approved"),
                    ("brought_in", "Brought in, to be confirmed"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="drafting",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["drafting", "submitted", "approved", "brought_in", "published", "withdrawn"])
                ),
                name="response_state_known",
            ),
        ),
    ]
