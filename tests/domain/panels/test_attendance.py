"""Attendance of a meeting: recorded at once, replaced, refused row by row, withdrawn."""

import datetime
import re
from dataclasses import replace

import pytest
from django.db import models

from recommendations.domain.audit import verification
from recommendations.domain.panels import attendance, meetings, panels
from recommendations.domain.panels.attendance import AttendanceEntry, RowsRefused, member_entry
from recommendations.domain.panels.attendance_matching import Members
from recommendations.domain.panels.meeting_files import attach_file
from recommendations.domain.panels.queries import meeting_rows
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.models import Attendance, Meeting, MeetingFile, Panel, PanelMember
from tests.conftest import AT, TODAY
from tests.domain.constraints import written
from tests.makers.panels import HELD_ON, SINCE, make_channel, make_meeting, make_member, record
from tests.per_module import per_module
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)
QUARTER_PAST, HALF_PAST = datetime.time(10, 15), datetime.time(10, 30)


@per_module
def panel(westmarch):
    return make_channel(westmarch)


@per_module
def chair(panel):
    return make_member(panel, "Siân O’Neill")


@per_module
def police(panel):
    return make_member(panel, "José D’Arcy", of_force=True, rank="Superintendent", decision_maker=True)


@per_module
def meeting(panel):
    return make_meeting(panel)


def standing(meeting) -> list[tuple]:
    return list(Attendance.objects.filter(meeting=meeting).values_list("name", "how"))


def stand_in(police, **facts) -> AttendanceEntry:
    facts = {"name": "Lee Watts", "body": "Westmarch Police", "role": "Inspector", "of_force": True} | facts
    return AttendanceEntry(how="substitute", substitute_for=police, **facts)


def test_the_whole_meeting_is_recorded_at_once(meeting, chair, police, officer):
    part = member_entry(chair, "part", part_from=QUARTER_PAST, part_to=HALF_PAST)
    done = record(meeting, part, member_entry(police, "apologies"), stand_in(police), by=officer)
    assert done.state == "held"
    assert standing(meeting) == [("Siân O’Neill", "part"), ("José D’Arcy", "apologies"), ("Lee Watts", "substitute")]
    (row,) = meeting_rows([meeting.panel_id])[meeting.panel_id]
    assert (row.represented, row.by_decision_maker) == (True, False)


def test_what_is_recorded_again_takes_the_place_of_what_was(meeting, chair, police):
    record(meeting, member_entry(chair, "present"), member_entry(police, "absent"), stand_in(police))
    first = {row.name: row.pk for row in Attendance.objects.all()}
    record(meeting, member_entry(chair, "present"), member_entry(police, "present"), at=AT + DAY)
    assert standing(meeting) == [("Siân O’Neill", "present"), ("José D’Arcy", "present")]
    assert {row.name: row.pk for row in Attendance.objects.all()} == {
        name: first[name] for name in ("Siân O’Neill", "José D’Arcy")
    }
    gone = Attendance.on_file.get(withdrawn_at__isnull=False)
    assert (gone.name, gone.withdrawn_why) == ("Lee Watts", attendance.TAKEN_OUT)
    history = Attendance.history.filter(id=first["José D’Arcy"]).order_by("history_id")
    assert list(history.values_list("how", flat=True)) == ["absent", "present"]
    assert Attendance.objects.get(name="Siân O’Neill").recorded_at == AT
    assert verification.verify() == []


def facts_of(refused: RowsRefused) -> list[tuple[int, str | None, str]]:
    """The position of each row that was refused, its field and the code."""
    return [(place, each.field, each.code) for place, each in refused.rows.items()]


