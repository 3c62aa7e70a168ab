"""The rows of one model and their histories, held against what the trail says of them."""

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Manager, Model

from recommendations import trail
from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.domain.audit.removals import USER, Removals
from recommendations.models import TrailEntry

DIGEST = 16  # bytes; all of them zero where the trail has said nothing of a field


class ToldBy(NamedTuple):
    """Who an entry says it was (the name as a digest), and why: one value for all its changes."""

    by_id: int | None
    by_name: str
    reason: str


class Change(NamedTuple):
    """What an entry says was written: model, row, a digest for each field, and one of the history row's moment."""

    model: str
    pk: int
    fields: dict[str, bytes]
    moment: bytes  # empty in entries of 0.2.0 and before, and of what has no history
    told: ToldBy


class ToldSave(NamedTuple):
    """A save as the trail tells it: which fields are known, one mark for all of them, who, when, why and + or ~."""

    known: int
    mark: bytes
    entry: ToldBy
    moment: bytes
    kind: str


def changes_of(entry: TrailEntry | UnreadableRow, removals: Removals) -> list[Change]:
    """What an entry says was written, as it reads after what was taken out since.

    Nothing where it was made unreadable: the chain tells that already.
    """
    if isinstance(entry, UnreadableRow):
        return []
    try:
        name = {"by_name": trail.digest(entry.by_name)}
        name = removals.as_it_reads(entry.sequence, USER, entry.by_id, name)
        told = ToldBy(entry.by_id, name["by_name"], entry.reason)
        return [_change(each, told, entry.sequence, removals) for each in json.loads(entry.changes)]
    except Exception:  # whatever stands in the cell
        return []


def _change(said: dict[str, Any], told: ToldBy, sequence: int, removals: Removals) -> Change:
    now = removals.as_it_reads(sequence, said["model"], said["id"], said["fields"])
    fields = {name: bytes.fromhex(digest) for name, digest in now.items()}
    return Change(str(said["model"]), int(said["id"]), fields, bytes.fromhex(said.get("at", "")), told)


class TrailedRows:
    """What the trail says of the rows of one model: the last digest of each field, and a mark for each save.

    Kept as bytes, so that a hundred thousand rows fit in memory.
    """

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.places = {each.attname: place for place, each in enumerate(trail.trailed(model))}
        self.rows: dict[int, bytearray] = {}
        self.saves: dict[int, list[ToldSave]] = {}

    def note(self, change: Change) -> None:
        """Take down what one entry says of one row.

        A row that it names and no more was not saved, and of a save whose fields are all gone nothing is left to hold.
        """
        if not change.moment and change.fields.keys().isdisjoint(self.places):
            return
        row = self.rows.setdefault(change.pk, bytearray(DIGEST * len(self.places)))
        for name, digest in change.fields.items():
            if name in self.places:
                _put(row, self.places[name], digest)
        known = sum(1 << place for place in self.places.values() if any(_at(row, place)))
        adds = self.model._meta.pk.attname in change.fields
        told = ToldSave(known, _mark(row, known), change.told, change.moment, "+" if adds else "~")
        self.saves.setdefault(change.pk, []).append(told)

    def differences(self) -> Iterator[str]:
        """What the rows, and then their histories, say otherwise than the trail."""
        yield from self._rows_that_differ()
        if (history := getattr(self.model, "history", None)) is not None:
            yield from self._histories_that_differ(history)

    def _rows_that_differ(self) -> Iterator[str]:
        seen = set()
        for record in rows_of(self.model._base_manager.order_by("pk")):
            seen.add(record.pk)
            if record.pk not in self.rows:
                yield f"{self._named(record.pk)} is in no entry: it was inserted."
            elif isinstance(record, UnreadableRow):
                yield f"{self._named(record.pk)} was changed: {', '.join(record.columns)}."
            elif wrong := self._changed(self.rows[record.pk], self._as_it_is(record)):
                yield f"{self._named(record.pk)} was changed: {', '.join(wrong)}."
        for pk in sorted(set(self.rows) - seen):
            yield f"{self._named(pk)} was deleted."

    def _changed(self, told: bytearray, now: bytearray) -> list[str]:
        return [name for name, at in self.places.items() if any(_at(told, at)) and _at(told, at) != _at(now, at)]

    def _histories_that_differ(self, history: Manager[Any]) -> Iterator[str]:
        seen = set()
        rows = rows_of(history.order_by("id", "history_id"))
        for pk, saves in groupby(rows, key=_row_of):
            seen.add(pk)
            problem = self._untold(saves, self.saves.get(pk, []))
            if problem:
                yield f"{self._named(pk)}: {problem}."
        for pk in sorted(set(self.saves) - seen):
            yield f"{self._named(pk)}: its history was deleted."

    def _untold(self, saves: Iterable[Model | UnreadableRow], told: list[ToldSave]) -> str:
        """Each save of a row is one that the trail tells, in its order; saves that changed nothing aside.

        The trail tells those too since it tells the moment of a save.
        """
        place, wrong = 0, ""
        for number, save in enumerate(saves, start=1):
            if isinstance(save, UnreadableRow):
                return f"save {number} of its history cannot be read: {', '.join(save.columns)}"
            now = self._as_it_is(save)
            if place < len(told) and _is(now, told[place]):
                wrong = wrong or _otherwise(save, told[place], number)
                place += 1
            elif place == 0 or told[place - 1].moment or not _is(now, told[place - 1]):
                return f"save {number} of its history is not what the trail says"
        return f"save {place + 1} is missing from its history" if place < len(told) else wrong

    def _as_it_is(self, record: Model) -> bytearray:
        row = bytearray(DIGEST * len(self.places))
        for name, place in self.places.items():
            _put(row, place, bytes.fromhex(trail.digest(getattr(record, name))))
        return row

    def _named(self, pk: int) -> str:
        return f"The {self.model._meta.verbose_name} {pk}"


def _put(row: bytearray, place: int, digest: bytes) -> None:
    row[place * DIGEST : (place + 1) * DIGEST] = digest[:DIGEST].ljust(DIGEST, b"\0")


def _at(row: bytearray, place: int) -> bytearray:
    return row[place * DIGEST : (place + 1) * DIGEST]


def _mark(row: bytearray, known: int) -> bytes:
    """One short digest for the fields of a row that are known (bit by bit)."""
    places = range(len(row) // DIGEST)
    return blake2b(b"".join(_at(row, place) for place in places if known >> place & 1), digest_size=DIGEST).digest()


def _is(row: bytearray, save: ToldSave) -> bool:
    return _mark(row, save.known) == save.mark


def _row_of(save: Any) -> Any:
    """Which row a save of a history is of; one that cannot be read may still say that."""
    return save.record if isinstance(save, UnreadableRow) else save.id


def _otherwise(save: Any, told: ToldSave, number: int) -> str:
    """What a save says otherwise than the trail of who made it, when, why and whether the row was new."""
    said = {
        "who": (save.history_user_id, trail.digest(save.history_actor)) == (told.entry.by_id, told.entry.by_name),
        "why": save.history_change_reason == (told.entry.reason or None),
        "when": not told.moment or bytes.fromhex(trail.digest(save.history_date)) == told.moment,
        "what kind": save.history_type == told.kind,
    }
    wrong = [name for name, is_right in said.items() if not is_right]
    return f"save {number} of its history says otherwise {', '.join(wrong)}" if wrong else ""
