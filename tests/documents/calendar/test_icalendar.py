"""A calendar as a file: days, London times as moments, escaped texts, folded lines, the same each time."""

import datetime

from recommendations.documents.calendar.icalendar import escape_text, feed, fold_line
from recommendations.domain.calendar.entries import CalendarEntry
from recommendations.domain.calendar.sources_meetings import MEETING

SAID = datetime.datetime(2026, 11, 7, 10, 0, tzinfo=datetime.UTC)
SUMMER, WINTER = datetime.date(2026, 7, 1), datetime.date(2026, 12, 1)
TEN, TWELVE = datetime.time(10), datetime.time(12)


def entry(**facts) -> CalendarEntry:
    given = {"kind": MEETING, "pk": 7, "day": WINTER, "words": "Inside.", "outside": "Meeting: Aldford, Bexley"}
    return CalendarEntry(**given | {"url": "/meetings/7/", "said_at": SAID} | facts)


def lines(*entries: CalendarEntry) -> list[str]:
    return feed(entries, "Oversight, Marches").decode().split("\r\n")


def event(**facts) -> list[str]:
    written = lines(entry(**facts))
    return written[written.index("BEGIN:VEVENT") + 1 : written.index("END:VEVENT")]


def test_the_whole_file_of_nothing():
    assert lines() == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Oversight//Calendar//EN",
        "CALSCALE:GREGORIAN",
        r"X-WR-CALNAME:Oversight\, Marches",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "END:VCALENDAR",
        "",
    ]


def test_a_day_ends_on_the_next_one_and_keeps_nobody_busy(settings):
    settings.ORIGIN = "https://oversight.example:8443"
    assert event() == [
        "UID:meeting-7@oversight.example",
        "DTSTAMP:20261107T100000Z",
        "DTSTART;VALUE=DATE:20261201",
        "DTEND;VALUE=DATE:20261202",
        "TRANSP:TRANSPARENT",
        r"SUMMARY:Meeting: Aldford\, Bexley",
        "URL:https://oversight.example:8443/meetings/7/",
        "STATUS:CONFIRMED",
        "CLASS:PRIVATE",
    ]


def test_several_days_end_after_the_last_one():
    days = [line for line in event(until=datetime.date(2026, 12, 31)) if line.startswith("DT")][1:]
    assert days == ["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20270101"]


def test_london_times_are_moments_in_summer_and_in_winter():
    def times(day):
        return [line for line in event(day=day, start=TEN, end=TWELVE) if line.startswith(("DTSTART", "DTEND"))]

    assert times(SUMMER) == ["DTSTART:20260701T090000Z", "DTEND:20260701T110000Z"]
    assert times(WINTER) == ["DTSTART:20261201T100000Z", "DTEND:20261201T120000Z"]


def test_a_meeting_without_an_end_has_none():
    assert [line for line in event(start=TEN) if line.startswith("DTEND")] == []


def test_what_is_cancelled_says_so():
    assert event(is_cancelled=True)[-2] == "STATUS:CANCELLED"


def test_texts_are_escaped_and_hold_no_control_character():
    assert escape_text("a\\b;c,d\r\ne\nf\rg\x07h") == r"a\\b\;c\,d\ne\nfgh"


def test_nobody_writes_another_line_by_a_name():
    assert [line for line in event(outside="A\r\nATTACH:http://x") if line.startswith("ATTACH")] == []


def test_lines_are_folded_at_75_bytes_and_no_letter_is_cut():
    text = "SUMMARY:" + "ŵé€𝄞" * 40
    pieces = fold_line(text).split(b"\r\n")
    assert max(len(piece) for piece in pieces) <= 75
    assert pieces[0].decode() + "".join(piece.decode()[1:] for piece in pieces[1:]) == text
    assert fold_line("x" * 75) == b"x" * 75 + b"\r\n"


def test_it_is_the_same_each_time():
    assert feed([entry()], "Oversight") == feed([entry()], "Oversight")
