"""What the databases keep for search beyond the models. Migrations 0053, 0073 and 0075 make it.

PostgreSQL has a generated column of the words of each entry, and indexes on it; SQLite a virtual table, and triggers
that keep it.
"""

from django.db import connection

# SQL by hand: full text search differs between databases

ENTRIES = "recommendations_searchentry"
INDEX = "recommendations_searchindex"  # SQLite's: columns 0 names, 1 words, 2 beside
VECTOR = "search_vector"  # PostgreSQL's
PARTS = {
    "postgresql": {
        f"column {VECTOR}",
        "index searchentry_words",  # of all words
        "index searchentry_said",  # of names and text alone
        "index searchentry_asked",  # of what recommendations ask
        "index searchentry_day",
    },
    "sqlite": {
        f"table {INDEX}",
        "trigger searchentry_added",
        "trigger searchentry_removed",
        "trigger searchentry_changed",
    },
}
KEPT = {
    "postgresql": f"SELECT 'index', indexname FROM pg_indexes WHERE tablename = '{ENTRIES}' UNION ALL "
    f"SELECT 'column', attname FROM pg_attribute WHERE attrelid = '{ENTRIES}'::regclass AND attgenerated = 's'",
    "sqlite": f"SELECT type, name FROM sqlite_master WHERE tbl_name IN ('{ENTRIES}', '{INDEX}')",
}


def missing_parts() -> list[str]:
    """What the database lacks of this, such as "trigger searchentry_added": a migration dropped it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT[connection.vendor])
        return sorted(PARTS[connection.vendor] - {f"{kind} {name}" for kind, name in cursor.fetchall()})
