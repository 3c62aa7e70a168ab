"""Queries about one record that are compiled once, where compiling takes longer than running."""

from collections.abc import Callable, Hashable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from recommendations.server_binding import values_beside

# SQL by hand: what Django compiled is run again, with other values

# The placeholder of the first value in a compiled statement, if it is an id: the largest that fits any column of ids.
ANY_ONE = 2**31 - 1


def rows_about(
    query: Callable[..., QuerySet], *values: int | str, given: tuple[Hashable, ...] = ()
) -> list[tuple[Any, ...]]:
    """Return the rows of `query(*values, *given)`, a query of plain columns (`values_list`) about ids or texts.

    The statement is kept for each `given`, so the query must depend on nothing else: no user, day or setting. It uses
    each value as it is.
    """
    kinds = tuple(map(type, values))
    compiler, sql, params = _compiled(query, kinds, given, connection.vendor)
    held = dict(zip(_placeholders(kinds), values, strict=True))
    with values_beside(), connection.cursor() as cursor:
        cursor.execute(sql, [held.get(each, each) for each in params])
        return list(compiler.results_iter([cursor.fetchall()], tuple_expected=True))


def _placeholders(kinds: Sequence[type]) -> list[int | str]:
    """One for each value: ANY_ONE, the id before it and so on, or these as texts."""
    return [kind(ANY_ONE - place) for place, kind in enumerate(kinds)]


@cache
def _compiled(
    query: Callable[..., QuerySet], kinds: tuple[type, ...], given: tuple[Hashable, ...], vendor: str
) -> tuple[Any, str, Sequence[Any]]:
    """The compiler, the statement and its parameters, with placeholders for values of these kinds."""
    compiler = query(*_placeholders(kinds), *given).query.get_compiler(connection=connection)
    return compiler, *compiler.as_sql()
