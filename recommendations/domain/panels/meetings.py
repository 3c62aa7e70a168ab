"""Meetings of panels: planned singly or as a series, moved, cancelled, withdrawn."""

import datetime

from recommendations.domain.panels.meeting_series import MOST
from recommendations.domain.writing.input_checks import short
from recommendations.domain.writing.records import claim, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import MeetingState
from recommendations.models import Meeting, Panel, User
from recommendations.periods import say
from recommendations.trail import VerbContext, verb

WITHDRAWN = "This meeting is withdrawn, and stays as it is."
CANCELLED = "This meeting is cancelled, and stays as it is. Plan another one."


def plan_meetings(
    *,
    panel: Panel,
    days: list[datetime.date],
    by: User | None,
    at: datetime.datetime,
    start: datetime.time | None = None,
    end: datetime.time | None = None,
    place: str = "",
) -> list[Meeting]:
    """Plan a meeting on each of these days, all or none. A day in the past is for recording its attendance.

    Raises Refusal if there is no day, the panel meets on a day already, a day is listed twice, the panel does not exist
    on a day, or the times are out of order.
    """
    with verb("plan_meetings", by=by, at=at, subject=panel) as act:
        panel = lock_row(panel)
        _check_days(panel, days)
        check_times(start, end)
        place = short(place, model=Meeting, field="place")
        facts = {"panel": panel, "start": start, "end": end, "place": place, "recorded_at": at, "recorded_by": by}
        return [act.save(Meeting(on=day, **facts)) for day in sorted(days)]


def _check_days(panel: Panel, days: list[datetime.date]) -> None:
    if not days:
        raise Refusal("Enter at least one day.", "days", code="required")
    if len(days) > MOST:
        raise Refusal(f"These are more than {MOST} meetings. Plan fewer at once.", "days")
    twice = next((day for day in days if days.count(day) > 1), None)
    if twice:
        raise Refusal(f"{say(twice)} is in the list twice.", "days", code="twice")
    for day in days:
        check_panel_on(panel, day, "days")
    taken = Meeting.objects.filter(panel=panel, on__in=days).exclude(state=MeetingState.CANCELLED).order_by("on")
    if taken:
        raise Refusal(
            f"{panel} meets on {' and '.join(say(each.on) for each in taken)} already.", "days", code="planned-already"
        )


def check_panel_on(panel: Panel, day: datetime.date, field: str) -> None:
    """Raise Refusal if the panel does not exist on a day."""
    if panel.since and day < panel.since:
        raise Refusal(f"{panel} began on {say(panel.since)}, after {say(day)}.", field, code="before-start")
    if panel.until and day > panel.until:
        raise Refusal(f"{panel} ended on {say(panel.until)}, before {say(day)}.", field)


def check_times(start: datetime.time | None, end: datetime.time | None) -> None:
    """Raise Refusal if a meeting's times are out of order."""
    if not end:
        return
    if not start:
        raise Refusal("Enter when it starts, too.", "start", code="required")
    if end <= start:
        raise Refusal(f"{end:%H:%M} is not after the start, {start:%H:%M}.", "end", code="ends-before-start")


def change_meeting(
    *,
    meeting: Meeting,
    version: int,
    on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    start: datetime.time | None = None,
    end: datetime.time | None = None,
    place: str = "",
    note: str = "",
    reason: str = "",
) -> Meeting:
    """Change a meeting's times, place or note, or move it to another day with a reason; the original day is kept.

    Raises Refusal if the meeting is cancelled or withdrawn; for a move, if its attendance is recorded, there is no
    reason or the day is taken; if the times are out of order or exclude a recorded part attendance. Raises Stale if
    someone else has changed it since.
    """
    with verb("change_meeting", by=by, at=at, reason=reason.strip(), subject=meeting) as act:
        meeting = _open(meeting, version)
        check_times(start, end)
        _check_parts(meeting, start, end)
        if on != meeting.on:
            _move(meeting, on, reason)
        meeting.start, meeting.end = start, end
        meeting.place, meeting.note = short(place, model=Meeting, field="place"), note.strip()
        return act.save(meeting)


