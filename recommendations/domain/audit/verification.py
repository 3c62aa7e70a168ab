"""Whether the register was tampered with: walk the chained trail and hold rows and histories against it.

Three things must agree: the chain itself (each entry's hash, and the hash of the one before), each row as it is with
what the trail said last of its fields, and each save in a row's history with what the trail said at the time. Fields
are compared by the names that entries give, so a migration that adds, renames or removes a field breaks nothing.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Manager, Model

from recommendations import trail
from recommendations.models import TrailEntry
from recommendations.models.base import Guarded

# SQL by hand: to read all of one moment

CHUNK = 100  # rows at a time: some hold whole files
DIGEST = 16  # bytes; all of them zero where the trail has said nothing of a field
SNAPSHOT = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "sqlite": "BEGIN DEFERRED"}


@dataclass(frozen=True)
class Verdict:
    """What is wrong, the first bad entry first, and the head as it was when the trail was walked."""

    problems: list[str]
    count: int
    head: str


def guarded_models() -> list[type[Model]]:
    """Every model whose rows only verbs write."""
    return [model for model in apps.get_app_config("recommendations").get_models() if issubclass(model, Guarded)]


def verify(head: str = "", count: int | None = None) -> list[str]:
    """What is wrong; an empty list where all is well. See `judge`."""
    return judge(head, count).problems


def judge(head: str = "", count: int | None = None) -> Verdict:
    """Walk the whole trail, then compare rows and histories with it.

    `head` and `count` are a head kept outside, as printed on a board's paper: the entry at `count` (or any entry)
    must have that hash. Without one, a cut tail or a full rewrite can't be seen.
    """
    with one_moment():
        told = {model._meta.label_lower: TrailedRows(model) for model in guarded_models()}
        chain = Chain(wanted="".join(head.split()).lower(), wanted_at=count)
        for entry in TrailEntry.objects.order_by("sequence").iterator(CHUNK):
            chain.add(entry)
            for model, pk, fields in _changes(entry):
                if model in told:
                    told[model].note(pk, fields)
        count_now, head_now = trail.head()
        problems = [*chain.problems, *chain.at_the_end(count_now, head_now)]
        for each in told.values():
            problems += each.differences()
    return Verdict(problems, count_now, head_now)


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is of one moment, and nobody who writes meanwhile has to wait."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _changes(entry: TrailEntry) -> list[tuple[str, int, dict[str, bytes]]]:
    """What an entry says was written: model, row, and a digest for each field.

    Nothing of it where the entry was made unreadable: its hash tells that already.
    """
    try:
        return [
            (change["model"], int(change["id"]), {name: bytes.fromhex(said) for name, said in change["fields"].items()})
            for change in json.loads(entry.changes)
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []


@dataclass
class Chain:
    """The chain as far as it was walked."""

    wanted: str
    wanted_at: int | None
    length: int = 0
    last: str = ""
    sequence: int = 0
    scheme: int = 0
    found: bool = False
    problems: list[str] = field(default_factory=list)

    def add(self, entry: TrailEntry) -> None:
        """Check one entry against itself and the one before."""
        if entry.sequence != self.sequence + 1:
            self.problems.append(f"Entry {self.sequence + 1} is missing: the next is {entry.sequence}.")
        elif entry.previous != self.last:
            self.problems.append(f"Entry {entry.sequence} does not follow the entry before it.")
        if wrong := self._wrong_in_itself(entry):
            self.problems.append(f"Entry {entry.sequence} ({entry.verb}, {entry.about}) {wrong}.")
        else:
            self.scheme = entry.scheme
        self.length, self.sequence, self.last = self.length + 1, entry.sequence, entry.hash
        if self.wanted and entry.hash.startswith(self.wanted) and self.wanted_at in (None, entry.sequence):
            self.found = True

    def _wrong_in_itself(self, entry: TrailEntry) -> str:
        """What is wrong with an entry's hash, "" where it is right.

        Schemes only become newer along the chain: else an entry could be forged with an old one that was broken.
        """
        if entry.scheme not in trail.SCHEMES:
            return f"names the hash scheme {entry.scheme}, which this version does not know"
        if entry.scheme < self.scheme:
            return f"has the hash scheme {entry.scheme}, which is older than that of an entry before it"
        return "" if trail.entry_hash(entry) == entry.hash else "was changed"

    def at_the_end(self, count: int, head: str) -> list[str]:
        """What is wrong with the head that is kept beside the trail, and with the one that was kept outside."""
        return [problem for problem in (self._beside(count, head), self._outside()) if problem]

    def _beside(self, count: int, head: str) -> str:
        if count > self.length:
            return f"Entry {self.length + 1} is missing: the head says {count} entries."
        if count < self.length:
            return f"Entry {count + 1} was inserted: the head says {count} entries."
        return "" if head == self.last else f"Entry {count} is not the one that the head names."

    def _outside(self) -> str:
        if not self.wanted or self.found:
            return ""
        if self.wanted_at is None:
            return f"No entry has the hash {self.wanted}."
        if self.wanted_at > self.length:
            return f"Entry {self.length + 1} is missing: there were {self.wanted_at} entries."
        return f"Entry {self.wanted_at} does not have the hash {self.wanted}."


class TrailedRows:
    """What the trail says of the rows of one model: the last digest of each field, and a mark for each save.

    Kept as bytes, so that a hundred thousand rows fit in memory.
    """

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.places = {each.attname: place for place, each in enumerate(trail.trailed(model))}
        self.rows: dict[int, bytearray] = {}
        self.saves: dict[int, list[tuple[int, bytes]]] = {}

    def note(self, pk: int, fields: dict[str, bytes]) -> None:
        """Take down what one entry says of one row."""
        row = self.rows.setdefault(pk, bytearray(DIGEST * len(self.places)))
        for name, digest in fields.items():
            if name in self.places:
                _put(row, self.places[name], digest)
        known = sum(1 << place for place in self.places.values() if any(_at(row, place)))
        self.saves.setdefault(pk, []).append((known, _mark(row, known)))

    def differences(self) -> Iterator[str]:
        """What the rows, and then their histories, say otherwise than the trail."""
        yield from self._rows_that_differ()
        if (history := getattr(self.model, "history", None)) is not None:
            yield from self._histories_that_differ(history)

    def _rows_that_differ(self) -> Iterator[str]:
        seen = set()
        for record in self.model._base_manager.order_by("pk").iterator(CHUNK):
            seen.add(record.pk)
            if record.pk not in self.rows:
                yield f"{self._named(record.pk)} is in no entry: it was inserted."
            elif wrong := self._changed(self.rows[record.pk], self._as_it_is(record)):
                yield f"{self._named(record.pk)} was changed: {', '.join(wrong)}."
        for pk in sorted(set(self.rows) - seen):
            yield f"{self._named(pk)} was deleted."

    def _changed(self, told: bytearray, now: bytearray) -> list[str]:
        return [name for name, at in self.places.items() if any(_at(told, at)) and _at(told, at) != _at(now, at)]

    def _histories_that_differ(self, history: Manager[Any]) -> Iterator[str]:
        seen = set()
        rows = history.order_by("id", "history_id").iterator(CHUNK)
        for pk, saves in groupby(rows, key=lambda row: row.id):
            seen.add(pk)
            problem = self._untold(saves, self.saves.get(pk, []))
            if problem:
                yield f"{self._named(pk)}: {problem}."
        for pk in sorted(set(self.saves) - seen):
            yield f"{self._named(pk)}: its history was deleted."

    def _untold(self, saves: Iterable[Model], told: list[tuple[int, bytes]]) -> str:
        """Each save of a row is one that the trail tells, in its order; saves that changed nothing aside."""
        place = 0
        for number, save in enumerate(saves, start=1):
            now = self._as_it_is(save)
            if place < len(told) and _is(now, told[place]):
                place += 1
            elif place == 0 or not _is(now, told[place - 1]):
                return f"save {number} of its history is not what the trail says"
        return "" if place == len(told) else f"save {place + 1} is missing from its history"

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


def _is(row: bytearray, save: tuple[int, bytes]) -> bool:
    known, mark = save
    return _mark(row, known) == mark
