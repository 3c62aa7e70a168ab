"""A Channel panel of each force: a meeting held, one past, one ahead, one cancelled, one withdrawn, with minutes.

Accountability meetings come with them.
"""

import datetime
from types import SimpleNamespace

from recommendations.domain.panels import attendance, meetings
from recommendations.domain.panels.attendance import AttendanceEntry, member_entry
from recommendations.domain.panels.meeting_files import attach_file
from recommendations.domain.people import records
from recommendations.enums import PanelKind
from recommendations.models import Panel, PanelMember
from tests.conftest import AT
from tests.security.worlds.accountability import build_accountability

HOUR = datetime.timedelta(hours=1)
OTHERS = "zqothers"  # in every name of somebody who is not of the force, and in what is the office's alone


def build_meetings(world, letter: str, say) -> None:
    """Everything about one force's panel. Its meetings are at `meetings_a`, its superintendent at `member_a`."""
    by = {"by": world.people["officer"], "at": AT + HOUR}
    force = getattr(world, f"force_{letter}")
    facts = {"local_authority": say("A council"), "area": say("A town"), "chair": say("Head of safety")}
    record = Panel(
        name=say(f"Channel panel {letter}"), kind=PanelKind.CHANNEL, force=force, terms=say("Terms."), **facts
    )
    panel = records.keep(record=record, by=None, at=AT)
    term = {"panel": panel, "since": datetime.date(2024, 4, 1), "role": say("Head of Prevent")}
    police = PanelMember(name=say("Ruth D’Arcy"), body=say("Police"), rank=say("Supt"), of_force=True, **term)
    police = records.keep(record=police, by=None, at=AT)
    days = [datetime.date(2026, 10, number) for number in (13, 14, 15, 16)] + [datetime.date(2099, 1, 6)]
    held, past, cancelled, gone, ahead = meetings.plan_meetings(panel=panel, days=days, place=say("Hall"), **by)
    guest = AttendanceEntry(name=say(f"Lee {OTHERS}"), body=say(f"Council {OTHERS}"), how="present")
    rows = [member_entry(police, "present"), guest]
    held = attendance.record_attendance(meeting=held, version=1, entries=rows, **by)
    file = attach_file(meeting=held, kind="minutes", name="m.txt", content=say(f"Minutes {OTHERS}").encode(), **by)
    meetings.cancel_meeting(meeting=cancelled, version=1, why=say("No case."), **by)
    meetings.withdraw_meeting(meeting=gone, version=1, reason=say(f"Wrong {OTHERS}."), **by)
    found = SimpleNamespace(held=held, past=past, cancelled=cancelled, gone=gone, ahead=ahead, file=file)
    setattr(world, f"meetings_{letter}", found)
    setattr(world, f"channel_{letter}", panel)
    setattr(world, f"member_{letter}", police)
    build_accountability(world, letter, say)
