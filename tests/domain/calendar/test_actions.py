"""Actions in the calendar: the day of each open one, and no word of it in what leaves."""

import datetime

from recommendations.domain.calendar.calendar import ahead_and_late
from recommendations.domain.calendar.sources_actions import ACTION
from recommendations.enums.actions import ActionVoice
from tests.conftest import TODAY, make_inspection, make_tracked
from tests.makers.actions import make_action
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)


@per_module
def some(tracked, eastvale, officer):
    theirs = make_tracked(make_inspection(eastvale, title="Custody in Eastvale", short_name="E 26"), number="9")
    make_action(tracked, words="Let the contract.", due_on=TODAY - 3 * DAY)
    make_action(tracked, words="Dip-sample.", due_on=TODAY + DAY, voice=ActionVoice.OFFICE, owner=officer.name)
    make_action(theirs, words="Train.", due_on=TODAY + 2 * DAY)
    make_action(tracked, words="Done.", due_on=TODAY, state="done")
    make_action(tracked, words="Next year.", due_on=TODAY + 300 * DAY)


def shown(user) -> list[tuple]:
    found = [each for each in ahead_and_late(user, TODAY, 28) if each.kind == ACTION]
    return [(each.words, each.outside, each.note, each.is_own) for each in found]


def test_the_office_sees_all_with_those_late_first(some, officer):
    # wording: the second words leave this system
    assert shown(officer) == [
        ("Action: Let the contract, Westmarch", "Action to be done: Westmarch", "3 days late", False),
        ("Action: Dip-sample, Westmarch", "Action to be done: Westmarch", "", True),
        ("Action: Train, Eastvale", "Action to be done: Eastvale", "", False),
    ]


def test_a_lead_sees_their_own_forces_and_nobody_else_any(some, force_lead, other_force_lead, member, settings):
    found = {each.name: [words for words, *_ in shown(each)] for each in (force_lead, other_force_lead, member)}
    assert found == {
        force_lead.name: ["Action: Let the contract, Westmarch"],
        other_force_lead.name: ["Action: Train, Eastvale"],
        member.name: [],
    }
    settings.SECTIONS_OFF = ("actions",)
    assert shown(force_lead) == []
