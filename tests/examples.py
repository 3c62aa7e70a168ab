"""How many examples a property tries: in the suite few, the same each time; in the soak many, others each time."""

from django.db import connection

from tests.environment import SOAK


def examples(number: int) -> int:
    """Five times `number` in the soak; a quarter of it in the suite, half of that on PostgreSQL, and 2 at least."""
    if SOAK:
        return 5 * number
    return max(number // (4 if connection.vendor == "sqlite" else 8), 2)
