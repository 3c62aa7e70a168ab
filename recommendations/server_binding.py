"""Binding the values of a statement otherwise than Django does, for the few statements that gain by it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler


@contextmanager
def values_beside() -> Iterator[None]:
    """Bind the values of the statements in this block on the server, instead of interpolating them.

    A long text is then in memory once instead of four times, and the plan of a statement is kept for its next use on
    the connection (`prepare_threshold` in oversight/settings.py). SQLite always binds.
    """
    if connection.vendor != "postgresql":
        yield
        return
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.ensure_connection()
    session, usual = connection.connection, connection.connection.cursor_factory
    session.cursor_factory = ServerBindingCursor
    try:
        yield
    finally:
        session.cursor_factory = usual


class Among(Lookup):
    """Among(F("pk"), ids), for `filter`: as `pk__in=ids`, with all ids bound as one value.

    A statement that names the same thousand ids twenty times otherwise takes longer to bind than to run.
    """

    lookup_name, prepare_rhs = "among", False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        one_of = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{column} {one_of}", (*params, as_one_value(self.rhs))


def as_one_value(ids: Sequence[int]) -> object:
    """The ids as `Among` binds them."""
    return [*ids] if connection.vendor == "postgresql" else json.dumps(ids)
