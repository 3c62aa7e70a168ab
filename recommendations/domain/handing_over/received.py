"""What was received of another office's register, read back from its tables."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from recommendations.domain.handing_over.gathering import FORCE_NAMES
from recommendations.domain.handing_over.rows import Row, plain
from recommendations.domain.handing_over.scope import PARTS
from recommendations.domain.handing_over.shadow import OriginRegister, OriginRow
from recommendations.models import Force, IssuedFile, ReceivedEntry, ReceivedRecord, ReceivedRegister, User

CHUNK = 400
OF_ENTRIES = [each.attname for each in ReceivedEntry._meta.concrete_fields if each.name not in ("id", "register")]
FORCE, PERSON, FILE = Force._meta.label_lower, User._meta.label_lower, IssuedFile._meta.label_lower


def origin_of(register: ReceivedRegister) -> OriginRegister:
    """The other office's register, as it was received."""
    return OriginRegister(
        rows=_rows(register),
        entries=lambda: _entries(register),
        head=(register.head_count, register.head_hash),
        people=_named(register, PERSON),
        forces=(row for row in _named(register, FORCE) if row.keys() == {*FORCE_NAMES}),
        content=lambda key: _content(register, key),
    )


def _rows(register: ReceivedRegister) -> Iterator[OriginRow]:
    for part in PARTS:
        found = ReceivedRecord.objects.filter(register=register, model=part.label).order_by("key")
        for key, row, saves in found.values_list("key", "row", "saves").iterator(chunk_size=CHUNK):
            values = json.loads(row)
            if part.label != FORCE or values.keys() != {*FORCE_NAMES}:
                yield OriginRow(part.label, key, values, json.loads(saves))


def _named(register: ReceivedRegister, model: str) -> Iterator[Row]:
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
