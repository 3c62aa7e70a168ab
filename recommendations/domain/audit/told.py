"""The trail's changes sorted by record, in a temporary file, so that memory does not grow with the trail.

The trail has saves in order of time; rows and histories are read record by record. SQLite does the sorting, whatever
the database, in a file that deletes itself.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from recommendations import trail
from recommendations.domain.audit.reading import UnreadableRow
from recommendations.domain.audit.removals import USER, Removals
from recommendations.trail import Digests

DIGEST = 32  # characters
AT_ONCE = 2_000  # changes buffered in memory
CACHE = 16 * 1024  # kilobytes
LARGEST = 2**63  # above SQLite's largest integer
SETTINGS = ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE", f"cache_size = -{CACHE}")
OF_ONE_MODEL = """
    SELECT pk, shape, digests, moment, by_id, by_name, reason FROM told WHERE model = ? ORDER BY pk, rowid
"""


class EntryActor(NamedTuple):
    """An entry's actor (the name as a digest) and reason: shared by all its changes."""

    by_id: int | None
    by_name: str
    reason: str


class Change(NamedTuple):
    """A change in an entry: model, row, the columns with a digest each, and the digest of the history row's moment."""

    model: str
    pk: int
    columns: tuple[str, ...]
    digests: bytes
    moment: bytes  # empty in entries up to 0.2.0, and for models without history
    told: EntryActor


class TrailedSave(NamedTuple):
    """A save according to the trail: the digests of what changed, the moment, who and why."""

    fields: Digests
    moment: str
    told: EntryActor


type TrailedRecordSaves = tuple[int, list[TrailedSave]]  # a record's id, and its saves in order


def changes_of(entry: Any, removals: Removals) -> list[Change]:
    """An entry's changes, as they read after later removals.

    Empty if the entry is unreadable, which the chain reports already.
    """
    if isinstance(entry, UnreadableRow):
        return []
    try:
        name = {"by_name": trail.digest(entry.by_name)}
        name = removals.digests_as_read(entry.sequence, USER, entry.by_id, name)
        told = EntryActor(entry.by_id, name["by_name"], entry.reason)
        return [_change(each, told, entry.sequence, removals) for each in json.loads(entry.changes)]
    except Exception:  # an invalid cell
        return []


def _change(row: dict[str, Any], actor: EntryActor, sequence: int, removals: Removals) -> Change:
    now = removals.digests_as_read(sequence, row["model"], row["id"], row["fields"])
    digests, pk = bytes.fromhex("".join(now.values())), int(row["id"])
    if 2 * len(digests) != DIGEST * len(now) or not -LARGEST <= pk < LARGEST:
        raise ValueError("no digest, or no number of a record")
    return Change(str(row["model"]), pk, tuple(now), digests, bytes.fromhex(row.get("at", "")), actor)


class TrailChanges:
    """The trail's changes to some models (by label), with the columns that count."""

    def __init__(self, columns: Mapping[str, frozenset[str]]) -> None:
        self.columns = columns
        self._models = {label: place for place, label in enumerate(columns)}
        self._shapes: dict[tuple[str, ...], int] = {}  # tuple of a change's columns → number
        self._waiting: list[tuple[Any, ...]] = []
        self._file = sqlite3.connect("", isolation_level=None)
        for setting in SETTINGS:
            self._file.execute(f"PRAGMA {setting}")
        self._file.execute("CREATE TABLE told (model, pk, shape, digests, moment, by_id, by_name, reason)")

    def close(self) -> None:
        """Close and so delete the temporary file."""
        self._file.close()

    def note(self, change: Change) -> None:
        """Add one change, if it is to one of these models.

        Skipped are rows that were only named, not saved, and saves of which no counted field is left.
        """
        counted = self.columns.get(change.model)
        if counted is None or not (change.moment or not counted.isdisjoint(change.columns)):
            return
        shape = self._shapes.setdefault(change.columns, len(self._shapes))
        place = self._models[change.model]
        self._waiting.append((place, change.pk, shape, change.digests, change.moment, *change.told))
        if len(self._waiting) >= AT_ONCE:
            self._write()

    def _write(self) -> None:
        self._file.execute("BEGIN")
        # written at once: a temporary file, in which there is no record
        self._file.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._waiting)
        self._file.execute("COMMIT")
        self._waiting.clear()

    def sort(self) -> None:
        """Sort by record: call once, after the whole trail was added."""
        self._write()
        self._file.execute("CREATE INDEX by_record ON told (model, pk)")

    def tells_of(self, models: Iterable[str]) -> bool:
        """Whether the trail has any change to these models."""
        places = [self._models[model] for model in models]
        rows = self._file.execute(f"SELECT 1 FROM told WHERE model IN ({','.join('?' * len(places))}) LIMIT 1", places)
        return rows.fetchone() is not None

    def records(self, model: str) -> Iterator[TrailedRecordSaves]:
        """Each record of a model with changes in the trail, in order of id."""
        counted = self.columns[model]
        shapes = [ChangeShape(columns, counted.issuperset(columns)) for columns in self._shapes]
        found = self._file.execute(OF_ONE_MODEL, [self._models[model]])
        for pk, rows in groupby(found, key=itemgetter(0)):
            yield pk, [_save(shapes[shape], counted, *said) for _, shape, *said in rows]


class ChangeShape(NamedTuple):
    """The columns of a change, and whether all of them count."""

    columns: tuple[str, ...]
    is_whole: bool


def _save(shape: ChangeShape, counted: frozenset[str], digests: bytes, moment: bytes, *told: Any) -> TrailedSave:
    said = digests.hex()
    each = [said[at : at + DIGEST] for at in range(0, len(said), DIGEST)]
    fields = dict(zip(shape.columns, each, strict=True))
    if not shape.is_whole:
        fields = {name: digest for name, digest in fields.items() if name in counted}
    return TrailedSave(fields, moment.hex(), EntryActor(*told))
