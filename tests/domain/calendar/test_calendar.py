"""What stands in a person's calendar: one entry for each kind, what is past its day, and nothing of another force."""

import datetime
from collections import Counter

import pytest

from recommendations.domain.calendar.calendar import ahead_and_late, entries_for, kinds_for
from recommendations.domain.calendar.entries import CalendarSpan
from recommendations.domain.calendar.sources import CHECK, COMMENTS, COMMITMENT, INSPECTION, RESPONSE, ROUND
from recommendations.domain.calendar.sources_meetings import MEETING, PAPER, REQUEST, TERM
from recommendations.domain.panels import meetings
from recommendations.models import Meeting, Panel
from recommendations.sections import reading_once
from tests.conftest import AT, TODAY
from tests.makers.calendar import DAY, SECRET, of_committees, of_meetings, of_responses, of_the_force
from tests.makers.committees import make_panel, make_request
from tests.makers.factual_checks import seat_on
from tests.makers.panels import HELD_ON, make_channel, make_meeting
from tests.per_module import per_module

YEAR = CalendarSpan(TODAY, TODAY + datetime.timedelta(days=366), TODAY)


@per_module
def world(westmarch, body, officer, approver):
    """One of each kind, all on one day."""
    build(westmarch, body, officer, approver)


def build(force, body, officer, approver, number=""):
    of_meetings(force, number)
    of_responses(force, body, officer, number)
    of_the_force(force, number)
    of_committees(force, approver, number)


def kinds(found) -> Counter:
    return Counter(each.kind for each in found)


@pytest.mark.on_postgresql
def test_the_office_sees_one_of_each_kind_on_its_day(world, officer):
    found = [each for each in entries_for(officer, YEAR) if each.day == DAY]
    assert [(each.kind, each.words, each.note) for each in found] == [
        (CHECK, "Factual check of a paper: Westmarch", ""),
        (COMMENTS, "Chief officer’s comments: Westmarch", ""),
        (COMMITMENT, "Commitment to check: We will watch the bells each quarter.", ""),
        (INSPECTION, "Inspection expected: zqsecret visit, Westmarch", "27 November 2026"),
        (PAPER, "Draft of a paper for a committee", "Westmarch Police"),
        (PAPER, "Paper to Audit committee Westmarch, item 7", "Westmarch Police"),
        (REQUEST, "Answer to a request: Audit committee Westmarch, 26/1", ""),
        (RESPONSE, "Stated last day to respond: Bells in Westmarch", ""),
        (ROUND, "Update round ends: zqsecret round, Westmarch", ""),
        (TERM, "Term ends: zqsecret Name, Westmarch Channel panel", ""),
        (MEETING, "Meeting: Westmarch Channel panel", "10:00 to 12:00, zqsecret Guildhall"),
    ]


def test_what_leaves_in_a_feed_holds_no_text_of_a_record(world, officer):
    found = entries_for(officer, YEAR)
    assert [each.outside for each in found if SECRET in each.outside or "bells" in each.outside] == []
    assert {each.outside for each in found if each.kind == INSPECTION} == {"Inspection expected: Westmarch"}


def test_a_force_sees_its_own_and_nothing_that_is_the_offices(world, force_lead, other_force_lead):
    found = [each for each in entries_for(force_lead, YEAR) if each.day == DAY]
    own = (CHECK, COMMENTS, INSPECTION, MEETING, PAPER, ROUND)
    assert kinds(found) == Counter(own)
    assert entries_for(other_force_lead, YEAR) == []


def test_a_committee_member_sees_papers_that_were_issued_and_nothing_else(world, member, administrator):
    assert entries_for(member, YEAR) == []
    seat_on(member, Panel.objects.get(name="Audit committee Westmarch"))
    found = entries_for(member, YEAR)
    assert [each.words for each in found] == ["Paper to Audit committee Westmarch, item 7"]
    assert (kinds_for(member), kinds_for(administrator)) == ([PAPER], [])


def test_what_is_past_its_day_stands_first_and_says_how_late_it_is(world, officer):
    later = DAY + datetime.timedelta(days=3)
    found = [each for each in ahead_and_late(officer, later, 28) if each.day == DAY]
    assert [(each.kind, each.note) for each in found] == [
        (CHECK, "3 days late"),
        (COMMENTS, "3 days late"),
        (COMMITMENT, "3 days late"),
        (INSPECTION, "this time has passed"),
        (PAPER, "meeting has passed"),
        (REQUEST, "3 days late"),
        (RESPONSE, "3 days late"),
        (ROUND, "3 days late"),
        (MEETING, "attendance not recorded"),
    ]
    assert {each.is_late for each in found} == {True}


def test_what_comes_after_the_span_is_left_out(world, officer):
    found = ahead_and_late(officer, TODAY, 19)
    assert [each.words for each in found if each.day == DAY] == []
    assert len([each for each in ahead_and_late(officer, TODAY, 20) if each.day == DAY]) == 11


def test_a_kind_and_a_force_narrow_it(world, officer, westmarch, eastvale):
    one = ahead_and_late(officer, TODAY, 28, kind=MEETING, force_id=westmarch.pk)
    assert [each.words for each in one] == ["Meeting: Westmarch Channel panel"]
    assert ahead_and_late(officer, TODAY, 28, kind=MEETING, force_id=eastvale.pk) == []


@pytest.mark.on_postgresql
def test_what_is_about_no_force_by_name_is_shown_for_each(officer, westmarch, eastvale):
    make_request(make_panel())
    for force in (westmarch, eastvale):
        assert [each.kind for each in ahead_and_late(officer, TODAY, 28, force_id=force.pk)] == [REQUEST]


def test_a_cancelled_meeting_says_so_and_a_past_one_is_no_ones_work_but_the_offices(officer, force_lead, westmarch):
    panel = make_channel(westmarch)
    make_meeting(panel, HELD_ON)
    meeting = make_meeting(panel, DAY)
    meetings.cancel_meeting(meeting=meeting, version=meeting.version, why="Snow.", by=officer, at=AT)
    assert [(each.day, each.note) for each in ahead_and_late(officer, TODAY, 28)] == [
        (HELD_ON, "attendance not recorded"),
        (DAY, "cancelled"),
    ]
    assert [(each.day, each.note) for each in ahead_and_late(force_lead, TODAY, 28)] == [(DAY, "cancelled")]
    assert Meeting.objects.count() == 2


def test_it_costs_the_same_queries_for_one_as_for_two(westmarch, body, officer, approver, django_assert_num_queries):
    for number in (1, 2):
        build(westmarch, body, officer, approver, str(number))
        with reading_once(), django_assert_num_queries(24):
            found = ahead_and_late(officer, TODAY, 28)
        assert kinds(each for each in found if each.day == DAY)[MEETING] == number
