"""How many examples a property tries: in the suite few, the same each time; in the soak many, others each time."""

from django.db import connection
from hypothesis import strategies as st

from tests.environment import SOAK

# What every text is made of. Hypothesis's own default is the same, but tries for each letter whether it can be encoded,
# which takes each process of a run two seconds.
LETTERS = st.characters(exclude_categories=["Cs"])


def examples(number: int, of_suite: int | None = None) -> int:
    """In the soak five times `number`, on PostgreSQL once; in the suite an eighth, at least 2, or `of_suite`."""
    if SOAK:
        return 5 * number if connection.vendor == "sqlite" else number
    return of_suite or max(number // 8, 2)
