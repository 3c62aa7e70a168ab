"""Queries that are compiled once and run often, where compiling takes as long as running, or longer.

`statement` and `fetched` are for lists: whoever asks keeps the statement by all that it depends on. `rows_about` and
`objects_about` are for what belongs to one record, and keep it by themselves. `Records` are records by their ids.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Lookup, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from recommendations.server_binding import values_beside

# SQL by hand: what Django compiled is run again, with other values

# The placeholder of the first value in a compiled statement, if it is an id: the largest that fits any column of ids.
ANY_ONE = 2**31 - 1
STATEMENTS = 128  # of each kind are kept: each has some 3 KB, and Records 35

GIVEN = object()  # in the place of a parameter


class Statement(NamedTuple):
    """SQL, its parameters, and for the columns that need it how a stored value becomes one of Python."""

    sql: str
    params: tuple
    converters: dict[int, tuple[list, Any]]

    def asking(self, values: Mapping[Any, Any]) -> "Statement":
        """The same with these values: placeholder → value, both as the database takes them."""
        return self._replace(params=tuple(values.get(each, each) for each in self.params))

    def among(self, ids: Sequence[int | str]) -> "Statement":
        """The same with these ids or texts, of a statement that asks for one of [ANY_ONE]."""
        place = next(place for place, each in enumerate(self.params) if str(each) == str(ANY_ONE))
        pieces = self.sql.split("%s")
        before, after = "%s".join(pieces[: place + 1]), "%s".join(pieces[place + 1 :])
        params = (*self.params[:place], *ids, *self.params[place + 1 :])
        return self._replace(sql=f"{before}{', '.join(['%s'] * len(ids))}{after}", params=params)


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
    if found is not None:
        yield from _converted(found, fetched(found, given))


def streamed(found: Statement, at_once: int) -> Iterator[tuple]:
    """The same, so many rows at once, of a statement that may return more than there is memory for."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(found.sql, found.params)
        while rows := cursor.fetchmany(at_once):
            yield from map(tuple, _converted(found, rows))


def _converted(found: Statement, rows: Iterable[tuple]) -> Iterator[list]:
    for row in map(list, rows):
        for place, (converters, column) in found.converters.items():
            for convert in converters:
                row[place] = convert(row[place], column, connection)
        yield row


class OneOfGiven(Lookup):
    """Whether a column is one of the ids that are given when the statement is run.

    A Lookup: Django compares anything else with true on SQLite, which then uses no index. With `many` it is to use
    none for the ids, but another: most rows may be among them.
    """

    lookup_name, prepare_rhs = "one_of_given", False

    def __init__(self, column: str, *, many: bool = False):
        super().__init__(F(column), GIVEN)
        self.many = many

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT unnest(%s::bigint[]))", (*params, self.rhs)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple]:
        column, params = self.process_lhs(compiler, connection)
        return f"{'+' * self.many}{column} IN (SELECT value FROM json_each(%s))", (*params, self.rhs)


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

    def among(self, ids: Sequence[int]) -> list[Row]:
        """Return those with these ids, of a queryset that asks for one of [ANY_ONE]."""
        return self._found(self.statement.among(ids))

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


def stored[Row: Model](record: Row) -> Row:
    """Return the record as the database has it now. Raises its DoesNotExist."""
    return _only(record, _rows(type(record), connection.vendor).among([record.pk]))


def stored_locked[Row: Model](record: Row) -> Row:
    """The same, locked until the transaction ends, of those that its default manager knows."""
    return _only(record, _rows_to_lock(type(record), connection.vendor).among([record.pk]))


def _only[Row: Model](record: Row, found: list[Row]) -> Row:
    if not found:
        raise type(record).DoesNotExist(f"{type(record).__name__} {record.pk} does not exist.")
    return found[0]


@cache
def _rows(model: type[Model], vendor: str) -> Records:
    return Records(model._base_manager.order_by().filter(pk__in=[ANY_ONE]))


@cache
def _rows_to_lock(model: type[Model], vendor: str) -> Records:
    return Records(model._default_manager.order_by().select_for_update().filter(pk__in=[ANY_ONE]))
