"""An index of the days of what search reads, on PostgreSQL: it finds the newest of what has a word by both indexes.

No model says it, since SQLite would read the days of all of it first, whatever has the words.
"""

from django.db import migrations


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE INDEX searchentry_day ON recommendations_searchentry (day)")


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX searchentry_day")


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0074_counts_with_reviews")]
    operations = [migrations.RunPython(make_index, drop_index, elidable=False)]
