"""The history of a record in words: who changed what, when, from which value to which."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime

HIDDEN = {"id", "version", "search_text", "recorded_at", "recorded_by", "source_sha256"}


@dataclass(frozen=True)
class Change:
    """One field, from what to what, as words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryLine:
    """One save of a record: `at` is the moment of the database's own clock (UTC)."""

    at: datetime.datetime
    actor: str
    kind: str  # "added" or "changed"
    reason: str
    changes: tuple[Change, ...]


def history_of(record, labels: dict[str, dict[str, str]] | None = None) -> list[HistoryLine]:
    """Every save of `record`, newest first. `labels` are the office's words (Label.objects.words())."""
    rows = list(record.history.order_by("history_id"))
    lines = []
    for before, row in zip([None, *rows], rows, strict=False):
        changes = tuple(_changes(record, before, row, labels or {}))
        if changes or before is None:
            kind = "added" if before is None else "changed"
            lines.append(
                HistoryLine(row.history_date, row.history_actor, kind, row.history_change_reason or "", changes)
            )
    return lines[::-1]


def _changes(record, before, row, labels):
    for field in record._meta.concrete_fields:
        if field.name in HIDDEN or not hasattr(row, field.attname):
            continue
        old = getattr(before, field.attname) if before else None
        new = getattr(row, field.attname)
        if (old or None) != (new or None):
            yield Change(_name(field), _words(field, old, labels), _words(field, new, labels))


def _name(field) -> str:
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _words(field, value, labels) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    if field.is_relation:
        found = field.related_model._base_manager.filter(pk=value).first()
        return str(found or value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return date_format(localtime(value), "j F Y, H:i")
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    return str(labels.get(field.name, {}).get(value, value))
