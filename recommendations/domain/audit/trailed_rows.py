"""Verification of one model's rows and histories against the trail, record by record.

Three streams ordered by record id are merged: the trail's changes, the rows, the histories. Only one record is in
memory at a time.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, batched, groupby
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Manager, Model

from recommendations import trail
from recommendations.domain.audit.reading import UnreadableRow, values_of
from recommendations.domain.audit.told import TrailedRecordSaves, TrailedSave
from recommendations.trail import Digests

SAID_OF_A_SAVE = ("history_user_id", "history_actor", "history_change_reason", "history_date", "history_type")
LARGE = ("JSONField", "BinaryField")  # files and papers' figures: only their digest is kept in memory
SAID = ("who", "why", "when", "what kind")
UNTOLD = "save {} of its history is not what the trail says"

AT_ONCE = 500  # records queried by id at once

type Values = tuple[Any, ...]  # of the trailed columns


class KnownDigest(str):
    """The digest in place of a value too large to keep."""


# Types whose equal values have equal digests.
PLAIN = frozenset([type(None), bool, int, str, datetime.datetime, datetime.date, KnownDigest])


class SavedRow(NamedTuple):
    """One history row: the values, who, why, when, and whether the row was new."""

    values: Values
    by_id: Any
    by_name: Any
    reason: Any
    moment: Any
    kind: Any


class TrailedRecord(NamedTuple):
    """Everything about one record; `row` is None if it has none."""

    pk: int
    told: list[TrailedSave]
    row: Values | UnreadableRow | None
    saves: list[SavedRow | UnreadableRow]


@dataclass
class Findings:
    """The problems of one model's rows and histories."""

    rows: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    histories: list[str] = field(default_factory=list)
    without_history: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        yield from (*self.rows, *self.deleted, *self.histories, *self.without_history)


class TrailedRows:
    """The rows of one model, compared with the trail."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.columns = tuple(each.attname for each in trail.trailed_fields(model))
        self.history: Manager[Any] | None = getattr(model, "history", None)
        self.large = [
            place for place, each in enumerate(trail.trailed_fields(model)) if each.get_internal_type() in LARGE
        ]

    def differences(self, records: Iterable[TrailedRecordSaves], *, partly: bool = False) -> Iterator[str]:
        """The differences of rows, then of histories, from the trail. `records` is in order of the records' ids.

        `partly`: `records` is only the end of the trail, so only its records are compared, and of each history as
        many of the last saves as it has.
        """
        found = Findings()
        if partly:
            for some in batched(records, AT_ONCE):
                self._look_at_all(some, [pk for pk, _ in some], found)
        else:
            self._look_at_all(records, None, found)
        yield from found

    def _look_at_all(self, records: Iterable[TrailedRecordSaves], only: list[int] | None, findings: Findings) -> None:
        streams = (iter(records), self._rows(only), self._saves(only, findings))
        for pk, of_told, row, saves in side_by_side(*streams):
            self._look_at(TrailedRecord(pk, of_told or [], row, saves or []), findings, partly=only is not None)

    def _rows(self, only: list[int] | None) -> Iterator[tuple[int, Any]]:
        rows = self.model._base_manager.order_by("pk")
        for row in values_of(rows if only is None else rows.filter(pk__in=only), *self.columns):
            yield (row.pk, row) if isinstance(row, UnreadableRow) else (row[0], self._small(row[1:]))

    def _saves(self, only: list[int] | None, findings: Findings) -> Iterator[tuple[int, list[Any]]]:
        """The history rows by record. Those whose record id is no integer belong to none, and are reported at once."""
        if self.history is None:
            return
        columns, order = ("id", *SAID_OF_A_SAVE, *self.columns), ("id", "history_id")
        rows = self.history.order_by(*order)
        wanted = values_of(rows if only is None else rows.filter(id__in=only), *columns)
        for pk, saves in groupby(wanted, key=_record_of):
            if type(pk) is int:
                yield pk, [self._save(each) for each in saves]
            else:
                findings.histories.append(f"{self._label(pk)}: {_unassigned_save(next(saves))}.")

    def _save(self, row: Any) -> SavedRow | UnreadableRow:
        return row if isinstance(row, UnreadableRow) else SavedRow(self._small(row[7:]), *row[2:7])

    def _small(self, values: Values) -> Values:
        if not self.large:
            return values
        small = list(values)
        for place in self.large:
            small[place] = KnownDigest(trail.digest(values[place]))
        return tuple(small)

    def _look_at(self, record: TrailedRecord, findings: Findings, *, partly: bool) -> None:
        states = list(accumulate((save.fields for save in record.told), or_))
        seen = Digested(self.columns)
        if self.history is not None:
            if record.told and not record.saves:
                findings.without_history.append(f"{self._label(record.pk)}: its history was deleted.")
            elif wrong := self._untold(record, states, seen, partly=partly):
                findings.histories.append(f"{self._label(record.pk)}: {wrong}.")
        self._look_at_the_row(record, states, seen, findings)

    def _look_at_the_row(
        self, record: TrailedRecord, states: list[Digests], seen: "Digested", findings: Findings
    ) -> None:
        named = self._label(record.pk)
        if not states:
            if record.row is not None:
                findings.rows.append(f"{named} is in no entry: it was inserted.")
        elif record.row is None:
            findings.deleted.append(f"{named} was deleted.")
        elif wrong := _changed_columns(states[-1], record.row, seen):
            findings.rows.append(f"{named} was changed: {', '.join(wrong)}.")

    def _untold(self, record: TrailedRecord, states: list[Digests], seen: "Digested", *, partly: bool) -> str:
        """The first problem in a record's history: each row must be a save in the trail, in order.

        Saves that changed nothing are exempt in old entries; since the trail has the moments of saves, it has those
        too.
        """
        place, wrong, told = 0, "", record.told
        before = max(len(record.saves) - len(told), 0) if partly else 0
        for number, save in enumerate(record.saves[before:], start=before + 1):
            if isinstance(save, UnreadableRow):
                return _unreadable(save, number)
            now = seen.digests(save.values)
            if place < len(told) and _agree(states[place], now):
                wrong = wrong or _save_difference(save, told[place], number, self._adds(told[place]))
                place += 1
            elif place == 0 or told[place - 1].moment or not _agree(states[place - 1], now):
                return UNTOLD.format(number)
        return f"save {before + place + 1} is missing from its history" if place < len(told) else wrong

    def _adds(self, save: TrailedSave) -> bool:
        return self.model._meta.pk.attname in save.fields

    def _label(self, pk: object) -> str:
        return f"The {self.model._meta.verbose_name} {pk}"


class Digested:
    """The digests of successive rows of a record, computing only what differs from the row before."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns
        self.values: Values | None = None
        self.now: Digests = {}

    def digests(self, values: Values) -> Digests:
        """The digest of each column. The dict is reused by the next call."""
        if self.values is None:
            self.now = dict(zip(self.columns, map(_digest_of, values), strict=True))
        else:
            self._follow(self.values, values)
        self.values = values
        return self.now

    def _follow(self, before: Values, values: Values) -> None:
        for name, was, value in zip(self.columns, before, values, strict=True):
            if was is not value and not (type(was) is type(value) and type(value) in PLAIN and was == value):
                self.now[name] = _digest_of(value)


