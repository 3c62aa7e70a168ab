
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0019_factual_checks_and_issues"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalscrutinyreport",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="recommendations.scrutinyreport",
            ),
        ),
        migrations.AddField(
            model_name="scrutinyreport",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="recommendations.scrutinyreport",
            ),
        ),
        migrations.AlterField(
            model_name="scrutinyreport",
            name="force",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="recommendations.force",
            ),
        ),
        migrations.AddConstraint(
            model_name="scrutinyreport",
            constraint=models.UniqueConstraint(
                fields=("part_of", "force"),
                name="paper_one_part_for_each_force",
                violation_error_message="This joint paper has a part for this force already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="scrutinyreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("part_of__isnull", True), ("force__isnull", False), _connector="OR"),
                name="paper_part_has_a_force",
                violation_error_message="A part of a joint paper is about one force.",
            ),
        ),
    ]
