"""Read undated facts as they were at an earlier audit trail entry: names, texts, leads, deadlines, labels, rules.

Dated rows can be read for any day and moment directly. Undated facts are overwritten, but their history has the old
values. So the tables that changed since are copied to temporary tables of the same name, which this connection then
reads instead, and each later change is undone in the copies, newest first. The register itself is not written.

Every model with a history is undone, but those in NOT_UNDONE. What figures are compiled from must be such a model, and
no statement may name the schema of its tables (docs/adr/0038-filed-papers-are-compiled-again-from-the-past.md).
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from recommendations import trail
from recommendations.domain.audit.removals import Removals
from recommendations.models import RedactedFiling, ScrutinyReport, TrailEntry, User
from recommendations.models.base import DatedRow, Record

type Tracked = type[Record] | type[User]  # the models that have a history

# SQL by hand: to read all of one moment, an earlier one

NOT_UNDONE: Mapping[Tracked, str] = {
    ScrutinyReport: "the papers to check, with the figures that they were filed with",
    RedactedFiling: "what was redacted since differs from what was filed, and is no problem",
}
CHUNK = 100  # entries at a time
BATCH = 400  # rows at a time
# Not read-only, which would refuse temporary tables too.
SNAPSHOT = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ", "sqlite": "BEGIN DEFERRED"}
TEMPORARY = {"postgresql": "pg_temp", "sqlite": "temp"}


def undone_models() -> list[Tracked]:
    """Return the models whose rows can be read as they were: all that have a history, but those in NOT_UNDONE."""
    models: list[Any] = [*apps.get_app_config("recommendations").get_models()]
    return [model for model in models if hasattr(model, "history") and model not in NOT_UNDONE]


@contextmanager
def at_trail_entry() -> Iterator["PastSnapshot"]:
    """Read everything inside this context as of one trail entry, as far back as asked. It leaves nothing behind."""
    with _nothing_prepared():
        if connection.in_atomic_block:
            with transaction.atomic():
                yield PastSnapshot()
                transaction.set_rollback(True)
            return
        with connection.cursor() as cursor:
            cursor.execute(SNAPSHOT[connection.vendor])
        try:
            yield PastSnapshot()
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")


@contextmanager
def _nothing_prepared() -> Iterator[None]:
    """Let psycopg prepare nothing, nor run what it has prepared: that would read the real table, not its copy.

    SQLite looks up a statement's tables again whenever one was made.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    session = connection.connection
    threshold, session.prepare_threshold = session.prepare_threshold, None
    try:
        yield
    finally:
        session.prepare_threshold = threshold


