"""How many examples a property tries: in the suite few, the same each time; in the soak many, others each time."""

from django.db import connection

from tests.environment import SOAK


def examples(number: int) -> int:
    """In the soak five times `number`, on PostgreSQL once; in the suite an eighth, at least 2."""
    if SOAK:
        return 5 * number if connection.vendor == "sqlite" else number
    return max(number // 8, 2)
