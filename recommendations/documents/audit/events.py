"""Security events as CSV and as JSON lines."""

import csv
import datetime
import io
import json
from collections.abc import Iterable

from recommendations.domain.audit.event_queries import EventLine
from recommendations.domain.text.csv_safety import escape_formula

BOM, LINE_END = b"\xef\xbb\xbf", "\r\n"  # the BOM lets Excel recognise UTF-8
COLUMNS = ("entry", "at", "who", "event", "about", "address", "new address", "client", "hash")


def values_of(line: EventLine) -> dict[str, object]:
    """One event by column name. Moments are UTC; the hash is that of its trail entry."""
    entry, event = line.entry, line.event
    where = (event.address or "", event.is_new_address, event.client) if event else ("", False, "")
    moment = entry.at.astimezone(datetime.UTC).isoformat()
    said = (entry.sequence, moment, line.who, line.words, line.detail, *where, entry.hash)
    return dict(zip(COLUMNS, said, strict=True))


def as_csv(lines: Iterable[EventLine]) -> bytes:
    """UTF-8 with a BOM for Excel; texts that would execute as formulas are escaped."""
    out = io.StringIO(newline="")
    write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=LINE_END)
    write.writerow(COLUMNS)
    write.writerows([escape_formula(str(value)) for value in values_of(line).values()] for line in lines)
    return BOM + out.getvalue().encode()


def as_json_lines(lines: Iterable[EventLine]) -> bytes:
    """One JSON object per line, as log collectors expect."""
    return "".join(json.dumps(values_of(line), ensure_ascii=False) + "\n" for line in lines).encode()
