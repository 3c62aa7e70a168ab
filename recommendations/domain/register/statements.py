"""SQL statements that are compiled once and run often."""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# SQL by hand: the ORM’s own, compiled once

STATEMENTS = 128  # of each kind are kept: each has some 3 KB

type Statement = tuple[str, tuple]  # with its parameters


def statement(rows: QuerySet) -> Statement | None:
    """The compiled SQL for these rows, or None if there can't be any.

    Compiling takes as long as running, so those that every page runs are compiled once (cached by all that they depend
    on: the database, the query, the user and role, the rule) and run with `fetched`.
    """
    try:
        return rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None


def fetched(found: Statement | None) -> list[tuple]:
    """Run a statement and return its rows. For numbers and texts only: other types come as the database stores them."""
    if found is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*found)
        return cursor.fetchall()
