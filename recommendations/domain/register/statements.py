"""SQL statements that are compiled once and run often."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet

# SQL by hand: the ORM’s own, compiled once

STATEMENTS = 128  # of each kind are kept: each has some 3 KB

GIVEN = object()  # in the place of a parameter


class Statement(NamedTuple):
    """SQL, its parameters, and for the columns that need it how a stored value becomes one of Python."""

    sql: str
    params: tuple
    converters: dict[int, tuple[list, Any]]


def statement(rows: QuerySet) -> Statement | None:
    """The compiled SQL for these rows, or None if there can't be any.

    Compiling takes as long as running, so those that every page runs are compiled once (cached by all that they depend
    on: the database, the query, the user and role, the rule) and run with `fetched` or `converted`.
    """
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    return Statement(sql, params, compiler.get_converters([column for column, _, _ in compiler.select]))


def fetched(found: Statement | None, given: Iterable[int] = ()) -> list[tuple]:
    """Run a statement and return its rows. For numbers and texts only: other types come as the database stores them.

    `given` are the ids that its OneOfGiven asks for.
    """
    if found is None:
        return []
    params = found.params
    if GIVEN in params:
        ids = ",".join(map(str, given))
        listed = f"{{{ids}}}" if connection.vendor == "postgresql" else f"[{ids}]"
        params = tuple(listed if each is GIVEN else each for each in params)
    with connection.cursor() as cursor:
        cursor.execute(found.sql, params)
        return cursor.fetchall()


def converted(found: Statement | None, given: Iterable[int] = ()) -> Iterator[list]:
    """The same for rows with values of any type."""
    for row in map(list, fetched(found, given)):
        for place, (converters, column) in found.converters.items() if found else ():
            for convert in converters:
                row[place] = convert(row[place], column, connection)
        yield row


class OneOfGiven(Func):
    """Whether a column is one of the ids that are given when the statement is run."""

    arity = 1
    output_field = BooleanField()

    def __init__(self, column: str):
        super().__init__(F(column))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple]:
        column, _ = compiler.compile(self.source_expressions[0])
        return f"{column} IN (SELECT unnest(%s::bigint[]))", (GIVEN,)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple]:
        column, _ = compiler.compile(self.source_expressions[0])
        return f"{column} IN (SELECT value FROM json_each(%s))", (GIVEN,)
