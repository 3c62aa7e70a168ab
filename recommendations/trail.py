"""The hash-chained trail: one entry for each verb, written in the verb's own transaction.

A verb (a function in domain/) works inside `with verb(...) as act:` and saves each object with `act.save(obj)`. When
the block ends, one TrailEntry records who, when, what, why and the digests of the changed fields of each row, and
includes the hash of the entry before it. Outside such a block no record can be saved at all: see models/base.py.

This module imports no models. The trail's own models register themselves (`use_models`), and so does anything derived
that must be updated when a verb ends (`follow`).
"""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from django.db import models, transaction
from django.http import HttpRequest

from recommendations.digests import canonical, digest
from recommendations.telemetry import timed_lock

if TYPE_CHECKING:
    from django.contrib.auth.models import _User as Person  # the model named by AUTH_USER_MODEL

type Digests = dict[str, str]  # of a row's fields, by column name
type Change = tuple[models.Model, Digests, datetime.datetime | None]  # and the moment of its history row

COMMAND_LINE = "the command line"
BATCH = 400  # rows written by one statement
PIECE = 1024 * 1024  # characters hashed at once; a text below this is small

_acting: ContextVar["VerbContext | None"] = ContextVar("acting", default=None)
_models: dict[str, Any] = {}  # the two models of the trail, which this module can't import
_followers: list[Callable[[], "Follower"]] = []


class WriteOutsideVerb(RuntimeError):
    """Raised if a record is saved, updated or deleted outside a verb, because then the trail would miss it."""


class Entry(Protocol):
    """One entry of the trail: a row of the model registered with `use_models`."""

    scheme: int
    sequence: int
    at: datetime.datetime
    by_id: int | None
    by_name: str
    verb: str
    subject_model: str
    subject_id: int | None
    about: str
    reason: str
    changes: str
    previous: str
    hash: str

    def save(self, *, force_insert: bool = False) -> None: ...


class Follower(Protocol):
    """Data derived from records: notified of each row that a verb saves, and updated when the verb ends."""

    def note(self, row: models.Model, changed: Iterable[str]) -> None:
        """A row was saved. `changed` names the changed columns: all of them for a new row."""

    def finish(self) -> None:
        """The verb is over and its entry written. The chain's head is locked, so no other verb can end meanwhile."""


@runtime_checkable
class SettlingFollower(Follower, Protocol):
    """One that can do most of its work before the chain's head is locked."""

    def settle(self) -> None:
        """Update what follows from the rows noted so far. The verb has locked all that this depends on."""


def use_models(*, entry: type[models.Model], head: type[models.Model]) -> None:
    """Register the models of the trail: `entry` for its entries, `head` for the one row with the chain's head."""
    _models.update(entry=entry, head=head)


def follow(make: Callable[[], Follower]) -> Callable[[], Follower]:
    """Register a factory: from now on each verb has `make()` as a follower. Returns `make`; works as a decorator."""
    _followers.append(make)
    return make


