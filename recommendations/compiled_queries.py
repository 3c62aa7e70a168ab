"""Queries about one record that are compiled once, where compiling takes longer than running."""

from collections.abc import Callable, Hashable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from recommendations.server_binding import values_beside

# SQL by hand: what Django compiled is run again, with other ids

ANY_ONE = -1  # placeholder of the first id in a compiled statement; -2 is that of the second, and so on


def rows_about(query: Callable[..., QuerySet], *ids: int, given: tuple[Hashable, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the rows of `query(*ids, *given)`, a query of plain columns (`values_list`).

    The statement is kept for each `given`, so the query must depend on nothing else: no user, day or setting.
    """
    compiler, sql, params = _compiled(query, len(ids), given, connection.vendor)
    with values_beside(), connection.cursor() as cursor:
        cursor.execute(sql, with_ids(params, ids))
        return list(compiler.results_iter([cursor.fetchall()], tuple_expected=True))


def with_ids(params: Sequence[Any], ids: Sequence[int]) -> list[Any]:
    """The parameters of a compiled statement, with these ids for the placeholders."""
    held = dict(zip(_placeholders(len(ids)), ids, strict=True))
    return [held.get(each, each) for each in params]


def _placeholders(number: int) -> range:
    return range(ANY_ONE, ANY_ONE - number, -1)


@cache
def _compiled(
    query: Callable[..., QuerySet], number: int, given: tuple[Hashable, ...], vendor: str
) -> tuple[Any, str, Sequence[Any]]:
    """The compiler, the statement and its parameters, for so many ids."""
    compiler = query(*_placeholders(number), *given).query.get_compiler(connection=connection)
    return compiler, *compiler.as_sql()
