"""Statements that are put together once and asked often."""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# SQL by hand: the ORM’s own, put together once

type Statement = tuple[str, tuple]  # with its parameters


def statement(rows: QuerySet) -> Statement | None:
    """The statement that finds these rows; None where there can be none.

    Putting one together takes as long as running it, so those that each page asks are put together once (in a cache by
    all that they rest on: the database, the question, who asks and as what, the rule) and `fetched`.
    """
    try:
        return rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None


def fetched(found: Statement | None) -> list[tuple]:
    """The rows of a statement, of numbers and texts: what else a database has comes as it stores it."""
    if found is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*found)
        return cursor.fetchall()