@dataclass
class VerbContext:
    """A running verb: who acts, when and why, and what has been saved so far.

    `changes` is one text, canonical JSON with commas between: an import's changes are tens of megabytes.
    """

    verb: str
    by: "Person | None"
    at: datetime.datetime
    reason: str = ""
    subject: models.Model | None = None
    by_name: str = ""  # the actor's name, if neither a user nor the command line
    changes: bytearray = field(default_factory=bytearray)
    touched: dict[tuple[str, Any], None] = field(default_factory=dict)  # rows to be named in the entry though unchanged
    followers: list[Follower] = field(default_factory=lambda: [make() for make in _followers])
    history_moment: datetime.datetime | None = None  # of the history row written last

    def save[Row: models.Model](self, obj: Row) -> Row:
        """Save one object with its history row, and record the changed fields for the trail. Returns `obj`."""
        before = None if obj._state.adding else digests(type(obj)._base_manager.get(pk=obj.pk))
        self._sign([obj])
        self.history_moment = None
        # no record: here each record is saved, with its history and its change
        obj.save()
        after = digests(obj)
        changed = after if before is None else _differences(before, after)
        if changed or before is None or self.history_moment:
            self._tell([(obj, changed, self.history_moment)])
        return obj

    def _sign(self, rows: Iterable[models.Model]) -> None:
        """Set the user and reason where simple-history reads them: an earlier save may have left its own there."""
        for row in rows:
            row._history_user = self.by  # type: ignore[attr-defined]
            row._change_reason = self.reason or None  # type: ignore[attr-defined]

    def add_all[Row: models.Model](self, rows: list[Row]) -> list[Row]:
        """Insert many rows of one model in bulk, each with its history row and its change, as `save` does."""
        if not rows:
            return rows
        model = type(rows[0])
        # written at once: new rows, each with its history and its change
        models.QuerySet[Row](model).bulk_create(rows, batch_size=BATCH)
        moments = self._remember(rows, update=False)
        self._tell((row, digests(row), moment) for row, moment in zip(rows, moments, strict=True))
        return rows

    def save_all[Row: models.Model](self, rows: list[Row]) -> list[Row]:
        """Update many rows of one model in bulk: changed fields, history rows and changes, as `save` does.

        Unchanged rows are not written. The caller holds the locks.
        """
        if not rows:
            return rows
        model = type(rows[0])
        before = models.QuerySet[Row](model).in_bulk([row.pk for row in rows])
        after = [(row, _differences(digests(before[row.pk]), digests(row))) for row in rows]
        changed = [(row, fields) for row, fields in after if fields]
        if to_write := [
            row for row, fields in after if fields or _untrailed_values(row) != _untrailed_values(before[row.pk])
        ]:
            _write(to_write, before)
        if changed:
            moments = self._remember([row for row, _ in changed], update=True)
            self._tell((*change, moment) for change, moment in zip(changed, moments, strict=True))
        return rows

    def touch(self, rows: Iterable[models.Model]) -> None:
        """Name rows in the entry even if none of their own fields changes, because the verb is about them."""
        self.touched |= {(row._meta.label_lower, row.pk): None for row in rows}

    def _tell(self, changes: Iterable[Change]) -> None:
        for row, fields, moment in changes:
            self._add(row._meta.label_lower, row.pk, fields, moment)
            self.touched.pop((row._meta.label_lower, row.pk), None)
            for follower in self.followers:
                follower.note(row, fields)

    def _add(self, model: str, pk: Any, fields: Digests, moment: datetime.datetime | None = None) -> None:
        self._append({"model": model, "id": pk, "fields": fields} | ({"at": digest(moment)} if moment else {}))

    def _append(self, change: dict[str, Any]) -> None:
        self.changes += b"," if self.changes else b"["
        self.changes += canonical(change).encode()

    def say(self, row: models.Model, **said: object) -> None:
        """Add a fact about a row that is no change of its fields: what was redacted, or how an entry now reads."""
        self._append({"model": row._meta.label_lower, "id": row.pk, "fields": {}} | said)

    def settle(self) -> None:
        """Let what follows from all that was saved so far be updated now, before the chain's head is locked.

        For a verb that saves so much that everybody would wait for it, and has locked all that this depends on.
        """
        for follower in self.followers:
            if isinstance(follower, SettlingFollower):
                follower.settle()

    def take_changes(self) -> str:
        """Return the changes as one canonical list and forget them, so that memory does not hold them twice."""
        for model, pk in self.touched:
            self._add(model, pk, {})
        self.changes += b"]" if self.changes else b"[]"
        said = self.changes.decode()
        self.changes = bytearray()
        return said

    def _remember(self, rows: Sequence[models.Model], *, update: bool) -> list[datetime.datetime | None]:
        """Write the history rows; return the moment of each, or None for each if the model has no history."""
        history = getattr(type(rows[0]), "history", None)
        if history is None:
            return [None] * len(rows)
        self._sign(rows)
        saves = history.bulk_history_create(rows, batch_size=BATCH, update=update, default_change_reason=None)
        return [save.history_date for save in saves]


def _differences(before: Digests, after: Digests) -> Digests:
    return {name: digest for name, digest in after.items() if before.get(name) != digest}


def _untrailed_values(row: models.Model) -> list[object]:
    """The fields left out of the trail because they follow from others. They are written all the same."""
    return [getattr(row, name) for name in getattr(row, "UNTRAILED", ())]


def _write[Row: models.Model](rows: list[Row], before: dict[Any, Row]) -> None:
    """Write the fields that changed in any of the rows, including those left out of the trail.

    If all rows get the same values, this is one plain UPDATE: one with a CASE for each row takes many times as long.
    """
    model = type(rows[0])
    values = {
        each: [getattr(row, each.attname) for row in rows]
        for each in model._meta.concrete_fields
        if any(getattr(row, each.attname) != getattr(before[row.pk], each.attname) for row in rows)
    }
    if any(value != said[0] for said in values.values() for value in said):
        # written at once: changed rows, each with its history and its change
        models.QuerySet[Row](model).bulk_update(rows, [each.name for each in values], batch_size=BATCH)
        return
    alike = {each.attname: said[0] for each, said in values.items()}
    for start in range(0, len(rows), BATCH):
        some = [row.pk for row in rows[start : start + BATCH]]
        # written at once: the same, where all of them get the same value
        models.QuerySet[Row](model).filter(pk__in=some).update(**alike)


def acting() -> VerbContext | None:
    """The running verb, or None."""
    return _acting.get()


def actor_name() -> str:
    """The actor's name, which a history row keeps as it was on the day."""
    act = acting()
    if act is None:
        return COMMAND_LINE
    return act.by_name or (str(act.by) if act.by else COMMAND_LINE)


def actor(request: HttpRequest | None = None, **kwargs: object) -> "Person | None":
    """Who is acting, for simple-history's user column."""
    act = acting()
    return act.by if act else None


