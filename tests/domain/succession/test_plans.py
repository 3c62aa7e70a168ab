"""Changes ahead are entered by one administrator, confirmed by another, changed and withdrawn until they are done."""

import datetime

import pytest

from recommendations.domain.succession import plans
from recommendations.domain.succession.carrying_out import carry_out_due_changes
from recommendations.domain.writing.refusals import NotAllowed
from recommendations.enums.succession import SuccessionKind, SuccessionState
from recommendations.models import Force, PolicingBody, Succession, TrailEntry
from tests.conftest import AT, TODAY
from tests.domain.succession.plans import MARCHES, MAY, MAYOR, enter, enter_confirmed, moment
from tests.refusals import refusal

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)


def test_a_plan_is_confirmed_by_another_administrator(body, westmarch, administrators):
    first, second = administrators
    plan = enter(SuccessionKind.NEW_BODY, [westmarch], by=first, **MAYOR)
    assert plan.state == SuccessionState.ENTERED
    with pytest.raises(NotAllowed):
        plans.confirm_succession(plan=plan, version=plan.version, by=first, at=AT)
    plan = plans.confirm_succession(plan=plan, version=plan.version, by=second, at=AT)
    assert (plan.state, plan.confirmed_by) == (SuccessionState.CONFIRMED, second)
    assert [each.verb for each in TrailEntry.objects.order_by("-sequence")[:2]] == [
        "confirm_succession",
        "enter_succession",
    ]


def test_the_command_line_confirms_with_a_reason(body, westmarch, administrator):
    plan = enter(SuccessionKind.NEW_BODY, [westmarch], by=administrator, **MAYOR)
    with refusal("no-reason"):
        plans.confirm_succession(plan=plan, version=plan.version, by=None, at=AT)
    plan = plans.confirm_succession(plan=plan, version=plan.version, by=None, at=AT, why="There is no second one.")
    assert plan.state == SuccessionState.CONFIRMED


@pytest.mark.parametrize("who", ["officer", "approver", "force_lead", "member"])
def test_only_administrators_enter_one(request, body, westmarch, who):
    with pytest.raises(NotAllowed):
        enter(SuccessionKind.NEW_BODY, [westmarch], by=request.getfixturevalue(who), **MAYOR)
    assert not Succession.objects.exists()


def test_a_plan_that_is_not_confirmed_is_not_done(body, westmarch, administrator):
    enter(SuccessionKind.NEW_BODY, [westmarch], by=administrator, **MAYOR)
    assert carry_out_due_changes(at=moment(MAY)) == []
    assert list(PolicingBody.objects.all()) == [body]


def test_what_is_confirmed_after_its_day_is_done_at_once_as_of_its_day(body, westmarch, administrators):
    first, second = administrators
    plan = enter(SuccessionKind.FORCE_DETAILS, [westmarch], by=first, force_name="Greater Westmarch Police")
    plan = plans.confirm_succession(plan=plan, version=plan.version, by=second, at=moment(MAY + 3 * A_DAY))
    westmarch.refresh_from_db()
    assert (plan.state, str(westmarch)) == (SuccessionState.DONE, "Greater Westmarch Police")
    assert [str(westmarch.details_on(day)) for day in (MAY - A_DAY, MAY)] == [
        "Westmarch Police",
        "Greater Westmarch Police",
    ]


def test_a_plan_of_today_is_done_when_it_is_confirmed(body, westmarch, administrators):
    plan = enter_confirmed(
        SuccessionKind.FORCE_DETAILS, [westmarch], administrators=administrators, day=TODAY, chief_officer="Ann Lowe"
    )
    westmarch.refresh_from_db()
    assert (plan.state, westmarch.chief_officer) == (SuccessionState.DONE, "Ann Lowe")


def test_a_changed_plan_waits_to_be_confirmed_again(body, westmarch, eastvale, administrators):
    first, second = administrators
    plan = enter_confirmed(SuccessionKind.NEW_BODY, [westmarch], administrators=administrators, **MAYOR)
    plan.day, plan.holder = MAY + A_DAY, "Owen Marlowe"
    with refusal("no-reason"):
        plans.change_succession(plan=plan, forces=[eastvale], version=plan.version, why=" ", by=second, at=AT)
    plan = plans.change_succession(
        plan=plan, forces=[eastvale], version=plan.version, why="The order was laid again.", by=second, at=AT
    )
    plan = Succession.objects.get()
    assert (plan.state, plan.day, plan.holder) == (SuccessionState.ENTERED, MAY + A_DAY, "Owen Marlowe")
    assert (plan.forces, plan.entered_by) == ([eastvale], second)
    with pytest.raises(NotAllowed):
        plans.confirm_succession(plan=plan, version=plan.version, by=second, at=AT)
    plans.confirm_succession(plan=plan, version=plan.version, by=first, at=AT)


def test_a_withdrawn_plan_is_never_done_and_can_be_entered_again(westmarch, eastvale, body, administrators):
    plan = enter_confirmed(SuccessionKind.MERGER, [westmarch, eastvale], administrators=administrators, **MARCHES)
    with refusal("no-reason"):
        plans.withdraw_succession(plan=plan, version=plan.version, why="", by=administrators[0], at=AT)
    plan = plans.withdraw_succession(
        plan=plan, version=plan.version, why="Not before 2029.", by=administrators[0], at=AT
    )
    assert plan.state == SuccessionState.WITHDRAWN
    assert carry_out_due_changes(at=moment(MAY)) == []
    assert Force.objects.count() == 2
    enter_confirmed(SuccessionKind.MERGER, [westmarch, eastvale], administrators=administrators, **MARCHES)
    assert [each.state for each in carry_out_due_changes(at=moment(MAY))] == [SuccessionState.DONE]


@pytest.mark.parametrize("step", ["change", "confirm", "withdraw"])
def test_nothing_follows_what_is_done(body, westmarch, administrators, step):
    facts = {"day": TODAY, "chief_officer": "Ann Lowe"}
    plan = enter_confirmed(SuccessionKind.FORCE_DETAILS, [westmarch], administrators=administrators, **facts)
    acts = {
        "change": lambda **by: plans.change_succession(plan=plan, forces=[westmarch], why="x", **by),
        "confirm": lambda **by: plans.confirm_succession(plan=plan, **by),
        "withdraw": lambda **by: plans.withdraw_succession(plan=plan, why="x", **by),
    }
    with refusal("done-already"):
        acts[step](version=plan.version, by=administrators[1], at=AT)


def test_a_plan_is_not_entered_for_a_past_day(body, westmarch, administrator):
    with refusal("in-the-past"):
        enter(SuccessionKind.NEW_BODY, [westmarch], by=administrator, day=TODAY - A_DAY, **MAYOR)


def test_a_plan_says_its_source(body, westmarch, administrator):
    with refusal("no-reason"):
        enter(SuccessionKind.NEW_BODY, [westmarch], by=administrator, reason=" ", **MAYOR)
