"""All tables of a new database in one go, as they stand after the first ninety-six migrations.

The operations are those of the migrations that it replaces, so these stay as long as this one does. A database of 0.2.0
comes to the same tables by 0036_squashed_0072 and those after it, one of a commit between one by one.
"""

from importlib import import_module

from django.db import migrations

REPLACED = (
    "0001_squashed_0028",
    "0029_compile_indexes",
    "0030_terms_apart",
    "0031_public_editions",
    "0032_oversight_apart",
    "0033_spans",
    "0034_published_words",
    "0035_trail_scheme",
    "0036_squashed_0072",
    "0073_search_indexes",
    "0074_counts_with_reviews",
    "0075_search_days",
    "0076_counts_on_sqlite",
    "0077_webhook_words",
    "0078_files_read_whole",
    "0079_bank_holidays",
    "0080_counts_by_a_plain_index",
    "0081_papers_without_closing_lines",
    "0082_accounts_by_two",
    "0083_seals_with_entries",
    "0084_responses_brought_in",
    "0085_sealed_subscribers",
    "0086_key_seal",
    "0087_former_passwords",
    "0088_sealed_rows",
    "0089_squashed_0095",
    "0096_bodies_and_forces_by_day",
)
MODULES = {name: import_module(f"recommendations.migrations.{name}") for name in (*REPLACED, "0053_search")}
FIRST = MODULES["0001_squashed_0028"]
# Of what they do beside tables, all that an empty database needs: what no model can say, and the head of the trail.
BESIDE_TABLES = (
    MODULES["0030_terms_apart"].keep_apart,
    MODULES["0032_oversight_apart"].keep_apart,
    MODULES["0053_search"].index_words,
    MODULES["0073_search_indexes"].make_indexes,
    MODULES["0075_search_days"].make_index,
    FIRST.make_head,
)


class Migration(migrations.Migration):
    initial = True
    replaces = [("recommendations", name) for name in REPLACED]
    dependencies = []

    operations = [
        FIRST.CreateTables(
            state_operations=[
                operation
                for name in REPLACED
                for operation in MODULES[name].Migration.operations
                if not isinstance(operation, migrations.RunPython)
            ]
        ),
        *(migrations.RunPython(function) for function in BESIDE_TABLES),
    ]
