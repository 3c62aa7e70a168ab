"""Queries that are compiled once and run often, where compiling takes as long as running, or longer.

`statement` and `fetched` are for lists: whoever asks keeps the statement by all that it depends on. `rows_about` and
`objects_about` are for what belongs to one record, and keep it by themselves.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from recommendations.server_binding import values_beside

# SQL by hand: what Django compiled is run again, with other values

# The placeholder of the first value in a compiled statement, if it is an id: the largest that fits any column of ids.
ANY_ONE = 2**31 - 1
STATEMENTS = 128  # of each kind are kept: each has some 3 KB, and Records 35


class Statement(NamedTuple):
    """SQL, its parameters, and for the columns that need it how a stored value becomes one of Python."""

    sql: str
    params: tuple
    converters: dict[int, tuple[list, Any]]

    def asking(self, values: Mapping[Any, Any]) -> "Statement":
        """The same with these values: placeholder → value, both as the database takes them."""
        return self._replace(params=tuple(values.get(each, each) for each in self.params))


def statement(rows: QuerySet) -> Statement | None:
    """The compiled SQL for these rows, or None if there can't be any.

    Compiling takes as long as running, so those that every page runs are compiled once (cached by all that they depend
    on: the database, the query, the user and role, the rule) and run with `fetched` or `converted`.
    """
    try:
        return _statement(rows.query.get_compiler(connection=connection))
    except EmptyResultSet:
        return None


def _statement(compiler: SQLCompiler) -> Statement:
    sql, params = compiler.as_sql()
    return Statement(sql, params, compiler.get_converters([column for column, _, _ in compiler.select]))


def fetched(found: Statement | None) -> list[tuple]:
    """Run a statement and return its rows as the database stores them."""
    if found is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(found.sql, found.params)
        return cursor.fetchall()


def converted(found: Statement | None) -> Iterator[list]:
    """The same for rows with values of any type."""
    if found is not None:
        yield from _converted(found, fetched(found))


def _converted(found: Statement, rows: Iterable[tuple]) -> Iterator[list]:
    for row in map(list, rows):
        for place, (converters, column) in found.converters.items():
            for convert in converters:
                row[place] = convert(row[place], column, connection)
        yield row


def rows_about(query: Callable[..., QuerySet], *values: int | str, given: tuple[Hashable, ...] = ()) -> list[tuple]:
    """Return the rows of `query(*values, *given)`, a query of plain columns (`values_list`) about ids or texts.

    The statement is kept for each `given`, so the query must depend on nothing else: no user, day or setting. It uses
    each value as it is.
    """
    kinds = tuple(map(type, values))
    if (found := _about(query, kinds, given, connection.vendor)) is None:
        return []
    held = dict(zip(_placeholders(kinds), values, strict=True))
    with values_beside():
        return list(map(tuple, converted(found.asking(held))))


def _placeholders(kinds: Sequence[type]) -> list[int | str]:
    """One for each value: ANY_ONE, the id before it and so on, or these as texts."""
    return [kind(ANY_ONE - place) for place, kind in enumerate(kinds)]


@cache
def _about(
    query: Callable[..., QuerySet], kinds: tuple[type, ...], given: tuple[Hashable, ...], vendor: str
) -> Statement | None:
    """The statement with placeholders for values of these kinds."""
    return statement(query(*_placeholders(kinds), *given))


class Records[Row: Model]:
    """The records that a queryset finds, with what it joins and annotates, compiled once and asked with other values.

    It prefetches nothing. One that locks is run inside a transaction.
    """

    def __init__(self, rows: QuerySet[Row]):
        self.model, self.query = rows.model, rows.query
        self.compiler = rows.query.get_compiler(connection=connection)
        self.statement = _statement(self.compiler)

    def asking(self, values: Mapping[Any, Any]) -> list[Row]:
        """Return those of the same queryset with these values: placeholder → value."""
        with values_beside():
            return self._found(self.statement.asking(values))

    def _found(self, asked: Statement) -> list[Row]:
        """Raise TransactionManagementError if they would be locked in no transaction, as Django would."""
        if self.query.select_for_update and connection.features.has_select_for_update and connection.get_autocommit():
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        compiler, query = copy(self.compiler), copy(self.query)
        compiler.as_sql = lambda *args, **options: (asked.sql, asked.params)  # type: ignore[method-assign]
        compiler.get_converters = lambda columns: asked.converters  # type: ignore[method-assign]
        query.get_compiler = lambda *args, **options: compiler  # type: ignore[method-assign]
        return list(QuerySet(self.model, query))


def objects_about[One: Model](
    query: Callable[..., QuerySet[One]], *values: int | str, given: tuple[Hashable, ...] = ()
) -> list[One]:
    """Return the objects of `query(*values, *given)`, with their `select_related` and annotations. As `rows_about`."""
    kinds = tuple(map(type, values))
    found = _objects_about(query, kinds, given, connection.vendor)
    return found.asking(dict(zip(_placeholders(kinds), values, strict=True))) if found else []


@lru_cache(maxsize=STATEMENTS)
def _objects_about(
    query: Callable[..., QuerySet], kinds: tuple[type, ...], given: tuple[Hashable, ...], vendor: str
) -> Records | None:
    """What is kept of it, with placeholders for values of these kinds."""
    try:
        return Records(query(*_placeholders(kinds), *given))
    except EmptyResultSet:
        return None