def test_a_withdrawn_member_is_no_member_and_what_was_recorded_stays(meeting, chair, police):
    record(meeting, member_entry(chair, "present"), member_entry(police, "present"))
    panels.withdraw_member(member=police, reason="Added twice.", by=None, at=AT)
    assert standing(meeting) == [("Siân O’Neill", "present"), ("José D’Arcy", "present")]
    (row,) = meeting_rows([meeting.panel_id])[meeting.panel_id]
    assert (row.represented, row.by_decision_maker) == (True, True)
    police.refresh_from_db()
    with pytest.raises(RowsRefused) as refused:
        record(meeting, member_entry(police, "present"), stand_in(police))
    assert facts_of(refused.value) == [(0, "name", "not-a-member"), (1, "substitute_for", "not-a-member")]
    assert Members(meeting).of_day == [chair]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name": " "}, "name", "required"),
        ({"body": ""}, "body", "required"),
        ({"name": "JOSE\u0301 D'ARCY"}, "name", "twice"),
        ({"decision_maker": True, "role": ""}, "role", "required"),
        ({"rank": "x" * 61}, "rank", "too-long"),
        ({"how": ""}, "how", "required"),
        ({"how": "part"}, "part_from", "required"),
        ({"how": "part", "part_from": HALF_PAST}, "part_to", "required"),
        ({"how": "part", "part_from": HALF_PAST, "part_to": QUARTER_PAST}, "part_to", "ends-before-start"),
        (
            {"how": "part", "part_from": datetime.time(9), "part_to": HALF_PAST},
            "part_from",
            "before-start",
        ),
        (
            {"how": "part", "part_from": HALF_PAST, "part_to": datetime.time(13)},
            "part_to",
            "after-end",
        ),
        ({"how": "substitute"}, "substitute_for", "required"),
    ],
)
def test_a_row_that_cannot_be(meeting, police, change, field, code):
    guest = replace(AttendanceEntry(name="Lee Watts", body="Westmarch Police", how="present"), **change)
    with pytest.raises(RowsRefused) as refused:
        record(meeting, member_entry(police, "absent"), guest)
    assert (1, field, code) in facts_of(refused.value)
    assert standing(meeting) == []


def test_every_row_that_is_wrong_is_told_at_once(meeting, chair, police):
    with pytest.raises(RowsRefused) as refused:
        record(meeting, member_entry(chair, ""), member_entry(police, "present"), stand_in(police))
    assert facts_of(refused.value) == [(0, "how", "required"), (2, "substitute_for", "present")]
    assert [name in refused.value.rows[2].message for name in ("José D’Arcy", "Lee Watts")] == [True, True]


def test_two_do_not_come_for_one(meeting, police):
    with refusal("twice", RowsRefused, naming="José D’Arcy"):
        record(meeting, stand_in(police), stand_in(police, name="Bo Ek"))


def test_a_member_whose_term_does_not_run_is_no_member(panel, meeting, eastvale):
    gone = make_member(panel, "Ada Gone", until=HELD_ON - DAY)
    later = make_member(panel, "Bea Later", since=HELD_ON + DAY)
    other = make_member(make_channel(eastvale, "Other"), "Cy Other")
    with pytest.raises(RowsRefused) as refused:
        record(meeting, *(member_entry(each, "present") for each in (gone, later, other)))
    named = ("Ada Gone’s term ended on 12 October 2026", "Bea Later’s term begins on 14 October 2026", "Cy Other ")
    assert facts_of(refused.value) == [(place, "name", "not-a-member") for place in range(3)]
    assert [words in refused.value.rows[place].message for place, words in enumerate(named)] == [True] * 3


def test_a_meeting_to_come_or_cancelled_has_no_attendance(panel, chair):
    ahead = make_meeting(panel, TODAY + DAY)
    with refusal("cannot-be-recorded", naming="8 November 2026"):
        record(ahead, member_entry(chair, "present"))
    meetings.cancel_meeting(meeting=ahead, version=1, why="Ill.", by=None, at=AT)
    with pytest.raises(Refusal, match=re.escape(meetings.CANCELLED)):
        record(ahead, member_entry(chair, "present"), at=AT + 2 * DAY)


def test_a_meeting_without_anybody_is_refused(meeting):
    with refusal("required"):
        record(meeting)


def test_two_who_record_one_meeting_do_not_overwrite_each_other(meeting, chair):
    record(meeting, member_entry(chair, "present"))
    with pytest.raises(Stale):
        attendance.record_attendance(
            meeting=meeting, version=1, entries=[member_entry(chair, "absent")], by=None, at=AT
        )
    assert standing(meeting) == [("Siân O’Neill", "present")]


