"""Meetings: planned, moved, cancelled, withdrawn; and the members of a panel."""

import datetime
import re

import pytest
from django.db import connection

from recommendations.domain.panels import meetings
from recommendations.domain.panels.meeting_files import attach_file, withdraw_meeting_file
from recommendations.domain.panels.panels import show_panel, withdraw_member
from recommendations.domain.people import records
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.enums import PanelKind
from recommendations.models import Meeting, MeetingFile, Panel, PanelMember
from recommendations.models.panels.panels import person_key
from tests.conftest import AT
from tests.domain.constraints import written
from tests.makers.committees import make_request
from tests.makers.panels import END, HELD_ON, SINCE, START, held, make_channel, make_meeting, make_member
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)


@per_module
def panel(westmarch):
    return make_channel(westmarch, since=SINCE)


def refusal(act, **facts) -> tuple:
    with pytest.raises(Refusal) as refused:
        act(by=None, at=AT, **facts)
    return refused.value.field, refused.value.code


def changed(meeting: Meeting, **facts) -> Meeting:
    same = {name: getattr(meeting, name) for name in ("on", "start", "end", "place", "note", "version")}
    return meetings.change_meeting(meeting=meeting, by=None, at=AT, **same | facts)


def test_a_series_is_planned_at_once(panel, officer):
    days = [HELD_ON + 28 * DAY, HELD_ON]
    meetings.plan_meetings(panel=panel, days=days, start=START, end=END, place=" Guildhall ", by=officer, at=AT)
    assert list(Meeting.objects.order_by("on").values_list("on", "place", "state", "recorded_by")) == [
        (HELD_ON, "Guildhall", "planned", officer.pk),
        (HELD_ON + 28 * DAY, "Guildhall", "planned", officer.pk),
    ]


@pytest.mark.parametrize(
    ("facts", "field", "message"),
    [
        ({"days": []}, "days", "required"),
        ({"days": [HELD_ON, HELD_ON]}, "days", "twice"),
        ({"days": [SINCE - DAY]}, "days", "before-start"),
        ({"end": START, "start": END}, "end", "ends-before-start"),
        ({"end": END}, "start", "required"),
        ({"place": "x" * 201}, "place", "too-long"),
        ({"days": [HELD_ON + DAY]}, "days", "planned-already"),
    ],
)
def test_what_cannot_be_planned(panel, facts, field, message):
    make_meeting(panel, HELD_ON + DAY)
    asked = {"panel": panel, "days": [HELD_ON]} | facts
    assert refusal(meetings.plan_meetings, **asked) == (field, message)
    assert Meeting.objects.count() == 1


def test_a_meeting_moves_with_a_reason_and_keeps_the_day_it_had(panel):
    meeting = make_meeting(panel)
    with pytest.raises(Refusal) as refused:
        changed(meeting, on=HELD_ON + DAY)
    assert (refused.value.field, refused.value.code) == ("reason", "no-reason")
    moved = changed(meeting, on=HELD_ON + DAY, reason="The chair is ill.")
    assert (moved.on, moved.moved_from) == (HELD_ON + DAY, HELD_ON)
    with pytest.raises(Stale):
        changed(meeting, place="Elsewhere")


def test_a_meeting_that_was_held_or_cancelled_stays_on_its_day(panel):
    make_member(panel, of_force=True)
    meeting = held(panel, HELD_ON)
    meeting.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        changed(meeting, on=HELD_ON + DAY, reason="Ill.")
    assert refused.value.code == "attendance-recorded"
    about = {"meeting": meeting, "version": meeting.version}
    assert refusal(meetings.cancel_meeting, why="Ill.", **about)[1] == "attendance-recorded"
    assert refusal(meetings.withdraw_meeting, reason="Ill.", **about)[1] == "attendance-recorded"


def test_a_meeting_is_cancelled_with_a_reason_and_another_takes_its_day(panel):
    meeting = make_meeting(panel)
    assert refusal(meetings.cancel_meeting, meeting=meeting, version=1, why=" ") == (
        "why",
        "no-reason",
    )
    cancelled = meetings.cancel_meeting(meeting=meeting, version=1, why="No case.", by=None, at=AT)
    assert (cancelled.state, cancelled.cancelled_why) == ("cancelled", "No case.")
    with pytest.raises(Refusal, match=re.escape(meetings.CANCELLED)):
        changed(cancelled, place="Elsewhere")
    assert make_meeting(panel).pk != meeting.pk


def test_a_meeting_that_was_recorded_by_mistake_is_withdrawn(panel):
    meeting = make_meeting(panel)
    assert refusal(meetings.withdraw_meeting, meeting=meeting, version=1, reason="")[0] == "reason"
    meetings.withdraw_meeting(meeting=meeting, version=1, reason="Wrong panel.", by=None, at=AT)
    assert (Meeting.objects.count(), Meeting.on_file.count()) == (0, 1)
    with pytest.raises(Refusal, match=re.escape(meetings.WITHDRAWN)):
        changed(meeting)


def test_terms_of_one_person_do_not_overlap(panel):
    make_member(panel, "Siân O’Neill", until=HELD_ON)
    again = {"panel": panel, "body": "Aldford Council", "role": "Head", "since": HELD_ON}
    spelled = PanelMember(name="sia\u0302n  o'neill", **again)
    assert refusal(records.keep, record=spelled) == (
        "since",
        "overlap",
    )
    make_member(panel, "Siân O’Neill", since=HELD_ON + DAY)
    assert (
        refusal(records.keep, record=PanelMember(name="Siân O’Neill", **again | {"since": HELD_ON + 2 * DAY}))[1]
        == "overlap"
    )
    make_member(panel, "Sian O’Neill")  # without the accent it is somebody else
    assert PanelMember.objects.count() == 3


