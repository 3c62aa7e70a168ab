"""What was received of another office's register, read back from its tables."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from recommendations.domain.audit.history import OFFICE_ONLY
from recommendations.domain.audit.history_lines import HistoryLine
from recommendations.domain.audit.wording import verb_words
from recommendations.domain.handing_over.gathering import FORCE_NAMES
from recommendations.domain.handing_over.rows import Row, plain
from recommendations.domain.handing_over.scope import PARTS
from recommendations.domain.handing_over.shadow import OriginRegister, OriginRow
from recommendations.models import Force, IssuedFile, ReceivedEntry, ReceivedRecord, ReceivedRegister, User
from recommendations.permissions import May

CHUNK = 400
OF_ENTRIES = [each.attname for each in ReceivedEntry._meta.concrete_fields if each.name not in ("id", "register")]
FORCE, PERSON, FILE = Force._meta.label_lower, User._meta.label_lower, IssuedFile._meta.label_lower


def origin_of(register: ReceivedRegister) -> OriginRegister:
    """The other office's register, as it was received."""
    return OriginRegister(
        rows=_rows(register),
        entries=lambda: _entries(register),
        head=(register.head_count, register.head_hash),
        people=_names_of(register, PERSON),
        forces=(row for row in _names_of(register, FORCE) if row.keys() == {*FORCE_NAMES}),
        content=lambda key: _content(register, key),
    )


def _rows(register: ReceivedRegister) -> Iterator[OriginRow]:
    for part in PARTS:
        found = ReceivedRecord.objects.filter(register=register, model=part.label).order_by("key")
        for key, row, saves in found.values_list("key", "row", "saves").iterator(chunk_size=CHUNK):
            values = json.loads(row)
            if part.label != FORCE or values.keys() != {*FORCE_NAMES}:
                yield OriginRow(part.label, key, values, json.loads(saves))


def _names_of(register: ReceivedRegister, model: str) -> Iterator[Row]:
    found = ReceivedRecord.objects.filter(register=register, model=model).order_by("key")
    yield from map(json.loads, found.values_list("row", flat=True))


def _entries(register: ReceivedRegister) -> Iterator[Row]:
    found = ReceivedEntry.objects.filter(register=register).order_by("sequence").values(*OF_ENTRIES)
    for entry in found.iterator(chunk_size=CHUNK):
        yield {name: plain(value) for name, value in entry.items()}


def _content(register: ReceivedRegister, key: int) -> bytes:
    here = ReceivedRecord.objects.get(register=register, model=FILE, key=key)
    return bytes(_stored(here.record))


def _stored(pk: Any) -> Any:
    return IssuedFile.objects.values_list("content", flat=True).get(pk=pk)


def registers() -> QuerySet[ReceivedRegister]:
    """The registers that were taken over, without those that were given back."""
    return ReceivedRegister.objects.filter(undone_at__isnull=True).select_related("force").order_by("pk")


@dataclass(frozen=True)
class ReceivedHistory:
    """What a record's history was at the other office: who did what when, newest first."""

    origin: str
    on: datetime.date
    lines: list[HistoryLine]


def received_history(record: Model, user: User) -> ReceivedHistory | None:
    """A record's entries in the trail of the office that it came from, for this office's own people. One query if it
    did not come from another.
    """
    if user.force_id:
        return None
    label = record._meta.label_lower
    rows = ReceivedRecord.objects.filter(model=label, record=record.pk, register__undone_at__isnull=True)
    row = rows.select_related("register").defer("row", "saves").order_by("pk").last()
    if row is None:
        return None
    entries = ReceivedEntry.objects.filter(register=row.register, subject_model=label, subject_key=row.key)
    entries = entries if user.has_perm(May.RESTRICT) else entries.exclude(verb__in=OFFICE_ONLY)
    lines = [
        HistoryLine(each.at, each.by_name, verb_words(each.verb), each.reason, each.sequence, ())
        for each in entries.defer("changes").order_by("-sequence")
    ]
    return ReceivedHistory(row.register.origin, row.register.handed_over_on, lines)
