"""Updating a ledger's or queue's row only if it is as this run left it, which keeps two runs apart."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db.models import Model


class Attempted(Protocol):
    """A row that is worked on: its state, and the number of attempts, which tells one run from another."""

    pk: Any
    state: str
    attempts: int


def update_if_unchanged(row: Attempted, states: Iterable[str] = (), /, **values: Any) -> bool:
    """Update these columns if the row is still at this attempt, and in one of these states (default: its own).

    Returns whether it was; then `row` is updated too. False: another run has it, and nothing changed.
    """
    assert isinstance(row, Model)
    rows = type(row)._default_manager.filter(pk=row.pk, attempts=row.attempts, state__in=[*states] or [row.state])
    # written at once: a conditional UPDATE keeps two runs apart
    updated = rows.update(**values) == 1
    if updated:
        for name, value in values.items():
            setattr(row, name, value)
    return updated
