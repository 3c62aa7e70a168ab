"""Binding the values of a statement otherwise than Django does, for the few statements that gain by it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


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
