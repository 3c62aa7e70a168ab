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
from recommendations.domain.panels.attendance import AttendanceEntry, of_member, record_attendance
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


def happenings(told) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    for place, (name, ways) in enumerate(WAYS.items()):
        for number, facts in enumerate(MEMBERS):
            yield OPENED, (place, number), partial(_member, told, name, facts)
        yield PLANNED, (place, 10), partial(_plan, told, name, (*HELD, *AHEAD))
        for number, (day, way) in enumerate(zip(HELD, ways, strict=True)):
            do = partial(_record, told, name, day, way) if way else partial(_cancel, told, name, day)
            yield day + 2, (place, 11, number), do
    yield MEASURED, (2,), partial(_measure, told)
    for place, name in enumerate(WAYS):
        yield MEASURED, (3, place), partial(_show, told, name)
    yield ASKED, (4,), partial(_ask_for_a_calendar, told)
    yield ASKED, (6,), partial(_make_a_token, told)
    yield MOVED, (5,), partial(_move, told)


def _member(told, panel: str, facts: dict, at) -> None:
    town = panel.partition(" ")[0]
    body = f"{town} Council" if facts["body"] == COUNCIL else facts["body"]
    more = {"body": body, "of_force": body == POLICE, "since": told.working_day(OPENED)}
    record = PanelMember(panel=Panel.objects.get(name=panel), **facts | more)
    records.keep(record=record, by=told.people["administrator"], at=at)


def _plan(told, panel: str, numbers: tuple[int, ...], at) -> None:
    days = [told.working_day(number) for number in numbers]
    facts = {"start": STARTS, "end": ENDS, "place": "Town Hall", "by": told.people["officer"], "at": at}
    plan_meetings(panel=Panel.objects.get(name=panel), days=days, **facts)


def _of_day(told, panel: str, day: int) -> dict:
    meeting = Meeting.objects.get(panel__name=panel, on=told.working_day(day))
    return {"meeting": meeting, "version": meeting.version, "by": told.people["officer"]}


def _record(told, panel: str, day: int, way: str, at) -> None:
    about = _of_day(told, panel, day)
    members = PanelMember.objects.filter(panel__name=panel)
    entries = [of_member(each, "present") for each in members if not each.of_force]
    chief = members.get(of_force=True)
    part = {"part_from": STARTS, "part_to": datetime.time(10, 45)} if way == "part" else {}
    entries.append(of_member(chief, "apologies" if way == "s" else way, **part))
    if way == "s":
        entries.append(AttendanceEntry(how="substitute", substitute_for=chief, **SENT))
    record_attendance(entries=entries, at=at, **about)


def _cancel(told, panel: str, day: int, at) -> None:
    cancel_meeting(why="Nothing was referred to the panel.", at=at, **_of_day(told, panel, day))


def _measure(told, at) -> None:
    of = Commitment.objects.get(of__response__answers__inspection=told.reports[REPORT], quote=PROMISE)
    facts = {"source": told.forces["westmarch"], "measure": True, "note": "Both panels together."}
    point_at(subject=of, by=told.people["officer"], at=at, **facts)


def _show(told, panel: str, at) -> None:
    why = "The council agrees that everybody may see how often the force comes."
    show_panel(panel=Panel.objects.get(name=panel), public=True, reason=why, by=told.people["approver"], at=at)


def _ask_for_a_calendar(told, at) -> None:
    make_address(by=told.people["officer"], at=at)


def _make_a_token(told, at) -> None:
    last_day = london_day(at) + datetime.timedelta(days=MOST_DAYS)
    make_token(name="Power BI", scopes=[ApiScope.READ_REGISTER], last_day=last_day, by=told.people["officer"], at=at)


def _move(told, at) -> None:
    about = _of_day(told, ALDERMERE, AHEAD[0])
    meeting = about["meeting"]
    same = {name: getattr(meeting, name) for name in ("start", "end", "place", "note")}
    why = "The Town Hall is taken by an election count on that day."
    change_meeting(on=told.working_day(LATER), reason=why, at=at, **same, **about)
