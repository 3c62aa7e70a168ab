"""Attendance at a meeting: recorded and corrected for the whole meeting at once, withdrawn with a reason.

It covers only the people at the meeting, never anybody who is discussed there.
"""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from recommendations.domain.panels.meetings import check_panel_on, hold, why_not_recorded
from recommendations.domain.writing.input_checks import longest
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import MeetingState, Presence
from recommendations.models import Attendance, Meeting, PanelMember, User
from recommendations.models.panels.panels import person_key
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext, verb

FACTS = ("name", "body", "role", "rank", "decision_maker", "of_force")
KEPT = (*FACTS, "how", "part_from", "part_to", "member_id", "substitute_for_id")
TAKEN_OUT = "Removed from the attendance."
THERE = (Presence.PRESENT, Presence.REMOTE)


@dataclass(frozen=True, kw_only=True)
class AttendanceEntry:
    """How one person attended. Rank, role and decision maker describe the person who actually came.

    `member` is the member whose row this is; `substitute_for` is the member whom this person replaced.
    """

    name: str
    body: str
    how: str
    role: str = ""
    rank: str = ""
    decision_maker: bool = False
    of_force: bool = False
    part_from: datetime.time | None = None
    part_to: datetime.time | None = None
    member: PanelMember | None = None
    substitute_for: PanelMember | None = None

    @property
    def member_id(self) -> int | None:
        return self.member.pk if self.member else None

    @property
    def substitute_for_id(self) -> int | None:
        return self.substitute_for.pk if self.substitute_for else None

    @property
    def key(self) -> str:
        return person_key(self.name)


def member_entry(member: PanelMember, how: str, **facts: Any) -> AttendanceEntry:
    """Return a member's entry, with the member's details."""
    return AttendanceEntry(member=member, how=how, **{name: getattr(member, name) for name in FACTS} | facts)


class RowsRefused(Refusal):
    """Some rows are invalid: `rows` has each one's refusal, by its position in the list.

    Message and code are those of the first.
    """

    def __init__(self, rows: dict[int, Refusal]) -> None:
        first = next(iter(rows.values()))
        super().__init__(first.message, code=first.code)
        self.rows = rows


def record_attendance(
    *, meeting: Meeting, version: int, entries: list[AttendanceEntry], by: User | None, at: datetime.datetime
) -> Meeting:
    """Record who attended a meeting, replacing earlier attendance. The meeting then counts as held.

    Raises RowsRefused with what is wrong in each row; Refusal if the meeting is in the future, cancelled or withdrawn,
    or nobody is listed; Stale if someone else has changed the meeting or its attendance since.
    """
    with verb("record_attendance", by=by, at=at, subject=meeting) as act:
        meeting = hold(act, meeting, version, MeetingState.HELD)
        if why_not := why_not_recorded(meeting, london_day(at)):
            raise Refusal(why_not, code="cannot-be-recorded")
        check_panel_on(meeting.panel, meeting.on, "")
        if not entries:
            raise Refusal("Record at least one person.", code="required")
        if wrong := wrong_rows(meeting, entries):
            raise RowsRefused(wrong)
        _replace(act, meeting, entries)
    return meeting


def _replace(act: VerbContext, meeting: Meeting, entries: list[AttendanceEntry]) -> None:
    """Save the differences: people who stay keep their row, and those left out are withdrawn."""
    before = list(meeting.attendance.all())
    by_member: dict[int | None, Attendance] = {row.member_id: row for row in before if row.member_id}
    by_name = {row.name_key: row for row in before}
    rows = [by_member.get(entry.member_id) or by_name.get(entry.key) for entry in entries]
    for row in before:
        if row not in rows:
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = act.at, act.by, TAKEN_OUT
            act.save(row)
    for entry, found in zip(entries, rows, strict=True):
        said = {name: _trim(getattr(entry, name)) for name in KEPT}
        if found is not None and all(getattr(found, name) == value for name, value in said.items()):
            continue
        row = Attendance(meeting=meeting) if found is None else found
        row.recorded_at, row.recorded_by = act.at, act.by
        for name, value in said.items():
            setattr(row, name, value)
        act.save(row)


