"""Actions where a force ends, or where recommendations go to another: they go along, or stay and say so."""

import datetime

import pytest

from recommendations.domain.actions.actions import update_action, withdraw_row
from recommendations.domain.actions.queries import ActionLine, line_of, lines_on
from recommendations.domain.api.actions import action as action_in_api
from recommendations.domain.audit.verification import verify
from recommendations.domain.register.transfers import transfer
from recommendations.domain.search import following
from recommendations.domain.succession.going_over import Duty, absolute_url, going_over
from recommendations.enums.actions import ActionState
from recommendations.models import Action, ActionRow, TrackedRecommendation
from tests.conftest import AT, TODAY, make_tracked
from tests.domain.succession.world import end, make_marches
from tests.makers.actions import make_action
from tests.per_module import per_module
from tests.refusals import refusal_of

HOUR = datetime.timedelta(hours=1)
CAME = "Came from Westmarch Police on 7 November 2026"


@per_module
def marches(body):
    return make_marches(body)


@pytest.fixture
def other(inspection):
    return make_tracked(inspection, number="2")


def move(tracked, to_force, officer):
    transfer(tracked=tracked, to_force=to_force, reason="Theirs.", by=officer, at=AT + HOUR)


def latest(action) -> ActionRow:
    return ActionRow.objects.latest_of_each().get(action=action)


def forces_of(*actions) -> list[str]:
    return [Action.objects.get(pk=each.pk).force.short_name for each in actions]


def test_all_go_to_the_successor_and_say_where_they_came_from(tracked, westmarch, marches, officer, force_lead):
    first = make_action(tracked)
    second = make_action(tracked, words="Two.", waits_for=first)
    alone = make_action(words="Hire a planner.", force=westmarch)
    done = make_action(tracked, words="Done.", state=ActionState.DONE)
    (found,) = [each for each in going_over(forces=[westmarch], day=TODAY) if each.duty == Duty.ACTIONS]
    assert (found.words, sorted(map(absolute_url, found.rows))) == (
        "3 open actions",
        sorted(each.get_absolute_url() for each in (first, second, alone)),
    )
    end(westmarch, marches, by=officer, leads_stay=True)
    assert forces_of(first, second, alone, done) == ["Marches"] * 4
    assert {each.came_over for each in Action.objects.all()} == {CAME}
    assert latest(second).waits_for == first
    force_lead.refresh_from_db()
    moved = TrackedRecommendation.objects.get(pk=tracked.pk)
    assert len(lines_on(moved, force_lead, TODAY)) == 3
    assert (verify(), list(following.wrong())) == ([], [])


def test_one_of_a_recommendation_that_is_transferred_goes_and_one_of_others_too_stays(
    tracked, other, eastvale, officer, other_force_lead
):
    own, both = make_action(tracked), make_action(tracked, other, words="Both.")
    move(tracked, eastvale, officer)
    assert forces_of(own, both) == ["Eastvale", "Westmarch"]
    tracked.refresh_from_db()
    assert [line.action for line in lines_on(tracked, other_force_lead, TODAY)] == [own]
    assert [line.action for line in lines_on(tracked, officer, TODAY)] == [own, both]
    move(other, eastvale, officer)
    assert forces_of(both) == ["Eastvale"]
    assert list(following.wrong()) == []


def test_two_that_wait_for_each_other_are_parted_in_words(tracked, other, eastvale, officer):
    stays = make_action(other, words="Let the contract.")
    goes = make_action(tracked, words="Train staff.", waits_for=stays, waits_words="a room")
    waits = make_action(other, words="Tell the public.", waits_for=goes)
    move(tracked, eastvale, officer)
    assert [(latest(each).waits_for, latest(each).waits_words) for each in (goes, waits)] == [
        (None, "a room; an action of Westmarch Police"),
        (None, "an action of Eastvale Police"),
    ]
    goes.refresh_from_db()
    update_action(action=goes, version=goes.version, state=ActionState.DONE, by=None, at=AT + 2 * HOUR)
    assert verify() == []


def test_what_another_force_does_is_not_read_after_a_move(tracked, other, eastvale, officer, other_force_lead):
    stays = make_action(other, words="Let the contract.")
    goes = make_action(tracked, words="Train staff.", waits_for=stays)
    both = make_action(tracked, other, words="Both.")
    move(tracked, eastvale, officer)
    parted = latest(goes)
    wrong = {"row": parted, "reason": "Wrong.", "by": other_force_lead, "at": AT + 2 * HOUR}
    assert refusal_of(withdraw_row, **wrong) == ("another-force", None)
    assert latest(goes) == parted
    assert line_of(both, officer, TODAY).references == str(other)
    before = ActionRow.objects.get(action=goes, waits_for=stays)
    assert [before.waits_elsewhere, parted.waits_elsewhere] == [True, False]
    line = ActionLine(row=before, today=TODAY, since=TODAY, held_by=latest(stays))
    assert (line.waits, action_in_api(line)["waits_for"]) == ("waits for another action", None)


def test_a_row_is_not_withdrawn_if_actions_would_wait_for_each_other_again(tracked):
    one = make_action(tracked, words="One.")
    two = make_action(tracked, words="Two.", waits_for=one)
    wrong = update_action(action=two, version=1, waits_for=None, by=None, at=AT + HOUR)
    update_action(action=one, version=1, waits_for=two, by=None, at=AT + HOUR)
    assert refusal_of(withdraw_row, row=wrong, reason="No.", by=None, at=AT + 2 * HOUR) == ("circle", None)


def test_only_those_that_leave_are_counted_where_a_part_does(tracked, other, westmarch, settings):
    make_action(tracked)
    make_action(tracked, other, words="Both.")
    part = {"forces": [westmarch], "day": TODAY, "tracked": TrackedRecommendation.objects.filter(pk=tracked.pk)}
    assert [each.words for each in going_over(**part) if each.duty == Duty.ACTIONS] == ["1 open action"]
    settings.SECTIONS_OFF = ("actions",)
    assert Duty.ACTIONS not in [each.duty for each in going_over(**part)]