class PastSnapshot:
    """This connection's register as of a trail entry. It only goes back."""

    def __init__(self) -> None:
        self.models: dict[str, Tracked] = {model._meta.label_lower: model for model in undone_models()}
        # An entry can name a column that a later version removed.
        self.columns = {
            model: {each.attname: each for each in trail.trailed_fields(model)} for model in self.models.values()
        }
        self.copied: set[Tracked] = set()
        self.at: int | None = None  # the last entry still in effect, or None before anything is undone
        self.saves: dict[tuple[Tracked, int], int] = {}  # (model, row) → the history row in effect now
        self.removals = Removals.read()

    def go_back_to(self, count: int, known_at: datetime) -> None:
        """Undo what the trail records after entry number `count`. Must be called in trail order, newest first.

        Dated rows recorded after `known_at` stay: whoever reads them leaves them out by that moment.
        """
        while later := self._entries_after(count):
            for entry in later:
                self._undo_entry(entry, known_at)
            self.at = later[-1].sequence - 1

    def _entries_after(self, count: int) -> list[TrailEntry]:
        entries = TrailEntry.objects.filter(sequence__gt=count)
        if self.at is not None:
            entries = entries.filter(sequence__lte=self.at)
        return list(entries.only("sequence", "at", "changes").order_by("-sequence")[:CHUNK])

    def _undo_entry(self, entry: TrailEntry, known_at: datetime) -> None:
        added: defaultdict[Tracked, list[int]] = defaultdict(list)
        changed: defaultdict[Tracked, dict[int, dict[str, str]]] = defaultdict(dict)
        for change in json.loads(entry.changes):
            model = self.models.get(change["model"])
            if model is None or (issubclass(model, DatedRow) and entry.at > known_at):
                continue
            fields = self.removals.digests_as_read(entry.sequence, change["model"], change["id"], change["fields"])
            if model._meta.pk.attname in fields:
                added[model].append(change["id"])
            elif digests := {name: digest for name, digest in fields.items() if name in self.columns[model]}:
                changed[model][change["id"]] = digests
        for touched, rows in changed.items():
            self._restore_rows(touched, rows)
        for touched, pks in added.items():
            self._delete_rows(touched, pks)

    def _restore_rows(self, model: Tracked, digests: dict[int, dict[str, str]]) -> None:
        """Restore these fields of each row to their values before the entry, using the row's history."""
        self._copy_table(model)
        columns = self.columns[model]
        with connection.cursor() as cursor:
            for pk, before in self._saves_before(model, digests, columns):
                values = {columns[name]: before[name] for name in digests[pk]}
                cursor.execute(
                    f"UPDATE {_copy_name(model)} "
                    f"SET {', '.join(f'{_quote_name(each.column)} = %s' for each in values)} "
                    f"WHERE {_quote_name(model._meta.pk.column)} = %s",
                    [*(each.get_db_prep_save(value, connection) for each, value in values.items()), pk],
                )

    def _saves_before(
        self, model: Tracked, digests: dict[int, dict[str, str]], columns: Collection[str]
    ) -> Iterator[tuple[int, dict]]:
        """Yield each row's history row from before the entry: the newest that does not match the entry's digests."""
        pks = sorted(digests)
        for start in range(0, len(pks), BATCH):
            saves = defaultdict(list)
            history = model.history.filter(id__in=pks[start : start + BATCH]).order_by("-history_id")
            for save in history.values("history_id", *columns):
                saves[save["id"]].append(save)
            for pk, rows in saves.items():
                last = self.saves.get((model, pk))
                earlier = (row for row in rows if last is None or row["history_id"] <= last)
                before = next((row for row in earlier if not _matches(row, digests[pk])), None)
                if before:
                    self.saves[model, pk] = before["history_id"]
                    yield pk, before

    def _delete_rows(self, model: Tracked, pks: list[int]) -> None:
        self._copy_table(model)
        with connection.cursor() as cursor:
            for start in range(0, len(pks), BATCH):
                some = pks[start : start + BATCH]
                places = ", ".join(["%s"] * len(some))
                key = _quote_name(model._meta.pk.column)
                cursor.execute(f"DELETE FROM {_copy_name(model)} WHERE {key} IN ({places})", some)

    def _copy_table(self, model: Tracked) -> None:
        """Create the temporary table that this connection reads from now on, with the indexes that look-ups need."""
        if model in self.copied:
            return
        self.copied.add(model)
        table = _quote_name(model._meta.db_table)
        source = f"main.{table}" if connection.vendor == "sqlite" else table
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM {source}")
            for place, each in enumerate(model._meta.concrete_fields):
                if each.primary_key or each.is_relation:
                    name = f"past_{len(self.copied)}_{place}"
                    name = f"temp.{name}" if connection.vendor == "sqlite" else name
                    cursor.execute(f"CREATE INDEX {name} ON {table} ({_quote_name(each.column)})")
            if connection.vendor == "postgresql":
                cursor.execute(f"ANALYZE {table}")


def _matches(save: dict, digests: dict[str, str]) -> bool:
    return all(trail.digest(save[name]) == digest for name, digest in digests.items() if name in save)


def _copy_name(model: Tracked) -> str:
    """Return the copy's qualified name, so that nothing else can be written."""
    return f"{TEMPORARY[connection.vendor]}.{_quote_name(model._meta.db_table)}"


def _quote_name(name: str | None) -> str:
    assert name is not None  # the stubs allow fields without a column, which concrete fields never are
    return connection.ops.quote_name(name)
