"""How each verb about panels, meetings and attendance is done once."""

import datetime

from recommendations.domain.panels import attendance, meeting_files, meetings, panels
from recommendations.domain.panels.attendance import member_entry
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=14)
DAY = datetime.date(2099, 1, 7)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    found, panel, member = world.meetings_a, world.channel_a, world.member_a
    ahead = {"meeting": found.ahead, "version": found.ahead.version}
    held = {"meeting": found.held, "version": found.held.version}
    past = {"meeting": found.past, "version": found.past.version, "entries": [member_entry(member, "remote")]}
    return {
        "panels.withdraw_member": lambda: panels.withdraw_member(member=member, reason="Another panel’s.", **by),
        "panels.show_panel": lambda: panels.show_panel(panel=panel, public=True, reason="It meets in public.", **by),
        "panels.plan_meetings": lambda: meetings.plan_meetings(panel=panel, days=[DAY], **by),
        "panels.change_meeting": lambda: meetings.change_meeting(on=DAY, reason="Ill.", **ahead, **by),
        "panels.cancel_meeting": lambda: meetings.cancel_meeting(why="No case.", **ahead, **by),
        "panels.withdraw_meeting": lambda: meetings.withdraw_meeting(reason="A mistake.", **ahead, **by),
        "panels.record_attendance": lambda: attendance.record_attendance(**past, **by),
        "panels.withdraw_attendance": lambda: attendance.withdraw_attendance(reason="Wrong.", **held, **by),
        "panels.attach_file": lambda: meeting_files.attach_file(
            meeting=found.past, kind="papers", name="p.txt", content=b"Papers.", **by
        ),
        "panels.withdraw_meeting_file": lambda: meeting_files.withdraw_meeting_file(
            file=found.file, reason="Wrong.", **by
        ),
    }
