"""Security events as CSV and as JSON lines."""

import datetime
import json
from collections.abc import Iterable

from recommendations.documents.formats.csv_file import csv_bytes
from recommendations.domain.audit.event_queries import EventLine

COLUMNS = ("entry", "at", "who", "event", "about", "address", "new address", "client", "hash")


def values_of(line: EventLine) -> dict[str, object]:
    """One event by column name. Moments are UTC; the hash is that of its trail entry."""
    entry, event = line.entry, line.event
    where = (event.address or "", event.is_new_address, event.client) if event else ("", False, "")
    moment = entry.at.astimezone(datetime.UTC).isoformat()
    said = (entry.sequence, moment, line.who, line.words, line.detail, *where, entry.hash)
    return dict(zip(COLUMNS, said, strict=True))


def as_csv(lines: Iterable[EventLine]) -> bytes:
    """The events as CSV (documents/formats/csv_file.py)."""
    return csv_bytes(COLUMNS, (values_of(line).values() for line in lines))


def as_json_lines(lines: Iterable[EventLine]) -> bytes:
    """One JSON object per line, as log collectors expect."""
    return "".join(json.dumps(values_of(line), ensure_ascii=False) + "\n" for line in lines).encode()
