"""Reading every row of a table, naming rows with invalid values instead of failing on them.

SQLite accepts anything in any cell, and Django reads an invalid date or time as None.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

# SQL by hand: the raw values in SQLite's cells

UNREADABLE = object()
DAY, TIME = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]", "[0-9][0-9]:[0-9][0-9]:[0-9][0-9]"
PARTS = f"{TIME}.[0-9][0-9][0-9][0-9][0-9][0-9]"
SHAPES: dict[str, list[str]] = {
    "DateField": [DAY],
    "TimeField": [TIME, PARTS],
    "DateTimeField": [f"{DAY} {TIME}", f"{DAY} {PARTS}"],
    "BooleanField": ["0", "1"],
}
CHUNK = 500  # rows at a time
SMALLER = {"BinaryField": 1, "JSONField": 1}  # for models whose rows may hold a file, or a paper's figures


@dataclass(frozen=True)
class UnreadableRow:
    """A row with a cell that can't be read: its key, those columns, and for a history row the record's id."""

    pk: Any
    columns: tuple[str, ...]
    record: Any = None


def rows_of[Row: Model](queryset: QuerySet[Row]) -> Iterator[Row | UnreadableRow]:
    """The rows, in their order, which must be deterministic."""
    return _each_of(queryset, queryset, attrgetter("pk"))


def values_of(queryset: QuerySet[Any], *columns: str) -> Iterator[tuple[Any, ...] | UnreadableRow]:
    """The rows as tuples: the key first, then the columns asked for."""
    if not _has_rows(queryset.model):  # as most tables of a small office: compiling a long query takes longer
        return iter(())
    wanted = queryset.values_list("pk", *columns)
    return _each_of(queryset, wanted, itemgetter(0))


def _has_rows(model: type[Model]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{model._meta.db_table}" LIMIT 1')
        return cursor.fetchone() is not None


def _each_of(queryset: QuerySet[Any], wanted: Any, pk_of: Callable[[Any], Any]) -> Iterator[Any]:
    """Yield each row of `wanted`, or an UnreadableRow."""
    model = queryset.model
    misread = _misread(model) if connection.vendor == "sqlite" else {}
    read = 0
    try:
        for row in wanted.iterator(chunk_size=_chunk(model)):
            read += 1
            yield _unreadable(model, pk_of(row), misread[pk_of(row)]) if misread and pk_of(row) in misread else row
        return
    except Exception:  # an invalid cell: from here on row by row
        pass
    keys = list(queryset.values_list("pk", flat=True))
    for pk in keys[read:]:
        yield _row_of(wanted, pk, misread.get(pk, ()))


def _chunk(model: type[Model]) -> int:
    return min(SMALLER.get(each.get_internal_type(), CHUNK) for each in model._meta.concrete_fields)


def _row_of(wanted: Any, pk: Any, misread: tuple[str, ...]) -> Any:
    try:
        row = wanted.order_by().get(pk=pk)
    except Exception:  # an invalid cell
        return _unreadable(wanted.model, pk, misread)
    return _unreadable(wanted.model, pk, misread) if misread else row


def _unreadable(model: type[Model], pk: Any, misread: tuple[str, ...]) -> UnreadableRow:
    cells = {each.attname: _cell(model, pk, each.attname) for each in model._meta.concrete_fields}
    wrong = tuple(name for name, found in cells.items() if found is UNREADABLE or name in misread)
    return UnreadableRow(pk, wrong, None if "id" in wrong else cells.get("id"))


def _misread(model: type[Model]) -> dict[Any, tuple[str, ...]]:
    """SQLite rows with an invalid date, time or boolean, which Django would read as None or False."""
    shaped = [each for each in model._meta.concrete_fields if each.get_internal_type() in SHAPES]
    if not shaped:
        return {}
    wrong = [_is_none_of(each.column, SHAPES[each.get_internal_type()]) for each in shaped]
    key, table = model._meta.pk.column, model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{key}", {", ".join(wrong)} FROM "{table}" WHERE {" OR ".join(wrong)}')
        found = cursor.fetchall()
    return {pk: tuple(each.attname for each, is_so in zip(shaped, row, strict=True) if is_so) for pk, *row in found}


def _is_none_of(column: str | None, shapes: list[str]) -> str:
    globs = " OR ".join(f"\"{column}\" GLOB '{each}'" for each in shapes)
    return f'("{column}" IS NOT NULL AND NOT ({globs}))'


def _cell(model: type[Model], pk: Any, column: str) -> Any:
    try:
        return QuerySet(model).values_list(column, flat=True).get(pk=pk)
    except Exception:  # an invalid cell
        return UNREADABLE
