"""How many examples a property tries: in the suite few, the same each time; in the soak many, others each time."""

from django.db import connection

from tests.environment import SOAK


def examples(number: int) -> int:
    """Five times `number` in the soak; a quarter of it in the suite; half of either on PostgreSQL, and 2 at least."""
    quarters = (20 if SOAK else 1) * number // (1 if connection.vendor == "sqlite" else 2)
    return max(quarters // 4, 2)
