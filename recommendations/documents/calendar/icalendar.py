"""A calendar as a file for other programs (iCalendar, RFC 5545): one event for each entry.
Written by hand: events with texts, days and UTC moments are all that we need of the format.
"""

import datetime
from collections.abc import Iterable, Iterator

from django.conf import settings

from recommendations.domain.calendar.entries import CalendarEntry
from recommendations.periods import LONDON

MEDIA_TYPE = "text/calendar; charset=utf-8"
FOLD = 75  # the most bytes of a line (RFC 5545, 3.1)
EVERY = "PT6H"  # how often calendars may refresh
CONTROL = dict.fromkeys([*range(32), 127])


def feed(entries: Iterable[CalendarEntry], name: str) -> bytes:
    """The whole file: only text that may leave the office (`CalendarEntry.outside`), and links that require
    signing in.
    """
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Oversight//Calendar//EN", "CALSCALE:GREGORIAN"]
    head += [
        f"X-WR-CALNAME:{escape_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{EVERY}",
        f"X-PUBLISHED-TTL:{EVERY}",
    ]
    events = (line for each in entries for line in _event(each))
    return b"".join(fold_line(line) for line in (*head, *events, "END:VCALENDAR"))


def _event(entry: CalendarEntry) -> Iterator[str]:
    host = settings.ORIGIN.partition("://")[2].partition(":")[0]
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.kind}-{entry.pk}@{host}"
    yield f"DTSTAMP:{moment(entry.said_at)}"
    yield from _days(entry) if entry.start is None else _times(entry)
    yield f"SUMMARY:{escape_text(entry.outside)}"
    yield f"URL:{settings.ORIGIN}{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _days(entry: CalendarEntry) -> Iterator[str]:
    """All-day events, shown as free time. The end is exclusive."""
    after = (entry.until or entry.day) + datetime.timedelta(days=1)
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    yield "TRANSP:TRANSPARENT"


def _times(entry: CalendarEntry) -> Iterator[str]:
    """London times as UTC, so that the file needs no time zone rules."""
    for name, time in (("DTSTART", entry.start), ("DTEND", entry.end)):
        if time:
            yield f"{name}:{moment(datetime.datetime.combine(entry.day, time, tzinfo=LONDON))}"


def moment(at: datetime.datetime) -> str:
    """An aware moment in UTC: 20261107T100000Z."""
    return f"{at.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def escape_text(text: str) -> str:
    """Escape a text: backslash, semicolon, comma and line breaks; control characters are removed."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text.translate(CONTROL)


def fold_line(line: str) -> bytes:
    """A line with its ending, folded into pieces of at most 75 bytes, without splitting a character."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        coded = letter.encode()
        if len(piece) + len(coded) > FOLD:
            pieces, piece = [*pieces, piece], b" "
        piece += coded
    return b"\r\n".join([*pieces, piece, b""])
