"""What a change of an account asks for in full, and the trail entry with which a password or second factor was set."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0081_papers_without_closing_lines"),
    ]

    operations = [
        migrations.AddField(
            model_name="accountchange",
            name="entra_id",
            field=models.CharField(blank=True, max_length=36, verbose_name="object id in Microsoft Entra"),
        ),
        migrations.AddField(
            model_name="accountchange",
            name="force",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="recommendations.force",
            ),
        ),
        migrations.AddField(
            model_name="accountchange",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="can sign in"),
        ),
        migrations.AddField(
            model_name="accountseal",
            name="factors_entry",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="accountseal",
            name="password_entry",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="historicalaccountchange",
            name="entra_id",
            field=models.CharField(blank=True, max_length=36, verbose_name="object id in Microsoft Entra"),
        ),
        migrations.AddField(
            model_name="historicalaccountchange",
            name="force",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="recommendations.force",
            ),
        ),
        migrations.AddField(
            model_name="historicalaccountchange",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="can sign in"),
        ),
    ]
