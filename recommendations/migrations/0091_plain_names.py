"""Plain words for fields and refusals. Nothing changes in the database: its tables, and search’s triggers, stay."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0090_what_the_office_uses"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="answerstep",
                    name="step",
                    field=models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("seen", "Seen by the office"),
                            ("sent", "Sent"),
                            ("published", "Published"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="committeerequest",
                    name="owner",
                    field=models.CharField(help_text="Who is dealing with it.", max_length=120),
                ),
                migrations.AlterField(
                    model_name="historicalanswerstep",
                    name="step",
                    field=models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("seen", "Seen by the office"),
                            ("sent", "Sent"),
                            ("published", "Published"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalcommitteerequest",
                    name="owner",
                    field=models.CharField(help_text="Who is dealing with it.", max_length=120),
                ),
                migrations.AlterField(
                    model_name="historicalinspection",
                    name="last_day_name",
                    field=models.CharField(default="Deadline", max_length=40),
                ),
                migrations.AlterField(
                    model_name="historicalinspection",
                    name="short_name",
                    field=models.CharField(
                        help_text="About 10 characters, as the register shows it: Custody 25.", max_length=24
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalpaperwords",
                    name="matter_1",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("no_recovery", "Overdue without a recovery plan"),
                            ("longest", "The longest overdue"),
                            ("no_date", "No date set"),
                            ("not_assured", "Open and not assured"),
                            ("late_response", "Responses late"),
                            ("moved", "Targets moved three times or more"),
                            ("own", "No figure: the office’s own words"),
                            ("none", "Leave this one out"),
                        ],
                        max_length=20,
                        verbose_name="what it is based on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalpaperwords",
                    name="matter_2",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("no_recovery", "Overdue without a recovery plan"),
                            ("longest", "The longest overdue"),
                            ("no_date", "No date set"),
                            ("not_assured", "Open and not assured"),
                            ("late_response", "Responses late"),
                            ("moved", "Targets moved three times or more"),
                            ("own", "No figure: the office’s own words"),
                            ("none", "Leave this one out"),
                        ],
                        max_length=20,
                        verbose_name="what it is based on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalpaperwords",
                    name="matter_3",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("no_recovery", "Overdue without a recovery plan"),
                            ("longest", "The longest overdue"),
                            ("no_date", "No date set"),
                            ("not_assured", "Open and not assured"),
                            ("late_response", "Responses late"),
                            ("moved", "Targets moved three times or more"),
                            ("own", "No figure: the office’s own words"),
                            ("none", "Leave this one out"),
                        ],
                        max_length=20,
                        verbose_name="what it is based on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalpeelgrade",
                    name="area",
                    field=models.CharField(
                        help_text="The question or area, in the words of the report.", max_length=200
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalrecheck",
                    name="held_if",
                    field=models.TextField(blank=True, verbose_name="how we will know it lasted"),
                ),
                migrations.AlterField(
                    model_name="historicalresponse",
                    name="keeper",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who writes its draft.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalupdateround",
                    name="keeper",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who is dealing with it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="inspection",
                    name="last_day_name",
                    field=models.CharField(default="Deadline", max_length=40),
                ),
                migrations.AlterField(
                    model_name="inspection",
                    name="short_name",
                    field=models.CharField(
                        help_text="About 10 characters, as the register shows it: Custody 25.", max_length=24
                    ),
                ),
                migrations.AlterField(
                    model_name="paperwords",
                    name="matter_1",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("no_recovery", "Overdue without a recovery plan"),
                            ("longest", "The longest overdue"),
                            ("no_date", "No date set"),
                            ("not_assured", "Open and not assured"),
                            ("late_response", "Responses late"),
                            ("moved", "Targets moved three times or more"),
                            ("own", "No figure: the office’s own words"),
                            ("none", "Leave this one out"),
                        ],
                        max_length=20,
                        verbose_name="what it is based on",
                    ),
                ),
                migrations.AlterField(
                    model_name="paperwords",
                    name="matter_2",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("no_recovery", "Overdue without a recovery plan"),
                            ("longest", "The longest overdue"),
                            ("no_date", "No date set"),
                            ("not_assured", "Open and not assured"),
                            ("late_response", "Responses late"),
                            ("moved", "Targets moved three times or more"),
                            ("own", "No figure: the office’s own words"),
                            ("none", "Leave this one out"),
                        ],
                        max_length=20,
                        verbose_name="what it is based on",
                    ),
                ),
                migrations.AlterField(
                    model_name="paperwords",
                    name="matter_3",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("no_recovery", "Overdue without a recovery plan"),
                            ("longest", "The longest overdue"),
                            ("no_date", "No date set"),
                            ("not_assured", "Open and not assured"),
                            ("late_response", "Responses late"),
                            ("moved", "Targets moved three times or more"),
                            ("own", "No figure: the office’s own words"),
                            ("none", "Leave this one out"),
                        ],
                        max_length=20,
                        verbose_name="what it is based on",
                    ),
                ),
                migrations.AlterField(
                    model_name="peelgrade",
                    name="area",
                    field=models.CharField(
                        help_text="The question or area, in the words of the report.", max_length=200
                    ),
                ),
                migrations.AlterField(
                    model_name="recheck",
                    name="held_if",
                    field=models.TextField(blank=True, verbose_name="how we will know it lasted"),
                ),
                migrations.AlterField(
                    model_name="response",
                    name="keeper",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Who writes its draft.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="updateround",
                    name="keeper",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Who is dealing with it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterConstraint(
                    model_name="user",
                    name="user_force_goes_with_force_inspection_lead",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("force__isnull", False), ("role", "force_inspection_lead")),
                            models.Q(
                                models.Q(("role", "force_inspection_lead"), _negated=True), ("force__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="user_force_goes_with_force_inspection_lead",
                        violation_error_message="A force inspection lead has a force, and no one else has one.",
                    ),
                ),
                migrations.AlterConstraint(
                    model_name="user",
                    name="user_entra_id_once",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("entra_id", ""), _negated=True),
                        fields=("entra_id",),
                        name="user_entra_id_once",
                        violation_error_message="Someone else has this object id in Microsoft Entra.",
                    ),
                ),
            ]
        )
    ]