@contextmanager
def verb(
    name: str,
    *,
    by: "Person | None",
    at: datetime.datetime,
    reason: str = "",
    subject: models.Model | None = None,
) -> Iterator[VerbContext]:
    """Run one verb in a transaction: its writes, and last its trail entry.

    `by` is a User, or None for the command line. `at` is an aware UTC moment. `subject` is the record that the verb is
    about; a verb that creates its subject sets `act.subject` before it ends.

    Verbs do not nest, as each has one entry: raises RuntimeError inside another verb, ValueError for a naive `at`.
    """
    if (running := acting()) is not None:
        raise RuntimeError(f"the verb {name} was called inside the verb {running.verb}")
    if at.utcoffset() is None:
        raise ValueError("a verb's moment must know its time zone")
    with transaction.atomic():
        act = VerbContext(name, by, at, reason, subject)
        token = _acting.set(act)
        try:
            yield act
            changes, why, of, name = act.take_changes(), act.reason, act.subject, act.by_name
            record(by=act.by, at=act.at, verb=act.verb, reason=why, changes=changes, subject=of, by_name=name)
            for follower in act.followers:
                follower.finish()
        finally:
            _acting.reset(token)


def record(
    *,
    by: "Person | None",
    at: datetime.datetime,
    verb: str,
    reason: str = "",
    changes: str = "[]",
    subject: models.Model | None = None,
    about: str = "",
    by_name: str = "",
) -> Entry:
    """Add one entry to the chain and return it. Locks the chain's head until the transaction ends.

    `changes` is a canonical list; `subject` is a record, or None with `about` in words (such as a refused address).
    """
    with transaction.atomic(savepoint=acting() is None):
        head, tell = timed_lock(_lock_head)
        entry: Entry = _models["entry"](
            scheme=SCHEME,
            sequence=head.count + 1,
            at=at,
            by=by,
            by_name=by_name or (str(by) if by else COMMAND_LINE),
            verb=verb,
            subject_model=subject._meta.label_lower if subject is not None else "",
            subject_id=subject.pk if subject is not None else None,
            about=about or (str(subject) if subject is not None else ""),
            reason=reason,
            changes=changes,
            previous=head.hash,
        )
        entry.hash = entry_hash(entry)
        # no record: the chain itself
        entry.save(force_insert=True)
        head.count, head.hash = entry.sequence, entry.hash
        # no record: the head of the chain
        head.save()
        tell("entry", verb=verb, entry=entry.sequence, of=entry.subject_model, pk=entry.subject_id, user=entry.by_id)
    return entry


def _lock_head() -> Any:
    """The chain's head, locked until the transaction ends. Created for the first entry."""
    heads = _models["head"].objects.select_for_update().filter(pk=1)
    if (found := heads.first()) is None:
        # written at once: the head of the chain, in the entry's own transaction
        _models["head"].objects.get_or_create(pk=1)
        found = heads.get()
    return found


def head() -> tuple[int, str]:
    """The chain's head: the number of entries and the hash of the last one, as a board paper prints it."""
    row = _models["head"].objects.filter(pk=1).first()
    return (row.count, row.hash) if row else (0, "")


def entry_hash(entry: Entry) -> str:
    """The hash of an entry under its own scheme. Raises KeyError if the scheme is not in SCHEMES."""
    return SCHEMES[entry.scheme](entry)


def _sha256_of_list(entry: Entry) -> str:
    """SHA-256 over every field of an entry as one canonical list, including the hash of the entry before it.

    An import's changes are tens of megabytes, so they are hashed piece by piece.
    """
    said = [
        entry.sequence,
        entry.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        entry.by_id,
        entry.by_name,
        entry.verb,
        entry.subject_model,
        entry.subject_id,
        entry.about,
        entry.reason,
    ]
    hashed = hashlib.sha256(f"[{','.join(map(canonical, said))}".encode())
    for text in (entry.changes, entry.previous):
        hashed.update(b',"')
        for start in range(0, len(text), PIECE):
            hashed.update(canonical(text[start : start + PIECE])[1:-1].encode())
        hashed.update(b'"')
    hashed.update(b"]")
    return hashed.hexdigest()


# How an entry's hash is made, by the scheme number in its row. Never change a scheme: its entries must still verify.
# A new scheme gets the next number, which it hashes too; then SCHEME is set to it (ADR 2).
SCHEMES: dict[int, Callable[[Entry], str]] = {1: _sha256_of_list}
SCHEME = 1  # of new entries


def digests(obj: models.Model) -> Digests:
    """The digest of each trailed field of a record, by column name."""
    return {each.attname: digest(each.value_from_object(obj)) for each in trailed_fields(type(obj))}


@cache
def trailed_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The fields of a model that the trail records: all except the version and what the model lists in UNTRAILED."""
    left_out = ("version", *getattr(model, "UNTRAILED", ()))
    return [each for each in model._meta.concrete_fields if each.attname not in left_out]
