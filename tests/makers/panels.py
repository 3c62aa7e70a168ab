"""Panels with members and meetings, made through their verbs."""

import datetime

from recommendations.domain.panels import attendance, meetings
from recommendations.domain.panels.attendance import AttendanceEntry, member_entry
from recommendations.domain.people import records
from recommendations.enums import Frequency, PanelKind
from recommendations.models import Force, Meeting, Panel, PanelMember
from recommendations.periods import day_end
from tests.conftest import AT

HELD_ON = datetime.date(2026, 10, 13)
SINCE = datetime.date(2024, 4, 1)
START, END = datetime.time(10), datetime.time(12)


def make_channel(force: Force, name: str = "Aldford Channel panel", **facts) -> Panel:
    """A Channel panel of a force, which is expected every two months."""
    facts = {"local_authority": "Aldford Council", "frequency": Frequency.TWO_MONTHS} | facts
    return records.keep(record=Panel(name=name, kind=PanelKind.CHANNEL, force=force, **facts), by=None, at=AT)


def make_member(panel: Panel, name: str = "Siân O’Neill", **facts) -> PanelMember:
    """A member for the council; `of_force=True` makes one for the force."""
    body = panel.force.name if facts.get("of_force") else "Aldford Council"
    facts = {"body": body, "role": "Head of service", "since": SINCE} | facts
    return records.keep(record=PanelMember(panel=panel, name=name, **facts), by=None, at=AT)


def make_meeting(panel: Panel, on: datetime.date = HELD_ON, *, by=None, at=AT, **facts) -> Meeting:
    facts = {"start": START, "end": END, "place": "Guildhall"} | facts
    return meetings.plan_meetings(panel=panel, days=[on], by=by, at=at, **facts)[0]


def record(meeting: Meeting, *entries: AttendanceEntry, by=None, at=AT) -> Meeting:
    meeting.refresh_from_db()
    return attendance.record_attendance(meeting=meeting, version=meeting.version, entries=list(entries), by=by, at=at)


def held(panel: Panel, on: datetime.date, **ways) -> Meeting:
    """A meeting whose members attended as `ways` says by name key, all others present."""
    meeting, at = make_meeting(panel, on), max(AT, day_end(on))
    members = panel.members.on(on)
    return record(
        meeting, *(member_entry(each, ways.get(each.name.split()[0].lower(), "present")) for each in members), at=at
    )


__all__ = ["AttendanceEntry", "held", "make_channel", "make_meeting", "make_member", "member_entry", "record"]
