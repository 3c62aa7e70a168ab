"""The past by the body and the force of the day: former details, changes ahead, what goes over, legacy reviews.

The tables are changed in one go. Standing has the force of each day, also before a transfer: its rows are derived again
when all migrations are done.
"""

from importlib import import_module

import django.db.models.deletion
import recommendations.trail
import simple_history.models
from django.conf import settings
from django.db import migrations, models

ChangeTables = import_module("recommendations.migrations.0036_squashed_0072").ChangeTables


def empty_after_transfers(apps, schema_editor):
    """Empty Standing if anything was ever transferred: all others' rows have the right force."""
    if apps.get_model("recommendations", "Transfer").objects.exists():
        apps.get_model("recommendations", "Standing").objects.all().delete()


TABLES = [
    migrations.CreateModel(
        name="Enforcement",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("effective_on", models.DateField(verbose_name="day")),
            ("recorded_at", models.DateTimeField()),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ("withdrawn_why", models.TextField(blank=True, default="")),
            ("due_on", models.DateField(blank=True, null=True, verbose_name="stated day")),
            ("words", models.TextField(blank=True, verbose_name="what it says")),
        ],
        options={
            "ordering": ["-effective_on", "-recorded_at", "-id"],
            "abstract": False,
        },
    ),
    migrations.CreateModel(
        name="FormerBodyDetails",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("until", models.DateField(editable=False, verbose_name="the last day")),
            ("name", models.CharField(max_length=160)),
            ("office_name", models.CharField(max_length=160)),
            ("holder", models.CharField(blank=True, max_length=120)),
            ("office_address", models.TextField(blank=True)),
            ("office_email", models.EmailField(blank=True, max_length=254)),
            ("comment_label", models.CharField(max_length=60)),
        ],
        options={
            "verbose_name": "former details of a policing body",
            "verbose_name_plural": "former details of a policing body",
            "ordering": ["until"],
        },
    ),
    migrations.CreateModel(
        name="FormerForceDetails",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("until", models.DateField(editable=False, verbose_name="the last day")),
            ("name", models.CharField(max_length=120)),
            ("short_name", models.CharField(max_length=40)),
            ("chief_officer_title", models.CharField(max_length=60)),
            ("chief_officer", models.CharField(blank=True, max_length=120)),
            ("address", models.TextField(blank=True)),
        ],
        options={
            "verbose_name": "former details of a force",
            "verbose_name_plural": "former details of a force",
            "ordering": ["until"],
        },
    ),
    migrations.CreateModel(
        name="HistoricalEnforcement",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            (
                "history_actor",
                models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200),
            ),
            ("effective_on", models.DateField(verbose_name="day")),
            ("recorded_at", models.DateTimeField()),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ("withdrawn_why", models.TextField(blank=True, default="")),
            ("due_on", models.DateField(blank=True, null=True, verbose_name="stated day")),
            ("words", models.TextField(blank=True, verbose_name="what it says")),
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.TextField(null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
        ],
        options={
            "verbose_name": "historical enforcement",
            "verbose_name_plural": "historical enforcements",
            "ordering": ("-history_date", "-history_id"),
            "get_latest_by": ("history_date", "history_id"),
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalFormerBodyDetails",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            (
                "history_actor",
                models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200),
            ),
            ("until", models.DateField(editable=False, verbose_name="the last day")),
            ("name", models.CharField(max_length=160)),
            ("office_name", models.CharField(max_length=160)),
            ("holder", models.CharField(blank=True, max_length=120)),
            ("office_address", models.TextField(blank=True)),
            ("office_email", models.EmailField(blank=True, max_length=254)),
            ("comment_label", models.CharField(max_length=60)),
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.TextField(null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
        ],
        options={
            "verbose_name": "historical former details of a policing body",
            "verbose_name_plural": "historical former details of a policing body",
            "ordering": ("-history_date", "-history_id"),
            "get_latest_by": ("history_date", "history_id"),
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalFormerForceDetails",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            (
                "history_actor",
                models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200),
            ),
            ("until", models.DateField(editable=False, verbose_name="the last day")),
            ("name", models.CharField(max_length=120)),
            ("short_name", models.CharField(max_length=40)),
            ("chief_officer_title", models.CharField(max_length=60)),
            ("chief_officer", models.CharField(blank=True, max_length=120)),
            ("address", models.TextField(blank=True)),
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.TextField(null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
        ],
        options={
            "verbose_name": "historical former details of a force",
            "verbose_name_plural": "historical former details of a force",
            "ordering": ("-history_date", "-history_id"),
            "get_latest_by": ("history_date", "history_id"),
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalLegacyJudgement",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            (
                "history_actor",
                models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200),
            ),
            ("effective_on", models.DateField(verbose_name="day")),
            ("recorded_at", models.DateTimeField()),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ("withdrawn_why", models.TextField(blank=True, default="")),
            (
                "verdict",
                models.CharField(
                    choices=[
                        ("goes_on", "Goes on"),
                        ("reframed", "Reframed"),
                        ("superseded", "Superseded"),
                        ("closed", "Closed"),
                    ],
                    max_length=12,
                    verbose_name="judgement",
                ),
            ),
            ("reason", models.TextField(verbose_name="why")),
            ("words", models.TextField(blank=True, verbose_name="what the office asks now")),
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.TextField(null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
        ],
        options={
            "verbose_name": "historical legacy judgement",
            "verbose_name_plural": "historical legacy judgements",
            "ordering": ("-history_date", "-history_id"),
            "get_latest_by": ("history_date", "history_id"),
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalLegacyLine",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            (
                "history_actor",
                models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200),
            ),
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.TextField(null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
        ],
        options={
            "verbose_name": "historical legacy line",
            "verbose_name_plural": "historical legacy lines",
            "ordering": ("-history_date", "-history_id"),
            "get_latest_by": ("history_date", "history_id"),
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalLegacyReview",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            (
                "history_actor",
                models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200),
            ),
            ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("withdrawn_why", models.TextField(blank=True, default="", editable=False)),
            ("title", models.CharField(help_text="As papers print it.", max_length=80)),
            (
                "effective_on",
                models.DateField(
                    help_text="The day that the review prepares for or follows.", verbose_name="day of the change"
                ),
            ),
            ("started_on", models.DateField()),
            ("started_at", models.DateTimeField()),
            ("finished_on", models.DateField(blank=True, null=True)),
            ("finished_at", models.DateTimeField(blank=True, null=True)),
            ("version", models.PositiveIntegerField(default=1, editable=False)),
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.TextField(null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
        ],
        options={
            "verbose_name": "historical legacy review",
            "verbose_name_plural": "historical legacy reviews",
            "ordering": ("-history_date", "-history_id"),
            "get_latest_by": ("history_date", "history_id"),
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalReceivedRegister",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            (
                "history_actor",
                models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200),
            ),
            ("force_name", models.CharField(max_length=120)),
            ("origin", models.CharField(max_length=200, verbose_name="the office that handed it over")),
            ("handed_over_on", models.DateField()),
            ("head_count", models.PositiveBigIntegerField(verbose_name="entries in the other office’s trail")),
            ("head_hash", models.CharField(max_length=64)),
            ("fingerprint", models.CharField(max_length=64, verbose_name="SHA-256 of the bag’s manifests")),
            ("taken_over_at", models.DateTimeField()),
            ("undone_at", models.DateTimeField(blank=True, null=True)),
            ("undone_why", models.TextField(blank=True)),
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.TextField(null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
        ],
        options={
            "verbose_name": "historical received register",
            "verbose_name_plural": "historical received registers",
            "ordering": ("-history_date", "-history_id"),
            "get_latest_by": ("history_date", "history_id"),
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalSuccession",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            (
                "history_actor",
                models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("new_body", "A new policing body follows"),
                        ("other_body", "A force goes over to another policing body"),
                        ("merger", "Forces merge"),
                        ("split", "A force is split"),
                        ("force_details", "A force has a new name, chief officer or address"),
                        ("body_details", "A policing body has a new name, head or address"),
                    ],
                    max_length=20,
                    verbose_name="what changes",
                ),
            ),
            ("day", models.DateField(verbose_name="first day")),
            ("reason", models.TextField(verbose_name="order or other source")),
            ("force_name", models.CharField(blank=True, max_length=120, verbose_name="name of the force")),
            ("short_name", models.CharField(blank=True, max_length=40, verbose_name="short name")),
            ("reference_prefix", models.CharField(blank=True, max_length=8, verbose_name="reference prefix")),
            (
                "chief_officer_title",
                models.CharField(blank=True, max_length=60, verbose_name="title of the chief officer"),
            ),
            ("chief_officer", models.CharField(blank=True, max_length=120, verbose_name="chief officer’s name")),
            ("force_address", models.TextField(blank=True, verbose_name="address of the force")),
            ("body_name", models.CharField(blank=True, max_length=160, verbose_name="name of the body")),
            (
                "body_kind",
                models.CharField(
                    blank=True,
                    choices=[
                        ("commissioner", "Police and crime commissioner"),
                        ("fire_commissioner", "Police, fire and crime commissioner"),
                        ("mayor", "Mayor"),
                        ("authority", "Authority"),
                        ("board", "Board"),
                    ],
                    max_length=20,
                    verbose_name="kind of body",
                ),
            ),
            ("office_name", models.CharField(blank=True, max_length=160, verbose_name="name of its office")),
            ("holder", models.CharField(blank=True, max_length=120, verbose_name="person who holds the office")),
            ("office_address", models.TextField(blank=True, verbose_name="address of the office")),
            ("office_email", models.EmailField(blank=True, max_length=254, verbose_name="email address of the office")),
            (
                "comment_label",
                models.CharField(blank=True, max_length=60, verbose_name="label above the office’s comments"),
            ),
            ("references", models.TextField(blank=True, verbose_name="recommendations that go over")),
            ("leads_stay", models.BooleanField(default=False, verbose_name="inspection leads stay")),
            ("staff_changes", models.BooleanField(default=False, verbose_name="the body’s staff changes")),
            ("entered_at", models.DateTimeField(editable=False, verbose_name="entered")),
            ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed")),
            ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn")),
            ("withdrawn_why", models.TextField(blank=True, editable=False, verbose_name="withdrawn because")),
            ("done_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="done")),
            ("problem", models.TextField(blank=True, editable=False, verbose_name="why it could not be done")),
            ("version", models.PositiveIntegerField(default=1, editable=False)),
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.TextField(null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
        ],
        options={
            "verbose_name": "historical change ahead",
            "verbose_name_plural": "historical changes ahead",
            "ordering": ("-history_date", "-history_id"),
            "get_latest_by": ("history_date", "history_id"),
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="HistoricalSuccessionForce",
        fields=[
            ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
            (
                "history_actor",
                models.CharField(default=recommendations.trail.actor_name, editable=False, max_length=200),
            ),
            ("is_included", models.BooleanField(default=True, verbose_name="is part of it")),
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            ("history_change_reason", models.TextField(null=True)),
            (
                "history_type",
                models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
            ),
        ],
        options={
            "verbose_name": "historical force of a change ahead",
            "verbose_name_plural": "historical force of a change aheads",
            "ordering": ("-history_date", "-history_id"),
            "get_latest_by": ("history_date", "history_id"),
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    ),
    migrations.CreateModel(
        name="LegacyJudgement",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("effective_on", models.DateField(verbose_name="day")),
            ("recorded_at", models.DateTimeField()),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ("withdrawn_why", models.TextField(blank=True, default="")),
            (
                "verdict",
                models.CharField(
                    choices=[
                        ("goes_on", "Goes on"),
                        ("reframed", "Reframed"),
                        ("superseded", "Superseded"),
                        ("closed", "Closed"),
                    ],
                    max_length=12,
                    verbose_name="judgement",
                ),
            ),
            ("reason", models.TextField(verbose_name="why")),
            ("words", models.TextField(blank=True, verbose_name="what the office asks now")),
        ],
        options={
            "ordering": ["-effective_on", "-recorded_at", "-id"],
            "abstract": False,
        },
    ),
    migrations.CreateModel(
        name="LegacyLine",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ],
        options={
            "ordering": ["review", "id"],
        },
    ),
    migrations.CreateModel(
        name="LegacyReview",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("withdrawn_why", models.TextField(blank=True, default="", editable=False)),
            ("title", models.CharField(help_text="As papers print it.", max_length=80)),
            (
                "effective_on",
                models.DateField(
                    help_text="The day that the review prepares for or follows.", verbose_name="day of the change"
                ),
            ),
            ("started_on", models.DateField()),
            ("started_at", models.DateTimeField()),
            ("finished_on", models.DateField(blank=True, null=True)),
            ("finished_at", models.DateTimeField(blank=True, null=True)),
            ("version", models.PositiveIntegerField(default=1, editable=False)),
        ],
        options={
            "ordering": ["-started_on", "-id"],
        },
    ),
    migrations.CreateModel(
        name="ReceivedEntry",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("is_whole", models.BooleanField()),
            ("key", models.PositiveBigIntegerField(verbose_name="its id at the other office")),
            ("sequence", models.PositiveBigIntegerField()),
            ("at", models.DateTimeField()),
            ("by_key", models.BigIntegerField(null=True)),
            ("by_name", models.CharField(max_length=200)),
            ("verb", models.CharField(max_length=60)),
            ("subject_model", models.CharField(blank=True, max_length=80)),
            ("subject_key", models.BigIntegerField(null=True)),
            ("about", models.CharField(blank=True, max_length=400)),
            ("reason", models.TextField(blank=True)),
            ("changes", models.TextField()),
            ("previous", models.CharField(blank=True, max_length=64)),
            ("hash", models.CharField(max_length=64)),
            ("scheme", models.PositiveSmallIntegerField()),
        ],
        options={
            "verbose_name": "received trail entry",
            "verbose_name_plural": "received trail entries",
            "ordering": ["register", "sequence"],
        },
    ),
    migrations.CreateModel(
        name="ReceivedRecord",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("model", models.CharField(max_length=80)),
            ("key", models.BigIntegerField(verbose_name="its id at the other office")),
            ("record", models.BigIntegerField(null=True, verbose_name="its id here")),
            (
                "is_new",
                models.BooleanField(verbose_name="whether it was added here, not matched with one that was here"),
            ),
            ("row", models.TextField()),
            ("saves", models.TextField(verbose_name="its history")),
        ],
        options={
            "ordering": ["register", "model", "key"],
        },
    ),
    migrations.CreateModel(
        name="ReceivedRegister",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("force_name", models.CharField(max_length=120)),
            ("origin", models.CharField(max_length=200, verbose_name="the office that handed it over")),
            ("handed_over_on", models.DateField()),
            ("head_count", models.PositiveBigIntegerField(verbose_name="entries in the other office’s trail")),
            ("head_hash", models.CharField(max_length=64)),
            ("fingerprint", models.CharField(max_length=64, verbose_name="SHA-256 of the bag’s manifests")),
            ("taken_over_at", models.DateTimeField()),
            ("undone_at", models.DateTimeField(blank=True, null=True)),
            ("undone_why", models.TextField(blank=True)),
        ],
        options={
            "ordering": ["id"],
        },
    ),
    migrations.CreateModel(
        name="Succession",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("new_body", "A new policing body follows"),
                        ("other_body", "A force goes over to another policing body"),
                        ("merger", "Forces merge"),
                        ("split", "A force is split"),
                        ("force_details", "A force has a new name, chief officer or address"),
                        ("body_details", "A policing body has a new name, head or address"),
                    ],
                    max_length=20,
                    verbose_name="what changes",
                ),
            ),
            ("day", models.DateField(verbose_name="first day")),
            ("reason", models.TextField(verbose_name="order or other source")),
            ("force_name", models.CharField(blank=True, max_length=120, verbose_name="name of the force")),
            ("short_name", models.CharField(blank=True, max_length=40, verbose_name="short name")),
            ("reference_prefix", models.CharField(blank=True, max_length=8, verbose_name="reference prefix")),
            (
                "chief_officer_title",
                models.CharField(blank=True, max_length=60, verbose_name="title of the chief officer"),
            ),
            ("chief_officer", models.CharField(blank=True, max_length=120, verbose_name="chief officer’s name")),
            ("force_address", models.TextField(blank=True, verbose_name="address of the force")),
            ("body_name", models.CharField(blank=True, max_length=160, verbose_name="name of the body")),
            (
                "body_kind",
                models.CharField(
                    blank=True,
                    choices=[
                        ("commissioner", "Police and crime commissioner"),
                        ("fire_commissioner", "Police, fire and crime commissioner"),
                        ("mayor", "Mayor"),
                        ("authority", "Authority"),
                        ("board", "Board"),
                    ],
                    max_length=20,
                    verbose_name="kind of body",
                ),
            ),
            ("office_name", models.CharField(blank=True, max_length=160, verbose_name="name of its office")),
            ("holder", models.CharField(blank=True, max_length=120, verbose_name="person who holds the office")),
            ("office_address", models.TextField(blank=True, verbose_name="address of the office")),
            ("office_email", models.EmailField(blank=True, max_length=254, verbose_name="email address of the office")),
            (
                "comment_label",
                models.CharField(blank=True, max_length=60, verbose_name="label above the office’s comments"),
            ),
            ("references", models.TextField(blank=True, verbose_name="recommendations that go over")),
            ("leads_stay", models.BooleanField(default=False, verbose_name="inspection leads stay")),
            ("staff_changes", models.BooleanField(default=False, verbose_name="the body’s staff changes")),
            ("entered_at", models.DateTimeField(editable=False, verbose_name="entered")),
            ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed")),
            ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn")),
            ("withdrawn_why", models.TextField(blank=True, editable=False, verbose_name="withdrawn because")),
            ("done_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="done")),
            ("problem", models.TextField(blank=True, editable=False, verbose_name="why it could not be done")),
            ("version", models.PositiveIntegerField(default=1, editable=False)),
        ],
        options={
            "verbose_name": "change ahead",
            "verbose_name_plural": "changes ahead",
            "ordering": ["day", "pk"],
        },
    ),
    migrations.CreateModel(
        name="SuccessionForce",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("is_included", models.BooleanField(default=True, verbose_name="is part of it")),
        ],
        options={
            "verbose_name": "force of a change ahead",
            "ordering": ["force"],
        },
    ),
    migrations.CreateModel(
        name="SuccessionMail",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("claimed", "Being sent"),
                        ("handed", "Handed over"),
                        ("sent", "Sent"),
                        ("failed", "Not sent"),
                    ],
                    default="claimed",
                    max_length=10,
                ),
            ),
            ("claimed_at", models.DateTimeField()),
            ("sent_at", models.DateTimeField(blank=True, null=True)),
            ("attempts", models.PositiveSmallIntegerField(default=1)),
            ("problem", models.CharField(blank=True, max_length=300)),
        ],
        options={
            "ordering": ["notice"],
        },
    ),
    migrations.CreateModel(
        name="SuccessionNotice",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.TextField()),
        ],
        options={
            "verbose_name": "notice of a change ahead",
            "verbose_name_plural": "notices of changes ahead",
            "ordering": ["succession", "person__name", "id"],
        },
    ),
    migrations.AddField(
        model_name="commitment",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="recommendations.policingbody",
        ),
    ),
    migrations.AddField(
        model_name="commitment",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="committeerequest",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="committeerequest",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="force",
        name="handed_over_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="force",
        name="handed_over_to",
        field=models.CharField(blank=True, default="", editable=False, max_length=200),
    ),
    migrations.AddField(
        model_name="historicalcommitment",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.policingbody",
        ),
    ),
    migrations.AddField(
        model_name="historicalcommitment",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="historicalcommitteerequest",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="historicalcommitteerequest",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="historicalforce",
        name="handed_over_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="historicalforce",
        name="handed_over_to",
        field=models.CharField(blank=True, default="", editable=False, max_length=200),
    ),
    migrations.AddField(
        model_name="historicalinvitation",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="historicalinvitation",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="historicalplannedinspection",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="historicalplannedinspection",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="historicalresponse",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.policingbody",
        ),
    ),
    migrations.AddField(
        model_name="historicalresponse",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="historicalupdateround",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="historicalupdateround",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="invitation",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="invitation",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="plannedinspection",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="plannedinspection",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="response",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="recommendations.policingbody",
        ),
    ),
    migrations.AddField(
        model_name="response",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddField(
        model_name="updateround",
        name="came_from",
        field=models.ForeignKey(
            blank=True,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="updateround",
        name="came_on",
        field=models.DateField(blank=True, editable=False, null=True),
    ),
    migrations.AddConstraint(
        model_name="commitment",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("came_from__isnull", True), ("came_on__isnull", True)),
                models.Q(("came_from__isnull", False), ("came_on__isnull", False)),
                _connector="OR",
            ),
            name="commitment_came_from_on_a_day",
        ),
    ),
    migrations.AddConstraint(
        model_name="committeerequest",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("came_from__isnull", True), ("came_on__isnull", True)),
                models.Q(("came_from__isnull", False), ("came_on__isnull", False)),
                _connector="OR",
            ),
            name="committeerequest_came_from_on_a_day",
        ),
    ),
    migrations.AddConstraint(
        model_name="force",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("handed_over_on__isnull", True), ("handed_over_to", "")),
                models.Q(("handed_over_on__isnull", False), models.Q(("handed_over_to", ""), _negated=True)),
                _connector="OR",
            ),
            name="force_handed_over_to_an_office",
        ),
    ),
    migrations.AddConstraint(
        model_name="invitation",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("came_from__isnull", True), ("came_on__isnull", True)),
                models.Q(("came_from__isnull", False), ("came_on__isnull", False)),
                _connector="OR",
            ),
            name="invitation_came_from_on_a_day",
        ),
    ),
    migrations.AddConstraint(
        model_name="plannedinspection",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("came_from__isnull", True), ("came_on__isnull", True)),
                models.Q(("came_from__isnull", False), ("came_on__isnull", False)),
                _connector="OR",
            ),
            name="plannedinspection_came_from_on_a_day",
        ),
    ),
    migrations.AddConstraint(
        model_name="response",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("came_from__isnull", True), ("came_on__isnull", True)),
                models.Q(("came_from__isnull", False), ("came_on__isnull", False)),
                _connector="OR",
            ),
            name="response_came_from_on_a_day",
        ),
    ),
    migrations.AddConstraint(
        model_name="updateround",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("came_from__isnull", True), ("came_on__isnull", True)),
                models.Q(("came_from__isnull", False), ("came_on__isnull", False)),
                _connector="OR",
            ),
            name="updateround_came_from_on_a_day",
        ),
    ),
    migrations.AddField(
        model_name="enforcement",
        name="direction",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="enforces", to="recommendations.inspection"
        ),
    ),
    migrations.AddField(
        model_name="enforcement",
        name="recorded_by",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="enforcement",
        name="tracked",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT,
            related_name="enforcements",
            to="recommendations.trackedrecommendation",
        ),
    ),
    migrations.AddField(
        model_name="enforcement",
        name="withdrawn_by",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="formerbodydetails",
        name="body",
        field=models.ForeignKey(
            editable=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="former_details",
            to="recommendations.policingbody",
        ),
    ),
    migrations.AddField(
        model_name="formerforcedetails",
        name="force",
        field=models.ForeignKey(
            editable=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="former_details",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="historicalenforcement",
        name="direction",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.inspection",
        ),
    ),
    migrations.AddField(
        model_name="historicalenforcement",
        name="history_user",
        field=models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    ),
    migrations.AddField(
        model_name="historicalenforcement",
        name="recorded_by",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="historicalenforcement",
        name="tracked",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.trackedrecommendation",
        ),
    ),
    migrations.AddField(
        model_name="historicalenforcement",
        name="withdrawn_by",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="historicalformerbodydetails",
        name="body",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.policingbody",
        ),
    ),
    migrations.AddField(
        model_name="historicalformerbodydetails",
        name="history_user",
        field=models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    ),
    migrations.AddField(
        model_name="historicalformerforcedetails",
        name="force",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="historicalformerforcedetails",
        name="history_user",
        field=models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyjudgement",
        name="closure",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.closure",
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyjudgement",
        name="history_user",
        field=models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyjudgement",
        name="recorded_by",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyjudgement",
        name="superseded_by",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.trackedrecommendation",
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyjudgement",
        name="tracked",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.trackedrecommendation",
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyjudgement",
        name="withdrawn_by",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyline",
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
        model_name="historicallegacyline",
        name="history_user",
        field=models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyline",
        name="tracked",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.trackedrecommendation",
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyreview",
        name="finished_by",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyreview",
        name="history_user",
        field=models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyreview",
        name="started_by",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyreview",
        name="withdrawn_by",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="historicalreceivedregister",
        name="force",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            help_text="None once it was undone.",
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="historicalreceivedregister",
        name="history_user",
        field=models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    ),
    migrations.AddField(
        model_name="historicalsuccession",
        name="body",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.policingbody",
            verbose_name="policing body",
        ),
    ),
    migrations.AddField(
        model_name="historicalsuccession",
        name="confirmed_by",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
            verbose_name="confirmed by",
        ),
    ),
    migrations.AddField(
        model_name="historicalsuccession",
        name="entered_by",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
            verbose_name="entered by",
        ),
    ),
    migrations.AddField(
        model_name="historicalsuccession",
        name="history_user",
        field=models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    ),
    migrations.AddField(
        model_name="historicalsuccession",
        name="successor",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.force",
            verbose_name="force that takes over",
        ),
    ),
    migrations.AddField(
        model_name="historicalsuccession",
        name="withdrawn_by",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
            verbose_name="withdrawn by",
        ),
    ),
    migrations.AddField(
        model_name="historicalsuccessionforce",
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
        model_name="historicalsuccessionforce",
        name="history_user",
        field=models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    ),
    migrations.AddField(
        model_name="legacyjudgement",
        name="closure",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="recommendations.closure",
        ),
    ),
    migrations.AddField(
        model_name="legacyjudgement",
        name="recorded_by",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="legacyjudgement",
        name="superseded_by",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="recommendations.trackedrecommendation",
        ),
    ),
    migrations.AddField(
        model_name="legacyjudgement",
        name="tracked",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT,
            related_name="legacy_judgements",
            to="recommendations.trackedrecommendation",
        ),
    ),
    migrations.AddField(
        model_name="legacyjudgement",
        name="withdrawn_by",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="legacyline",
        name="force",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="recommendations.force"
        ),
    ),
    migrations.AddField(
        model_name="legacyline",
        name="tracked",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT,
            related_name="legacy_lines",
            to="recommendations.trackedrecommendation",
        ),
    ),
    migrations.AddField(
        model_name="legacyreview",
        name="finished_by",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="legacyreview",
        name="started_by",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="legacyreview",
        name="withdrawn_by",
        field=models.ForeignKey(
            blank=True,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AddField(
        model_name="legacyline",
        name="review",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="recommendations.legacyreview"
        ),
    ),
    migrations.AddField(
        model_name="legacyjudgement",
        name="review",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="recommendations.legacyreview"
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyline",
        name="review",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.legacyreview",
        ),
    ),
    migrations.AddField(
        model_name="historicallegacyjudgement",
        name="review",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.legacyreview",
        ),
    ),
    migrations.AddField(
        model_name="receivedregister",
        name="force",
        field=models.ForeignKey(
            help_text="None once it was undone.",
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="received",
            to="recommendations.force",
        ),
    ),
    migrations.AddField(
        model_name="receivedrecord",
        name="register",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="records", to="recommendations.receivedregister"
        ),
    ),
    migrations.AddField(
        model_name="receivedentry",
        name="register",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="recommendations.receivedregister"
        ),
    ),
    migrations.AddField(
        model_name="succession",
        name="body",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="recommendations.policingbody",
            verbose_name="policing body",
        ),
    ),
    migrations.AddField(
        model_name="succession",
        name="confirmed_by",
        field=models.ForeignKey(
            blank=True,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
            verbose_name="confirmed by",
        ),
    ),
    migrations.AddField(
        model_name="succession",
        name="entered_by",
        field=models.ForeignKey(
            editable=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
            verbose_name="entered by",
        ),
    ),
    migrations.AddField(
        model_name="succession",
        name="successor",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="recommendations.force",
            verbose_name="force that takes over",
        ),
    ),
    migrations.AddField(
        model_name="succession",
        name="withdrawn_by",
        field=models.ForeignKey(
            blank=True,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
            verbose_name="withdrawn by",
        ),
    ),
    migrations.AddField(
        model_name="historicalsuccessionforce",
        name="succession",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="recommendations.succession",
        ),
    ),
    migrations.AddField(
        model_name="successionforce",
        name="force",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="succession_rows", to="recommendations.force"
        ),
    ),
    migrations.AddField(
        model_name="successionforce",
        name="succession",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="force_rows", to="recommendations.succession"
        ),
    ),
    migrations.AddField(
        model_name="successionnotice",
        name="person",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    ),
    migrations.AddField(
        model_name="successionnotice",
        name="succession",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="recommendations.succession"
        ),
    ),
    migrations.AddField(
        model_name="successionmail",
        name="notice",
        field=models.OneToOneField(
            on_delete=django.db.models.deletion.PROTECT, related_name="mail", to="recommendations.successionnotice"
        ),
    ),
    migrations.AddIndex(
        model_name="enforcement",
        index=models.Index(
            fields=["tracked", "-effective_on", "-recorded_at", "-id"],
            include=("withdrawn_at", "due_on"),
            name="enforcement_latest",
        ),
    ),
    migrations.AddConstraint(
        model_name="enforcement",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                _connector="OR",
            ),
            name="enforcement_withdrawn_with_reason",
            violation_error_message="Give a reason for the withdrawal.",
        ),
    ),
    migrations.AddConstraint(
        model_name="enforcement",
        constraint=models.CheckConstraint(
            condition=models.Q(("withdrawn_by__isnull", True), ("withdrawn_at__isnull", False), _connector="OR"),
            name="enforcement_withdrawn_by_at",
        ),
    ),
    migrations.AddConstraint(
        model_name="enforcement",
        constraint=models.CheckConstraint(
            condition=models.Q(
                ("withdrawn_at__isnull", True), ("withdrawn_at__gte", models.F("recorded_at")), _connector="OR"
            ),
            name="enforcement_withdrawn_after_recorded",
        ),
    ),
    migrations.AddConstraint(
        model_name="enforcement",
        constraint=models.CheckConstraint(
            condition=models.Q(("due_on__isnull", False), models.Q(("words", ""), _negated=True), _connector="OR"),
            name="enforcement_ends_with_reason",
        ),
    ),
    migrations.AddConstraint(
        model_name="formerbodydetails",
        constraint=models.UniqueConstraint(fields=("body", "until"), name="formerbodydetails_one_a_day"),
    ),
    migrations.AddConstraint(
        model_name="formerforcedetails",
        constraint=models.UniqueConstraint(fields=("force", "until"), name="formerforcedetails_one_a_day"),
    ),
    migrations.AddConstraint(
        model_name="legacyreview",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                _connector="OR",
            ),
            name="legacyreview_withdrawn_says_why",
        ),
    ),
    migrations.AddConstraint(
        model_name="legacyreview",
        constraint=models.CheckConstraint(
            condition=models.Q(("title", ""), _negated=True), name="legacyreview_has_a_title"
        ),
    ),
    migrations.AddConstraint(
        model_name="legacyreview",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("finished_at__isnull", True), ("finished_by__isnull", True), ("finished_on__isnull", True)),
                models.Q(
                    ("finished_at__isnull", False), ("finished_on__isnull", False), ("withdrawn_at__isnull", True)
                ),
                _connector="OR",
            ),
            name="legacyreview_finished_whole",
        ),
    ),
    migrations.AddConstraint(
        model_name="legacyline",
        constraint=models.UniqueConstraint(fields=("review", "tracked"), name="legacyline_once"),
    ),
    migrations.AddIndex(
        model_name="legacyjudgement",
        index=models.Index(fields=["tracked", "-effective_on", "-recorded_at", "-id"], name="legacyjudgement_latest"),
    ),
    migrations.AddConstraint(
        model_name="legacyjudgement",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                _connector="OR",
            ),
            name="legacyjudgement_withdrawn_with_reason",
            violation_error_message="Give a reason for the withdrawal.",
        ),
    ),
    migrations.AddConstraint(
        model_name="legacyjudgement",
        constraint=models.CheckConstraint(
            condition=models.Q(("withdrawn_by__isnull", True), ("withdrawn_at__isnull", False), _connector="OR"),
            name="legacyjudgement_withdrawn_by_at",
        ),
    ),
    migrations.AddConstraint(
        model_name="legacyjudgement",
        constraint=models.CheckConstraint(
            condition=models.Q(
                ("withdrawn_at__isnull", True), ("withdrawn_at__gte", models.F("recorded_at")), _connector="OR"
            ),
            name="legacyjudgement_withdrawn_after_recorded",
        ),
    ),
    migrations.AddConstraint(
        model_name="legacyjudgement",
        constraint=models.CheckConstraint(
            condition=models.Q(("reason", ""), _negated=True), name="legacyjudgement_says_why"
        ),
    ),
    migrations.AddConstraint(
        model_name="legacyjudgement",
        constraint=models.CheckConstraint(
            condition=models.Q(("verdict__in", ["goes_on", "reframed", "superseded", "closed"])),
            name="legacyjudgement_verdict_known",
        ),
    ),
    migrations.AddConstraint(
        model_name="legacyjudgement",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("verdict", "reframed"), models.Q(("words", ""), _negated=True)),
                models.Q(models.Q(("verdict", "reframed"), _negated=True), ("words", "")),
                _connector="OR",
            ),
            name="legacyjudgement_reframed_has_words",
        ),
    ),
    migrations.AddConstraint(
        model_name="legacyjudgement",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(
                    ("superseded_by__isnull", False),
                    ("verdict", "superseded"),
                    models.Q(("superseded_by", models.F("tracked")), _negated=True),
                ),
                models.Q(models.Q(("verdict", "superseded"), _negated=True), ("superseded_by__isnull", True)),
                _connector="OR",
            ),
            name="legacyjudgement_superseded_by_another",
        ),
    ),
    migrations.AddConstraint(
        model_name="legacyjudgement",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("closure__isnull", False), ("verdict__in", ("superseded", "closed"))),
                models.Q(models.Q(("verdict__in", ("superseded", "closed")), _negated=True), ("closure__isnull", True)),
                _connector="OR",
            ),
            name="legacyjudgement_closes_by_request",
        ),
    ),
    migrations.AddConstraint(
        model_name="receivedregister",
        constraint=models.UniqueConstraint(
            condition=models.Q(("undone_at__isnull", True)), fields=("fingerprint",), name="receivedregister_once"
        ),
    ),
    migrations.AddConstraint(
        model_name="receivedregister",
        constraint=models.CheckConstraint(
            condition=models.Q(("force__isnull", True), ("undone_at__isnull", True), _connector="XOR"),
            name="receivedregister_has_a_force",
        ),
    ),
    migrations.AddConstraint(
        model_name="receivedregister",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("undone_at__isnull", True), ("undone_why", "")),
                models.Q(("undone_at__isnull", False), models.Q(("undone_why", ""), _negated=True)),
                _connector="OR",
            ),
            name="receivedregister_undone_says_why",
        ),
    ),
    migrations.AddIndex(
        model_name="receivedrecord",
        index=models.Index(fields=["model", "record"], name="receivedrecord_here"),
    ),
    migrations.AddConstraint(
        model_name="receivedrecord",
        constraint=models.UniqueConstraint(fields=("register", "model", "key"), name="receivedrecord_once"),
    ),
    migrations.AddIndex(
        model_name="receivedentry",
        index=models.Index(fields=["register", "subject_model", "subject_key"], name="receivedentry_by_subject"),
    ),
    migrations.AddConstraint(
        model_name="receivedentry",
        constraint=models.UniqueConstraint(fields=("register", "sequence"), name="receivedentry_once"),
    ),
    migrations.AddConstraint(
        model_name="succession",
        constraint=models.CheckConstraint(
            condition=models.Q(
                ("kind__in", ["new_body", "other_body", "merger", "split", "force_details", "body_details"])
            ),
            name="succession_kind_known",
        ),
    ),
    migrations.AddConstraint(
        model_name="succession",
        constraint=models.CheckConstraint(
            condition=models.Q(("reason", ""), _negated=True), name="succession_says_why"
        ),
    ),
    migrations.AddConstraint(
        model_name="succession",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("kind", "new_body"), _negated=True),
                models.Q(
                    models.Q(("body_name", ""), _negated=True),
                    models.Q(("body_kind", ""), _negated=True),
                    models.Q(("office_name", ""), _negated=True),
                ),
                _connector="OR",
            ),
            name="succession_names_the_new_body",
        ),
    ),
    migrations.AddConstraint(
        model_name="succession",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(models.Q(("kind", "other_body"), _negated=True), ("body__isnull", False), _connector="OR"),
                models.Q(models.Q(("kind", "body_details"), _negated=True), ("body__isnull", False), _connector="OR"),
            ),
            name="succession_names_a_body_on_record",
        ),
    ),
    migrations.AddConstraint(
        model_name="succession",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("kind", "merger"), _negated=True),
                models.Q(("force_name", ""), ("successor__isnull", False)),
                models.Q(("successor__isnull", True), models.Q(("force_name", ""), _negated=True)),
                _connector="OR",
            ),
            name="succession_names_one_successor",
        ),
    ),
    migrations.AddConstraint(
        model_name="succession",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("kind", "split"), _negated=True),
                models.Q(models.Q(("force_name", ""), _negated=True), models.Q(("references", ""), _negated=True)),
                _connector="OR",
            ),
            name="succession_splits_off_something",
        ),
    ),
    migrations.AddConstraint(
        model_name="succession",
        constraint=models.CheckConstraint(
            condition=models.Q(
                ("confirmed_by__isnull", True),
                models.Q(
                    ("confirmed_at__isnull", False), models.Q(("confirmed_by", models.F("entered_by")), _negated=True)
                ),
                _connector="OR",
            ),
            name="succession_confirmed_by_another",
        ),
    ),
    migrations.AddConstraint(
        model_name="succession",
        constraint=models.CheckConstraint(
            condition=models.Q(
                ("done_at__isnull", True),
                models.Q(("confirmed_at__isnull", False), ("withdrawn_at__isnull", True)),
                _connector="OR",
            ),
            name="succession_done_was_confirmed",
        ),
    ),
    migrations.AddConstraint(
        model_name="succession",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True), ("withdrawn_why", "")),
                models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                _connector="OR",
            ),
            name="succession_withdrawn_says_why",
        ),
    ),
    migrations.AddConstraint(
        model_name="succession",
        constraint=models.CheckConstraint(
            condition=models.Q(
                ("problem", ""), models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)), _connector="OR"
            ),
            name="succession_problem_is_of_an_open_one",
        ),
    ),
    migrations.AddConstraint(
        model_name="successionforce",
        constraint=models.UniqueConstraint(fields=("succession", "force"), name="successionforce_once"),
    ),
    migrations.AddConstraint(
        model_name="successionnotice",
        constraint=models.UniqueConstraint(fields=("succession", "person"), name="successionnotice_one_each"),
    ),
    migrations.AddConstraint(
        model_name="successionnotice",
        constraint=models.CheckConstraint(
            condition=models.Q(("text", ""), _negated=True), name="successionnotice_says_something"
        ),
    ),
    migrations.AddConstraint(
        model_name="successionmail",
        constraint=models.CheckConstraint(
            condition=models.Q(("state__in", ["claimed", "handed", "sent", "failed"])),
            name="successionmail_state_known",
        ),
    ),
    migrations.AddConstraint(
        model_name="successionmail",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("sent_at__isnull", False), ("state", "sent")),
                models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                _connector="OR",
            ),
            name="successionmail_sent_at",
        ),
    ),
]


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0095_layouts")]
    operations = [
        ChangeTables(state_operations=TABLES),
        migrations.RunPython(empty_after_transfers, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name="standing",
            name="standing_counts",
        ),
        migrations.AddField(
            model_name="standing",
            name="direction_due_on",
            field=models.DateField(null=True),
        ),
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
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                condition=models.Q(("withdrawn", False)),
                fields=[
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
                    "direction_due_on",
                ],
                name="standing_counts",
            ),
        ),
    ]
