"""Two more indexes for search on PostgreSQL, which no model can say.

Of names and text alone: by that of all words, whether a word stands in them is looked up in each entry. And of what
recommendations ask, of which each page of a record counts words.
"""

from django.db import migrations

ENTRIES = "recommendations_searchentry"
INDEXES = {
    "searchentry_said": f"{ENTRIES} USING gin (ts_filter(search_vector, '{{a,b}}'))",
    "searchentry_asked": f"{ENTRIES} USING gin (search_vector) WHERE source = 'trackedrecommendation'",
}


def make_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, on in INDEXES.items():
            schema_editor.execute(f"CREATE INDEX {name} ON {on}")


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0072_action_plans")]
    operations = [migrations.RunPython(make_indexes, drop_indexes, elidable=False)]