def _digest_of(value: Any) -> str:
    return value if type(value) is KnownDigest else trail.digest(value)


def side_by_side(*streams: Iterator[tuple[int, Any]]) -> Iterator[tuple[Any, ...]]:
    """Merge streams of (id, item) ordered by id: for each id the item of each stream, or None."""
    heads = [next(stream, None) for stream in streams]
    while numbers := [head[0] for head in heads if head is not None]:
        first = min(numbers)
        here = [head is not None and head[0] == first for head in heads]
        yield first, *(head[1] if head and is_here else None for head, is_here in zip(heads, here, strict=True))
        for place, is_here in enumerate(here):
            if is_here:
                heads[place] = next(streams[place], None)


def _record_of(save: Any) -> Any:
    """The id of a history row's record, which even an unreadable row may have."""
    return save.record if isinstance(save, UnreadableRow) else save[1]


def _unassigned_save(save: Any) -> str:
    return _unreadable(save, 1) if isinstance(save, UnreadableRow) else UNTOLD.format(1)


def _unreadable(save: UnreadableRow, number: int) -> str:
    return f"save {number} of its history cannot be read: {', '.join(save.columns)}"


def _agree(digests: Digests, now: Digests) -> bool:
    """Whether a row has the trail's digests, in the columns that it has."""
    return digests == now or all(now[name] == digest for name, digest in digests.items())


def _changed_columns(digests: Digests, row: Values | UnreadableRow, seen: Digested) -> list[str]:
    if isinstance(row, UnreadableRow):
        return list(row.columns)
    now = seen.digests(row)
    return [] if digests == now else [name for name in seen.columns if digests.get(name, now[name]) != now[name]]


def _save_difference(save: SavedRow, trailed: TrailedSave, number: int, adds: bool) -> str:
    """In what a save differs from the trail: who made it, why, when, or whether the row was new. "" if in nothing."""
    who = save.by_id == trailed.told.by_id and trail.digest(save.by_name) == trailed.told.by_name
    why = save.reason == (trailed.told.reason or None)
    when = not trailed.moment or trail.digest(save.moment) == trailed.moment
    kind = save.kind == ("+" if adds else "~")
    if who and why and when and kind:
        return ""
    wrong = [name for name, is_right in zip(SAID, (who, why, when, kind), strict=True) if not is_right]
    return f"save {number} of its history says otherwise {', '.join(wrong)}"
