"""Reading another office's records as they stood there, by the code that reads our own.

As for the past (domain/papers/point_in_time.py), temporary tables of the same names hide the office's own from this
connection: rows and histories with the ids that they had, and the entries of that office's trail. What is asked inside
reads those alone, and nothing is left behind.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import batched, groupby
from typing import Any, NamedTuple, cast

from django.apps import apps
from django.db import connection, models, transaction

from recommendations.domain.audit.removals import Removals
from recommendations.domain.handing_over.rows import Row, columns_of, value_of
from recommendations.domain.handing_over.scope import PART_OF
from recommendations.domain.papers.point_in_time import TEMPORARY, PastSnapshot, at_trail_entry
from recommendations.models import (
    Force,
    IssuedFile,
    ReceivedEntry,
    ReceivedRecord,
    ReceivedRegister,
    TrailEntry,
    TrailHead,
    User,
)
from recommendations.models.audit.retention import REWRITING
from recommendations.models.base import Guarded

# SQL by hand: temporary tables that hide the office's own

AT_ONCE = 400
FILES = "shadow_of_issued_files"
SHOWN = (IssuedFile, ReceivedRegister, ReceivedEntry, ReceivedRecord)


class OriginRow(NamedTuple):
    """A row as it stood at the other office, with its history there."""

    model: str
    key: int
    row: Row
    saves: list[Row]


class OriginRegister(NamedTuple):
    """What a bag, or what was received, has of the other office. Each is read once."""

    rows: Iterable[OriginRow]
    entries: Callable[[], Iterable[Row]]
    head: tuple[int, str]
    people: Iterable[Row]
    forces: Iterable[Row]
    content: Callable[[int], bytes]  # of an issued file


@contextmanager
def shadow_of(origin: OriginRegister) -> Iterator["Shadow"]:
    """Read everything inside as at the other office."""
    with transaction.atomic(), at_trail_entry() as past:
        shadow = Shadow(past, origin)
        shadow.load()
        yield shadow


class Shadow:
    """The temporary tables with another office's rows. Nothing inside may be kept."""

    def __init__(self, past: PastSnapshot, origin: OriginRegister) -> None:
        self.past, self.origin = past, origin

    def load(self) -> None:
        """Fill the tables with rows, histories and entries."""
        for model in _hidden_models():
            _hide(model)
        _create(IssuedFile, FILES)
        for label, rows in groupby(self.origin.rows, key=lambda each: each.model):
            model = PART_OF[label].model
            if model is IssuedFile:
                self._load_files(rows)
                continue
            for some in batched(rows, AT_ONCE):
                _insert(model, [each.row for each in some])
                if (history := getattr(model, "history", None)) is not None:
                    _insert(history.model, [save for each in some for save in each.saves])
        _rename(FILES, IssuedFile)
        for entries in batched(map(_entry_row, self.origin.entries()), AT_ONCE):
            _insert(TrailEntry, list(entries))
        count, head = self.origin.head
        _insert(TrailHead, [{"id": 1, "count": count, "hash": head, "key_seal": ""}])
        self.past.copied.update(self.past.models.values())
        self.past.removals = removals_in(self.origin.entries())

    def add_names(self) -> None:
        """Add the people and other forces that rows name. No entry speaks of these rows."""
        _insert(User, [{**each, "email": f"{each['id']}@invalid", "role": ""} for each in self.origin.people])
        _insert(Force, list(self.origin.forces))

    def _load_files(self, rows: Iterable[OriginRow]) -> None:
        """Fill a table beside the office's own, from which the bytes may still be read; it is renamed afterwards."""
        columns = IssuedFile._meta.concrete_fields
        names = ", ".join(_quote(each.column) for each in columns)
        statement = f"INSERT INTO {FILES} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"
        for each in rows:
            file = _instance(IssuedFile, each.row | {"content": self.origin.content(each.key)})
            with connection.cursor() as cursor:
                cursor.execute(
                    statement,
                    [column.get_db_prep_save(column.value_from_object(file), connection) for column in columns],
                )


def removals_in(entries: Iterable[Row]) -> Removals:
    """What was taken out of the record at the other office. Its seals are of its own key, and were checked there."""
    removals = Removals()
    for each in reversed([each for each in entries if each["verb"] in REWRITING]):
        removals.add(_instance(TrailEntry, _entry_row(each)))
    return removals


def _entry_row(entry: Row) -> Row:
    renamed = {"key": "id", "by_key": "by_id", "subject_key": "subject_id"}
    return {renamed.get(name, name): value for name, value in entry.items() if name != "is_whole"}


def _hidden_models() -> Iterator[type[models.Model]]:
    """Every table of records, histories and the trail, but what was received itself: none of the office's own is read.

    Issued files are hidden last, as what was received has its bytes there.
    """
    for model in apps.get_app_config("recommendations").get_models():
        if (issubclass(model, Guarded) and model not in SHOWN) or model in (User, TrailEntry, TrailHead):
            yield model
            if (history := getattr(model, "history", None)) is not None:
                yield history.model


def _hide(model: type[models.Model]) -> None:
    _create(model, model._meta.db_table)
    with connection.cursor() as cursor:
        keys = [each.column for each in model._meta.concrete_fields if each.is_relation or each.column == "id"]
        for place, column in enumerate(keys):
            name = f"shadow_{place}_{model._meta.model_name}"[:60]
            name = f"temp.{name}" if connection.vendor == "sqlite" else name
            cursor.execute(f"CREATE INDEX {name} ON {_quote(model._meta.db_table)} ({_quote(column)})")


def _create(model: type[models.Model], name: str) -> None:
    table = _quote(model._meta.db_table)
    source = f"main.{table}" if connection.vendor == "sqlite" else table
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {_quote(name)} AS SELECT * FROM {source} WHERE 1 = 0")


def _rename(name: str, model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TEMPORARY[connection.vendor]}.{name} RENAME TO {_quote(model._meta.db_table)}")


def _quote(name: str | None) -> str:
    return connection.ops.quote_name(cast("str", name))


def _insert(model: type[models.Model], rows: list[Row]) -> None:
    # written at once: temporary tables, which hold no record
    models.QuerySet[Any](model).bulk_create([_instance(model, each) for each in rows], batch_size=AT_ONCE)


def _instance(model: type[models.Model], row: Row) -> Any:
    """An instance with these values; a column that a later version added is as in a new row."""
    columns = columns_of(model)
    values = {name: value_of(columns[name], value) for name, value in row.items() if name in columns}
    found: Any = model(**values)
    if "content" in row:
        found.content = row["content"]
    return found
