"""The trail and the histories of what was written in bulk: a true chain, of which verify_audit says that all is well.

What verbs would have written one by one, in the order in which it was recorded, a thousand entries at a time.
"""

import datetime
import heapq
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import models

from recommendations import trail
from recommendations.domain.audit.verification import guarded_models
from recommendations.enums import ClosureState
from recommendations.models import (
    Assurance,
    Closure,
    ForceUpdate,
    Inspection,
    InspectionForce,
    InspectorateStatus,
    Recommendation,
    TargetDate,
    TrackedRecommendation,
    TrailEntry,
    TrailHead,
    User,
)
from recommendations.models.people.seals import seal_new_account
from tests.bench.data import moment, write

AT_ONCE = 1_000
VERBS = {
    ForceUpdate: "log_force_update",
    Assurance: "record_assurance",
    InspectorateStatus: "record_inspectorate_status",
    TargetDate: "set_target",
    TrackedRecommendation: "track",
}
DECIDED = {"decided_on": None, "decided_at": None, "decided_by": None, "closed_on": None}
REOPENED = {"reopened_on": None, "reopened_at": None, "reopened_why": ""}


class Save(NamedTuple):
    """One save: when, by which verb, the row as it was then, as it was before (None for a new one), new rows beside."""

    at: datetime.datetime
    verb: str
    row: models.Model
    before: models.Model | None = None
    beside: tuple[models.Model, ...] = ()


@dataclass
class ChainWriter:
    """Adds entries and history rows to an empty trail. Call `flush` before anybody reads them."""

    by: User
    count: int = 0
    head: str = ""
    pending: dict[type, list] = field(default_factory=dict)

    def add(self, saves: Iterable[Save]) -> None:
        """Write an entry and a history row for each save, in their order."""
        for save in saves:
            self._tell(save)
            if len(self.pending[TrailEntry]) >= AT_ONCE:
                self.flush()

    def flush(self) -> None:
        """Write what waits, and the head."""
        for rows in self.pending.values():
            write(rows)
        self.pending.clear()
        TrailHead.objects.update_or_create(pk=1, defaults={"count": self.count, "hash": self.head})

    def _tell(self, save: Save) -> None:
        said = [self._said(save.row, save), *(self._said(row, Save(save.at, save.verb, row)) for row in save.beside)]
        self._wait(self._entry(save, trail.canonical(said)))

    def _said(self, row: models.Model, save: Save) -> dict:
        """What the entry says of one row, whose history row is written beside it."""
        fields = trail.digests(row)
        if save.before is not None:
            before = trail.digests(save.before)
            fields = {name: digest for name, digest in fields.items() if before[name] != digest}
        said = {"model": row._meta.label_lower, "id": row.pk, "fields": fields}
        if not hasattr(type(row), "history"):
            return said
        self._wait(self._history_row(save))
        return said | {"at": trail.digest(save.at)}

    def _history_row(self, save: Save) -> models.Model:
        history = type(save.row).history.model
        said = {each.attname: getattr(save.row, each.attname) for each in history.tracked_fields}
        kind = "+" if save.before is None else "~"
        return history(
            **said, history_date=save.at, history_type=kind, history_user=self.by, history_actor=str(self.by)
        )

    def _entry(self, save: Save, changes: str) -> TrailEntry:
        self.count += 1
        subject = save.row.tracked if hasattr(save.row, "tracked_id") else save.row
        entry = TrailEntry(
            sequence=self.count, at=save.at, by=self.by, by_name=str(self.by), verb=save.verb, changes=changes,
            subject_model=subject._meta.label_lower, subject_id=subject.pk, about=str(subject)[:400],
            previous=self.head, scheme=trail.SCHEME,
        )  # fmt: skip
        entry.hash = self.head = trail.entry_hash(entry)
        return entry

    def _wait(self, row: models.Model) -> None:
        self.pending.setdefault(type(row), []).append(row)


def seal_accounts() -> None:
    """What an account has been sealed with since it was made."""
    for person in User._base_manager.all():
        seal_new_account(person)


def saves_of_all(at: datetime.datetime) -> Iterator[Save]:
    """A save for each row that only verbs write, in the order of their moments; `at` is that of what has none."""
    dated = {Inspection, InspectionForce, Recommendation, Closure, *VERBS}
    for model in guarded_models():
        if model not in dated:
            yield from (Save(at, "keep_record", row) for row in _rows(model))
    yield from heapq.merge(*_in_order(), key=lambda save: save.at)


def _in_order() -> Iterator[Iterator[Save]]:
    """The saves of each dated model by itself; a report comes before what it asks, and that before its lines."""
    report = "inspection__published_on"
    yield _each(Inspection, "record_inspection", "published_on", lambda row: moment(row.published_on))
    for model in (InspectionForce, Recommendation):
        yield _each(model, "record_inspection", report, lambda row: moment(row.inspection.published_on), "inspection")
    for model, verb in VERBS.items():
        beside = ["recommendation"] if model is TrackedRecommendation else ["tracked"]
        yield _each(model, verb, "recorded_at", lambda row: row.recorded_at, *beside)
    yield from _closures()


def _rows(model: type[models.Model], *order: str, beside: Iterable[str] = ()) -> Iterator[models.Model]:
    rows = model._base_manager.order_by(*order, "pk")
    return (rows.select_related(*beside) if beside else rows).iterator(AT_ONCE)


def _each(model: type, verb: str, order: str, at: Callable, *beside: str) -> Iterator[Save]:
    return (Save(at(row), verb, row) for row in _rows(model, order, beside=beside))


def _closures() -> Iterator[Iterator[Save]]:
    """Asked for, decided, reopened: three saves of one row at most, those of each kind in their order."""
    rows = lambda order: _rows(Closure, order, beside=["tracked"])  # noqa: E731  # three times below
    yield (Save(row.requested_at, "request_closure", _asked(row)) for row in rows("requested_at"))
    yield (
        Save(row.decided_at, "approve_closure", _decided(row), _asked(row))
        for row in rows("decided_at")
        if row.decided_at
    )
    yield (Save(row.reopened_at, "reopen", row, _decided(row)) for row in rows("reopened_at") if row.reopened_at)


def _asked(row: Closure) -> Closure:
    return _with(row, state=ClosureState.REQUESTED, **DECIDED, **REOPENED)


def _decided(row: Closure) -> Closure:
    return _with(row, state=ClosureState.CLOSED, **REOPENED) if row.reopened_at else row


def _with(row: Closure, **said: object) -> Closure:
    then = copy(row)
    for name, value in said.items():
        setattr(then, name, value)
    return then