def _trim(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def wrong_rows(meeting: Meeting, entries: list[AttendanceEntry]) -> dict[int, Refusal]:
    """Return the invalid rows, with one refusal each, by their position in the list."""
    names, stood_for = Counter(each.key for each in entries), Counter(each.substitute_for_id for each in entries)
    came = {each.member_id: each for each in entries if each.member and each.how in THERE}
    wrong = {}
    for place, entry in enumerate(entries):
        found = _wrong_person(meeting, entry, names) or _wrong_way(meeting, entry, stood_for, came)
        if found:
            wrong[place] = found
    return wrong


def _wrong_person(meeting: Meeting, entry: AttendanceEntry, names: Counter) -> Refusal | None:
    if not entry.key:
        return Refusal("Enter the name.", "name", code="required")
    if not entry.body.strip():
        return Refusal(f"Say whom {entry.name} represents.", "body", code="required")
    if names[entry.key] > 1:
        message = f"{entry.name} is in the list twice. If these are two people, tell them apart by name."
        return Refusal(message, "name", code="twice")
    for field in ("name", "body", "role", "rank"):
        most = longest(Attendance, field)
        if len(getattr(entry, field)) > most:
            return Refusal(f"This is too long: {most} characters at most.", field, code="too-long")
    if entry.decision_maker and not entry.role.strip():
        return Refusal("A decision maker needs a role.", "role", code="required")
    if entry.member and (why := why_no_member(entry.member, meeting)):
        return Refusal(why, "name", code="not-a-member")
    return None


def why_no_member(member: PanelMember, meeting: Meeting) -> str:
    """Return the reason why somebody is not a member of the panel on the meeting's day, or ""."""
    if member.panel_id != meeting.panel_id or member.withdrawn_at:
        return f"{member.name} is not a member of this panel."
    if member.until and member.until < meeting.on:
        return f"{member.name}’s term ended on {say(member.until)}. Add them as a person if they came."
    if member.since > meeting.on:
        return f"{member.name}’s term begins on {say(member.since)}. Add them as a person if they came."
    return ""


def _wrong_way(meeting: Meeting, entry: AttendanceEntry, stood_for: Counter, came: dict) -> Refusal | None:
    if entry.how not in Presence.values:
        return Refusal(f"Choose how {entry.name} attended.", "how", code="required")
    if entry.how == Presence.PART:
        return _wrong_part(meeting, entry)
    if entry.how == Presence.SUBSTITUTE:
        return _wrong_substitute(meeting, entry, stood_for, came)
    if entry.substitute_for:
        message = f"Choose “Substitute” for {entry.name}, or remove the person they came for."
        return Refusal(message, "how", code="contradiction")
    return None


def _wrong_part(meeting: Meeting, entry: AttendanceEntry) -> Refusal | None:
    first, last = entry.part_from, entry.part_to
    if first is None or last is None:
        field = "part_from" if first is None else "part_to"
        return Refusal(f"Enter from when to when {entry.name} was there.", field, code="required")
    if last <= first:
        return Refusal(f"{last:%H:%M} is not after {first:%H:%M}.", "part_to", code="ends-before-start")
    if meeting.start and first < meeting.start:
        return Refusal(f"The meeting started at {meeting.start:%H:%M}.", "part_from", code="before-start")
    if meeting.end and last > meeting.end:
        return Refusal(f"The meeting ended at {meeting.end:%H:%M}.", "part_to", code="after-end")
    return None


def _wrong_substitute(meeting: Meeting, entry: AttendanceEntry, stood_for: Counter, came: dict) -> Refusal | None:
    whom = entry.substitute_for
    if whom is None:
        return Refusal(f"Say who {entry.name} came for.", "substitute_for", code="required")
    if why := why_no_member(whom, meeting):
        return Refusal(why, "substitute_for", code="not-a-member")
    if whom.name_key == entry.key:
        return Refusal("A person cannot be their own substitute.", "substitute_for", code="same-person")
    if stood_for[whom.pk] > 1:
        message = f"Two people are recorded for {whom.name}. Record one as an observer."
        return Refusal(message, "substitute_for", code="twice")
    if whom.pk in came:
        message = f"{whom.name} is recorded as there. Record {entry.name} as an observer."
        return Refusal(message, "substitute_for", code="present")
    return None


def withdraw_attendance(
    *, meeting: Meeting, version: int, reason: str, by: User | None, at: datetime.datetime
) -> Meeting:
    """Withdraw a meeting's attendance, with a reason. It stays on record, and the meeting is planned again.

    Raises Refusal if none is recorded or there is no reason; Stale if someone else has changed it since.
    """
    with verb("withdraw_attendance", by=by, at=at, reason=reason.strip(), subject=meeting) as act:
        rows = list(meeting.attendance.all())
        meeting = hold(act, meeting, version, MeetingState.PLANNED)
        if not rows:
            raise Refusal("No attendance is recorded for this meeting.", code="no-attendance")
        if not reason.strip():
            raise Refusal("Say why the attendance is withdrawn.", "reason", code="no-reason")
        for row in rows:
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = at, by, reason.strip()
            act.save(row)
    return meeting
