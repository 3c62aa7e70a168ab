"""Two Channel panels in the demonstration: their members, two quarters of meetings, and the next ones planned.

Their attendance is a commitment's measure. It becomes public on some day, and older papers have a public edition
without it. An officer subscribes to the coming meetings in a calendar.
"""

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from recommendations.domain.calendar.feed_tokens import make_address
from recommendations.domain.evidence.evidence import point_at
from recommendations.domain.panels.attendance import AttendanceEntry, member_entry, record_attendance
from recommendations.domain.panels.meetings import cancel_meeting, change_meeting, plan_meetings
from recommendations.domain.panels.panels import show_panel
from recommendations.domain.people import records
from recommendations.domain.people.api_tokens import MOST_DAYS, make_token
from recommendations.enums.api import ApiScope
from recommendations.models import Commitment, Meeting, Panel, PanelMember
from recommendations.periods import london_day

NORTHMERE, ALDERMERE = "Northmere Channel panel", "Aldermere Channel panel"
OPENED, PLANNED = -540, -190
STARTS, ENDS = datetime.time(10), datetime.time(12)
HELD = (-174, -146, -118, -90, -62, -34, -6)
AHEAD = (22, 50)
MEASURED, MOVED, ASKED = -186, -4, -20
LATER = AHEAD[0] + 5
REPORT = "PEEL {year +0}: an assessment of Westmarch Police"
PROMISE = "We will continue to watch whom it sends to its Channel panels, and whether they can decide."
POLICE, COUNCIL, HEALTH = "Westmarch Police", "council", "Marches NHS Trust"
MEMBERS: tuple[dict[str, Any], ...] = (
    {"name": "Siân O’Neill", "body": COUNCIL, "role": "Head of community safety", "decision_maker": True},
    {"name": "Tomasz Łaski", "body": COUNCIL, "role": "Prevent coordinator"},
    {"name": "Dr Anjali Rao", "body": HEALTH, "role": "Safeguarding lead", "decision_maker": True},
    {
        "name": "Ruth D’Arcy",
        "body": POLICE,
        "role": "Head of Prevent",
        "rank": "Superintendent",
        "decision_maker": True,
    },
)
SENT: dict[str, Any] = {
    "name": "Gareth Pugh",
    "body": POLICE,
    "role": "Prevent officer",
    "rank": "Sergeant",
    "of_force": True,
}
WAYS = {  # panel → how the superintendent attended each meeting; s: sent the sergeant instead
    NORTHMERE: ("present", "present", "s", "present", "remote", "apologies", "absent"),
    ALDERMERE: ("present", "part", "present", "s", "present", None, "present"),
}


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    for place, (name, ways) in enumerate(WAYS.items()):
        for number, facts in enumerate(MEMBERS):
            yield OPENED, (place, number), partial(_member, office, name, facts)
        yield PLANNED, (place, 10), partial(_plan, office, name, (*HELD, *AHEAD))
        for number, (day, way) in enumerate(zip(HELD, ways, strict=True)):
            do = partial(_record, office, name, day, way) if way else partial(_cancel, office, name, day)
            yield day + 2, (place, 11, number), do
    yield MEASURED, (2,), partial(_measure, office)
    for place, name in enumerate(WAYS):
        yield MEASURED, (3, place), partial(_show, office, name)
    yield ASKED, (4,), partial(_ask_for_a_calendar, office)
    yield ASKED, (6,), partial(_make_a_token, office)
    yield MOVED, (5,), partial(_move, office)


def _member(office, panel: str, facts: dict, at) -> None:
    town = panel.partition(" ")[0]
    body = f"{town} Council" if facts["body"] == COUNCIL else facts["body"]
    more = {"body": body, "of_force": body == POLICE, "since": office.working_day(OPENED)}
    record = PanelMember(panel=Panel.objects.get(name=panel), **facts | more)
    records.keep(record=record, by=office.people["administrator"], at=at)


def _plan(office, panel: str, numbers: tuple[int, ...], at) -> None:
    days = [office.working_day(number) for number in numbers]
    facts = {"start": STARTS, "end": ENDS, "place": "Town Hall", "by": office.people["officer"], "at": at}
    plan_meetings(panel=Panel.objects.get(name=panel), days=days, **facts)


def _meeting_on(office, panel: str, day: int) -> dict:
    meeting = Meeting.objects.get(panel__name=panel, on=office.working_day(day))
    return {"meeting": meeting, "version": meeting.version, "by": office.people["officer"]}


def _record(office, panel: str, day: int, way: str, at) -> None:
    about = _meeting_on(office, panel, day)
    members = PanelMember.objects.filter(panel__name=panel)
    entries = [member_entry(each, "present") for each in members if not each.of_force]
    chief = members.get(of_force=True)
    part = {"part_from": STARTS, "part_to": datetime.time(10, 45)} if way == "part" else {}
    entries.append(member_entry(chief, "apologies" if way == "s" else way, **part))
    if way == "s":
        entries.append(AttendanceEntry(how="substitute", substitute_for=chief, **SENT))
    record_attendance(entries=entries, at=at, **about)


def _cancel(office, panel: str, day: int, at) -> None:
    cancel_meeting(why="Nothing was referred to the panel.", at=at, **_meeting_on(office, panel, day))


def _measure(office, at) -> None:
    of = Commitment.objects.get(of__response__answers__inspection=office.reports[REPORT], quote=PROMISE)
    facts = {"source": office.forces["westmarch"], "measure": True, "note": "Both panels together."}
    point_at(subject=of, by=office.people["officer"], at=at, **facts)


def _show(office, panel: str, at) -> None:
    why = "The council agrees that everybody may see how often the force comes."
    show_panel(panel=Panel.objects.get(name=panel), public=True, reason=why, by=office.people["approver"], at=at)


def _ask_for_a_calendar(office, at) -> None:
    make_address(by=office.people["officer"], at=at)


def _make_a_token(office, at) -> None:
    last_day = london_day(at) + datetime.timedelta(days=MOST_DAYS)
    make_token(name="Power BI", scopes=[ApiScope.READ_REGISTER], last_day=last_day, by=office.people["officer"], at=at)


def _move(office, at) -> None:
    about = _meeting_on(office, ALDERMERE, AHEAD[0])
    meeting = about["meeting"]
    same = {name: getattr(meeting, name) for name in ("start", "end", "place", "note")}
    why = "The Town Hall is taken by an election count on that day."
    change_meeting(on=office.working_day(LATER), reason=why, at=at, **same, **about)