def _move(meeting: Meeting, on: datetime.date, reason: str) -> None:
    if meeting.state == MeetingState.HELD:
        raise Refusal(
            "Its attendance is recorded, so it was held on this day. Withdraw the attendance first.",
            "on",
            code="attendance-recorded",
        )
    if not reason.strip():
        raise Refusal("Say why the meeting moves.", "reason", code="no-reason")
    check_panel_on(meeting.panel, on, "on")
    taken = Meeting.objects.filter(panel=meeting.panel_id, on=on).exclude(state=MeetingState.CANCELLED)
    if taken.exists():
        raise Refusal(f"{meeting.panel} meets on {say(on)} already.", "on")
    meeting.moved_from, meeting.on = meeting.on, on


def _check_parts(meeting: Meeting, start: datetime.time | None, end: datetime.time | None) -> None:
    for row in meeting.attendance.filter(part_from__isnull=False):
        assert row.part_from is not None
        assert row.part_to is not None  # both are set, or neither (a constraint)
        if (start and row.part_from < start) or (end and row.part_to > end):
            raise Refusal(f"{row.name} attended from {row.part_from:%H:%M} to {row.part_to:%H:%M}.", "start")


def cancel_meeting(*, meeting: Meeting, version: int, why: str, by: User | None, at: datetime.datetime) -> Meeting:
    """Cancel a planned meeting, with a reason. Raises Refusal if it was held, cancelled or withdrawn; Stale."""
    with verb("cancel_meeting", by=by, at=at, reason=why.strip(), subject=meeting) as act:
        meeting = _open(meeting, version)
        if meeting.state == MeetingState.HELD:
            raise Refusal(
                "Its attendance is recorded, so it was held. Withdraw the attendance first.", code="attendance-recorded"
            )
        if not why.strip():
            raise Refusal("Say why the meeting is cancelled.", "why", code="no-reason")
        meeting.state, meeting.cancelled_why = MeetingState.CANCELLED, why.strip()
        return act.save(meeting)


def withdraw_meeting(*, meeting: Meeting, version: int, reason: str, by: User | None, at: datetime.datetime) -> Meeting:
    """Withdraw a meeting recorded by mistake. Raises Refusal as `cancel_meeting`, or without a reason; Stale."""
    with verb("withdraw_meeting", by=by, at=at, reason=reason.strip(), subject=meeting) as act:
        meeting = _lock_meeting(meeting, version)
        if meeting.state == MeetingState.HELD:
            raise Refusal("Its attendance is recorded. Withdraw the attendance first.", code="attendance-recorded")
        return mark_withdrawn(act, meeting, needs="Say why the meeting is withdrawn.")


def _open(meeting: Meeting, version: int) -> Meeting:
    """Return the meeting, locked with its panel, if its version is current. Raises Refusal if it is cancelled."""
    meeting = _lock_meeting(meeting, version)
    if meeting.state == MeetingState.CANCELLED:
        raise Refusal(CANCELLED)
    return meeting


def _lock_meeting(meeting: Meeting, version: int) -> Meeting:
    lock_row(meeting.panel)
    meeting = Meeting.on_file.select_for_update().get(pk=meeting.pk)
    if meeting.withdrawn_at:
        raise Refusal(WITHDRAWN)
    claim(meeting, version)
    return meeting


def hold(act: VerbContext, meeting: Meeting, version: int, state: MeetingState) -> Meeting:
    """Lock a meeting and save its state, inside the verb that records or withdraws its attendance."""
    meeting = _open(meeting, version)
    meeting.state = state
    return act.save(meeting)


def why_not_recorded(meeting: Meeting, today: datetime.date) -> str:
    """Return the reason why attendance cannot be recorded on a London day, or ""."""
    if meeting.on > today:
        return f"This meeting is on {say(meeting.on)}. Record who came on that day or later."
    return why_fixed(meeting)


def why_fixed(meeting: Meeting) -> str:
    """Return the reason why a meeting can no longer be changed, or ""."""
    if meeting.withdrawn_at:
        return WITHDRAWN
    return CANCELLED if meeting.state == MeetingState.CANCELLED else ""
