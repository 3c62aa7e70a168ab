"""Changing a row of a ledger or a queue only while it is where this run left it: two runs are kept apart."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db.models import Model


class Attempted(Protocol):
    """A row that is worked on: its state, and how often that was begun, which tells one run from another."""

    pk: Any
    state: str
    attempts: int


def update_if_unchanged(row: Attempted, states: Iterable[str] = (), /, **values: Any) -> bool:
    """Set these columns while the row is at this attempt and in one of these states, or in its own where none is given.

    Returns whether it was; `row` then has the values too. False: another run has it, and nothing was changed.
    """
    assert isinstance(row, Model)
    rows = type(row)._default_manager.filter(pk=row.pk, attempts=row.attempts, state__in=[*states] or [row.state])
    # written at once: a conditional UPDATE keeps two runs apart
    updated = rows.update(**values) == 1
    if updated:
        for name, value in values.items():
            setattr(row, name, value)
    return updated
