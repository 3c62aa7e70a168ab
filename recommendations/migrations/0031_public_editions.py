"""A paper keeps a second file where the edition for the public leaves something out."""

import django.db.models.deletion
from django.db import migrations, models

FACTS = {
    "blank": True,
    "null": True,
    "to": "recommendations.issuedfile",
    "help_text": "The edition for the public, where that leaves something out.",
}


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0030_terms_apart")]
    operations = [
        migrations.AddField(
            model_name="historicalscrutinyreport",
            name="public_file",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", **FACTS
            ),
        ),
        migrations.AddField(
            model_name="scrutinyreport",
            name="public_file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="public_of", **FACTS
            ),
        ),
    ]
