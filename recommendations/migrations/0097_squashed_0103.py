"""The tables of actions, indicators and accountability meetings in one go: what 0097 to 0103 do one by one.

A database that has some of them goes through the rest. The operations are theirs, so they stay as long as this one does.
"""

from importlib import import_module

from django.db import migrations

REPLACED = (
    "0097_cover_since",
    "0098_actions",
    "0099_action_reminders",
    "0100_indicators",
    "0101_accountability_meetings",
    "0102_answers_to_requests",
    "0103_write_values",
)
MODULES = [import_module(f"recommendations.migrations.{name}") for name in REPLACED]
ChangeTables = import_module("recommendations.migrations.0036_squashed_0072").ChangeTables


class Migration(migrations.Migration):
    replaces = [("recommendations", name) for name in REPLACED]
    dependencies = [("recommendations", "0096_bodies_and_forces_by_day")]

    operations = [ChangeTables(state_operations=[each for module in MODULES for each in module.Migration.operations])]
