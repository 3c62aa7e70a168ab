"""How many examples a property tries."""

from django.db import connection


def examples(number: int) -> int:
    """`number` on SQLite; on PostgreSQL, where each takes longer, a third of it, and 4 at least."""
    return number if connection.vendor == "sqlite" else max(number // 3, 4)
