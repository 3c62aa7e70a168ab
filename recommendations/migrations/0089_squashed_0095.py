"""The tables of 0.3.0 become those before bodies and forces have days: what 0089 to 0095 do one by one.

A database that has some of them goes through the rest. The operations are theirs, so they stay as long as this one does.
"""

from importlib import import_module

from django.db import migrations

REPLACED = (
    "0089_email_in_words",
    "0090_what_the_office_uses",
    "0091_plain_names",
    "0092_whose_is_in_the_address",
    "0093_register_layouts",
    "0094_documents_being_brought_in",
    "0095_layouts",
)
MODULES = [import_module(f"recommendations.migrations.{name}") for name in REPLACED]
ChangeTables = import_module("recommendations.migrations.0036_squashed_0072").ChangeTables


class Migration(migrations.Migration):
    replaces = [("recommendations", name) for name in REPLACED]
    dependencies = [("recommendations", "0088_sealed_rows")]

    operations = [ChangeTables(state_operations=[each for module in MODULES for each in module.Migration.operations])]
