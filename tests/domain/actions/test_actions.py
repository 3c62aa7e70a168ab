"""Actions: what is refused, what counts on a day, and who may speak in which voice."""

import datetime

import pytest

from recommendations.domain.actions.actions import (
    NewAction,
    add_actions,
    latest_row,
    tick_actions,
    update_action,
    withdraw_actions,
    withdraw_row,
)
from recommendations.domain.writing.refusals import NotAllowed
from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.models import Action, ActionRow
from recommendations.periods import say
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.actions import BY_DAY, make_action
from tests.refusals import refusal, refusal_of

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
NEXT = {"at": AT + DAY}


@pytest.fixture
def record(westmarch):
    return make_tracked(make_inspection(westmarch))


@pytest.fixture
def of_another_force(eastvale):
    return make_tracked(make_inspection(eastvale, title="Custody in Eastvale", short_name="Eastvale 26"), number="9")


def change(action, *, by=None, at=AT + DAY, **changes) -> ActionRow:
    action.refresh_from_db()
    return update_action(action=action, version=action.version, by=by, at=at, **changes)


def test_an_action_has_words_owner_and_day(record, officer):
    action = make_action(record, owner=officer.name, by=officer)
    row = latest_row(action)
    assert (row.state, row.owner, row.owner_person, row.due_on) == ("to_do", officer.name, officer, BY_DAY)
    assert [link.tracked for link in action.links.all()] == [record]


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"words": " "}, "required", "words"),
        ({"owner": ""}, "required", "owner"),
        ({"state": "dropped"}, "required", "state"),
    ],
)
def test_what_is_missing_is_said(record, facts, code, field):
    assert refusal_of(make_action, record, **facts) == (code, field)
    assert not Action.objects.exists()


def test_a_recommendation_of_another_force_is_refused(record, of_another_force):
    assert refusal_of(make_action, record, of_another_force) == ("another-force", "tracked")
    other = make_action(of_another_force)
    assert refusal_of(make_action, record, waits_for=other) == ("another-force", "waits_for")


def test_each_change_is_a_row_and_what_is_not_given_stays(record):
    action = make_action(record, waits_words="The contract")
    change(action, state=ActionState.UNDER_WAY)
    assert [row.state for row in action.rows.all()] == ["under_way", "to_do"]
    assert latest_row(action).waits_words == "The contract"


def test_a_moved_day_and_dropping_need_a_reason(record):
    action = make_action(record)
    assert refusal_of(change, action, due_on=BY_DAY + DAY) == ("no-reason", "note")
    assert refusal_of(change, action, state=ActionState.DROPPED) == ("no-reason", "note")
    assert refusal_of(change, action) == ("nothing-changed", None)
    assert change(action, due_on=BY_DAY + DAY, note="The trainer is ill.").due_on == BY_DAY + DAY


def test_a_change_before_the_last_one_is_refused_and_the_day_of_that_is_named(record):
    action = make_action(record)
    early = {"state": ActionState.DONE, "effective_on": TODAY - DAY}
    assert refusal_of(change, action, **early, naming=say(TODAY)) == ("early", "effective_on")


def test_actions_do_not_wait_for_each_other_in_a_circle(record):
    first, second, third = (make_action(record, words=words) for words in ("One", "Two", "Three"))
    change(second, waits_for=first)
    change(third, waits_for=second)
    for each in (first, second, third):
        assert refusal_of(change, first, waits_for=each) == ("circle", "waits_for")


def test_how_an_action_stood_on_a_day_and_as_known_at_a_moment(record):
    action = make_action(record)
    change(action, state=ActionState.DONE)
    on = {day: ActionRow.objects.latest_of_each(day).get().state for day in (TODAY, TODAY + DAY)}
    assert on == {TODAY: "to_do", TODAY + DAY: "done"}
    assert ActionRow.objects.latest_of_each(TODAY + DAY, AT).get().state == "to_do"
    assert not ActionRow.objects.latest_of_each(TODAY - DAY).exists()


@pytest.mark.on_postgresql
def test_those_late_are_open_with_a_day_that_has_passed(record):
    late, done = make_action(record, words="Late"), make_action(record, words="Done")
    change(done, state=ActionState.DONE)
    rows = ActionRow.objects.latest_of_each().late(BY_DAY + DAY)
    assert [row.action for row in rows] == [late]
    assert not ActionRow.objects.latest_of_each().late(BY_DAY).exists()


def test_several_are_ticked_and_what_is_done_stays(record):
    one, two = make_action(record, words="One"), make_action(record, words="Two")
    change(one, state=ActionState.DONE)
    assert [row.action for row in tick_actions(actions=[one, two], by=None, **NEXT)] == [two]
    assert refusal_of(tick_actions, actions=[one, two], by=None, **NEXT) == ("nothing-changed", None)


def test_a_lead_speaks_for_the_force_alone(record, force_lead):
    make_action(record, by=force_lead)
    with refusal("another-voice", NotAllowed):
        make_action(record, by=force_lead, voice=ActionVoice.OFFICE)
    theirs = make_action(record, voice=ActionVoice.OFFICE)
    with refusal("another-voice", NotAllowed):
        change(theirs, by=force_lead, state="done")


def test_who_sees_actions(record, of_another_force, force_lead, officer, member, settings):
    ours, theirs = make_action(record), make_action(of_another_force)
    seen = {each.name: list(Action.objects.visible_to(each)) for each in (force_lead, officer, member)}
    assert seen == {force_lead.name: [ours], officer.name: [ours, theirs], member.name: []}
    settings.SECTIONS_OFF = ("actions",)
    assert not Action.objects.visible_to(officer).exists()


def test_a_wrong_row_is_withdrawn_and_the_one_before_counts(record):
    action = make_action(record)
    row = change(action, state=ActionState.DONE)
    assert refusal_of(withdraw_row, row=row, reason="", by=None, **NEXT) == ("no-reason", "reason")
    withdraw_row(row=row, reason="Not yet.", by=None, **NEXT)
    assert latest_row(action).state == "to_do"
    first = latest_row(action)
    assert refusal_of(withdraw_row, row=first, reason="Wrong.", by=None, **NEXT) == ("the-only-row", None)


def test_actions_are_withdrawn_together_unless_another_waits(record):
    one, two, three = (make_action(record, words=words) for words in ("One", "Two", "Three"))
    change(three, waits_for=one)
    assert refusal_of(withdraw_actions, actions=[one, two], reason="Twice.", by=None, **NEXT) == ("waited-for", None)
    withdraw_actions(actions=[one, two, three], reason="Brought in twice.", by=None, **NEXT)
    assert (Action.objects.count(), Action.on_file.count()) == (0, 3)


def test_nothing_to_add_and_too_many_at_once(westmarch):
    new = NewAction(words="Train.", owner="Head", due_on=BY_DAY)
    given = {"force": westmarch, "by": None, "at": AT}
    assert refusal_of(add_actions, actions=[], **given) == ("nothing", None)
    assert refusal_of(add_actions, actions=[new] * 501, **given) == ("too-many", None)
