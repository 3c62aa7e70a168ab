"""How many examples a property tries: in the suite few, the same each time; in the soak many, others each time."""

from django.db import connection

from tests.environment import SOAK


def examples(number: int) -> int:
    """In the soak five times `number`, on PostgreSQL once; in the suite a quarter, there an eighth, at least 2."""
    on_sqlite = connection.vendor == "sqlite"
    if SOAK:
        return 5 * number if on_sqlite else number
    return max(number // (4 if on_sqlite else 8), 2)
