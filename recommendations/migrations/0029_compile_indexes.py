"""Indexes that answer what papers count, on PostgreSQL, in place of those that only ordered."""

from django.db import migrations, models

LATEST = ("tracked", "-effective_on", "-recorded_at", "-id")
INDEXES = {
    "assurance": (LATEST, ("withdrawn_at", "view"), "assurance_latest"),
    "closure": (("tracked", "closed_on"), ("decided_at", "reopened_on", "reopened_at"), "closure_period"),
    "forceupdate": (LATEST, ("withdrawn_at", "position", "stage", "forecast_on"), "forceupdate_latest"),
    "inspectoratestatus": (LATEST, ("withdrawn_at", "status"), "inspectoratestatus_latest"),
    "targetdate": (LATEST, ("withdrawn_at", "target_on"), "targetdate_latest"),
}


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0001_squashed_0028")]

    operations = [
        operation
        for model, (fields, include, name) in INDEXES.items()
        for operation in (
            migrations.RemoveIndex(model, name),
            migrations.AddIndex(model, models.Index(fields=fields, include=include, name=name)),
        )
    ]