@pytest.mark.on_postgresql
def test_what_the_database_says_to_terms_that_overlap(panel):
    make_member(panel, until=HELD_ON)
    later = make_member(panel, since=HELD_ON + DAY)
    said = "panelmember_terms_apart" if connection.vendor == "postgresql" else ""
    assert said in written(PanelMember, {"since": HELD_ON, "until": None})
    withdraw_member(member=later, reason="Added twice.", by=None, at=AT)
    assert written(PanelMember, {"since": HELD_ON, "until": None}) == ""


def test_a_member_who_was_added_by_mistake_is_withdrawn_and_their_days_are_free(panel, administrator):
    member = make_member(panel)
    assert refusal(withdraw_member, member=member, reason=" ") == ("reason", "no-reason")
    gone = withdraw_member(member=member, reason=" Added twice. ", by=administrator, at=AT)
    assert (gone.withdrawn_at, gone.withdrawn_by, gone.withdrawn_why) == (AT, administrator, "Added twice.")
    assert refusal(withdraw_member, member=member, reason="x") == (None, "withdrawn")
    assert refusal(records.keep, record=member) == (None, "withdrawn")
    again = make_member(panel)
    assert (list(panel.members.all()), PanelMember.on_file.count()) == ([again], 2)


@pytest.mark.parametrize(
    ("facts", "field", "message"),
    [
        ({"decision_maker": True, "role": " "}, "role", "required"),
        ({"until": SINCE - DAY}, "until", "ends-before-start"),
        (
            {"since": SINCE - DAY},
            "since",
            "before-start",
        ),
    ],
)
def test_a_member_that_cannot_be(panel, facts, field, message):
    given = {"name": "A B", "body": "Council", "role": "Head", "since": SINCE} | facts
    assert refusal(records.keep, record=PanelMember(panel=panel, **given)) == (field, message)


def test_a_panel_that_cannot_be(panel):
    assert refusal(records.keep, record=Panel(name="No force", kind=PanelKind.CHANNEL)) == (
        "force",
        "required",
    )
    make_meeting(panel)
    panel.until = HELD_ON - DAY
    assert refusal(records.keep, record=panel) == (
        "until",
        "later-on-record",
    )


def test_a_panel_is_marked_as_public_and_that_is_taken_back(panel, approver):
    shown = show_panel(panel=panel, public=True, reason="It meets in public.", by=approver, at=AT)
    assert (shown.public, shown.public_by, list(Panel.objects.for_the_public())) == (True, approver, [panel])
    assert refusal(show_panel, panel=panel, public=True, reason="x") == (None, "public-already")
    show_panel(panel=panel, public=False, reason="No longer.", by=approver, at=AT)
    assert list(Panel.objects.for_the_public()) == []


def test_minutes_are_kept_as_they_came(panel, officer):
    meeting = make_meeting(panel)
    given = {"meeting": meeting, "kind": "minutes", "name": "minutes.pdf", "content": b"%PDF-1.7"}
    kept = attach_file(by=officer, at=AT, **given)
    assert (bytes(kept.file.content), kept.file.media_type) == (b"%PDF-1.7", "application/pdf")
    for other, field, message in (
        ({}, "document", "attached-already"),
        ({"content": b""}, "document", "empty-file"),
        ({"name": "m.exe"}, "document", "wrong-format"),
    ):
        assert refusal(attach_file, **given | other) == (field, message)
    assert refusal(withdraw_meeting_file, file=kept, reason="") == ("reason", "no-reason")
    withdraw_meeting_file(file=kept, reason="Of another meeting.", by=officer, at=AT)
    assert (MeetingFile.objects.count(), MeetingFile.on_file.count()) == (0, 1)


def test_a_request_belongs_to_the_meeting_of_its_day(panel):
    meeting = make_meeting(panel)
    assert make_request(panel, "26/1", asked_on=HELD_ON).meeting == meeting
    assert make_request(panel, "26/2").meeting is None


@pytest.mark.parametrize("spelled", ["Siân O’Neill", "SIÂN O'NEILL", " siân   oʼneill", "Sia\u0302n O`Neill"])
def test_a_name_is_known_again(spelled):
    assert person_key(spelled) == "siân o'neill"


def test_who_sees_a_panel_and_its_meetings(
    panel, eastvale, officer, force_lead, other_force_lead, member, administrator
):
    make_member(panel, "Ann Force", of_force=True)
    make_member(panel, "Siân O’Neill")
    held(panel, HELD_ON)
    panels = {panel.pk} | {records.keep(record=Panel(name="Board", kind="accountability"), by=None, at=AT).pk}

    def seen(user) -> tuple:
        meeting = Meeting.objects.visible_to(user)
        rows = [row for each in meeting for row in each.attendance.model.objects.visible_to(user)]
        return (
            {each.pk for each in Panel.objects.visible_to(user)},
            sorted(each.name for each in PanelMember.objects.visible_to(user)),
            len(meeting),
            sorted(row.name for row in rows),
        )

    both = ["Ann Force", "Siân O’Neill"]
    assert seen(officer) == (panels, both, 1, both)
    assert seen(force_lead) == ({panel.pk}, ["Ann Force"], 1, ["Ann Force"])
    assert seen(other_force_lead) == (set(), [], 0, [])
    assert seen(member) == (set(), [], 0, [])
    assert seen(administrator)[:2] == (panels, both)