def test_attendance_is_withdrawn_with_a_reason(meeting, chair, officer):
    done = record(meeting, member_entry(chair, "present"))
    about = {"meeting": meeting, "version": done.version, "by": officer, "at": AT}
    with refusal("no-reason"):
        attendance.withdraw_attendance(reason=" ", **about)
    again = attendance.withdraw_attendance(reason="Of another meeting.", **about)
    assert (again.state, standing(meeting), Attendance.on_file.count()) == ("planned", [], 1)
    with refusal("no-attendance"):
        attendance.withdraw_attendance(reason="x", **about | {"version": again.version})


# Constraint → the model, and what its rows are changed to.
REFUSED = {
    "panel_frequency_known": (Panel, {"frequency": "daily"}),
    "panel_replaced_has_ended": (Panel, {"replaced_by": models.F("id")}),
    "panel_public_says_when": (Panel, {"public": True}),
    "panel_dates_in_order": (Panel, {"since": TODAY, "until": SINCE}),
    "panelmember_decision_maker_has_a_role": (PanelMember, {"decision_maker": True, "role": ""}),
    "panelmember_has_name_and_body": (PanelMember, {"body": ""}),
    "panelmember_dates_in_order": (PanelMember, {"until": SINCE - DAY}),
    "panelmember_withdrawn_says_why": (PanelMember, {"withdrawn_at": AT}),
    "meeting_times_in_order": (Meeting, {"end": datetime.time(9)}),
    "meeting_cancelled_says_why": (Meeting, {"state": "cancelled"}),
    "meeting_state_known": (Meeting, {"state": "maybe"}),
    "meeting_moved_from_another_day": (Meeting, {"moved_from": models.F("on")}),
    "meeting_withdrawn_says_why": (Meeting, {"withdrawn_at": AT}),
    "meetingfile_kind_known": (MeetingFile, {"kind": "lunch"}),
    "meetingfile_withdrawn_says_why": (MeetingFile, {"withdrawn_at": AT}),
    "attendance_decision_maker_has_a_role": (Attendance, {"decision_maker": True, "role": ""}),
    "attendance_has_name_and_body": (Attendance, {"name": ""}),
    "attendance_how_known": (Attendance, {"how": "maybe"}),
    "attendance_substitute_names_whom": (Attendance, {"how": "substitute"}),
    "attendance_not_for_themselves": (Attendance, {"how": "substitute", "substitute_for": models.F("member")}),
    "attendance_part_has_times": (Attendance, {"how": "part", "part_from": HALF_PAST, "part_to": QUARTER_PAST}),
    "attendance_withdrawn_says_why": (Attendance, {"withdrawn_at": AT}),
}
TWICE = {
    "meeting_once_a_day": (Meeting, {"on": HELD_ON}, ("panel_id", "on")),
    "attendance_person_once": (Attendance, {"name_key": "x"}, ("meeting_id", "name_key")),
    "attendance_member_once": (Attendance, {"member_id": 1}, ("meeting_id", "member_id")),
}


@per_module
def everything(panel, meeting, chair, police):
    """One of each; of the meetings two."""
    record(meeting, member_entry(chair, "present"), member_entry(police, "absent"))
    make_meeting(panel, HELD_ON + DAY)
    attach_file(meeting=meeting, kind="minutes", name="m.txt", content=b"x", by=None, at=AT)
    return chair


@pytest.mark.on_postgresql
def test_each_constraint_holds(everything):
    told = {name: written(model, values) for name, (model, values) in REFUSED.items()}
    assert [name for name, said in told.items() if name not in said] == []


@pytest.mark.on_postgresql
@pytest.mark.parametrize("name", TWICE)
def test_nothing_stands_twice(everything, name):
    model, values, columns = TWICE[name]
    values = {"member_id": everything.pk} if "member_id" in values else values
    said = written(model, values)
    assert name in said or all(f"{model._meta.db_table}.{each}" in said for each in columns)
