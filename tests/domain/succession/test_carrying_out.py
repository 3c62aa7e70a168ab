"""Changes ahead are done by themselves on their day: each kind, once, whole, and seen nowhere before."""

import datetime

import pytest

from recommendations.domain.forces.in_force import bodies_on, body_of, office_body_on
from recommendations.domain.succession import carrying_out
from recommendations.domain.succession.carrying_out import carry_out, carry_out_due_changes
from recommendations.domain.succession.carrying_over import succeed
from recommendations.domain.succession.wording import title_of
from recommendations.enums.succession import SuccessionKind, SuccessionState
from recommendations.models import (
    Force,
    ForceSuccession,
    Oversight,
    PolicingBody,
    Succession,
    TrackedRecommendation,
    TrailEntry,
)
from tests.conftest import AT, make_inspection, make_tracked
from tests.domain.succession.plans import MARCHES, MAY, MAYOR, ORDER, enter_confirmed, moment
from tests.refusals import refusal

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)
EVE = MAY - A_DAY
MIDNIGHT = moment(MAY, 0, 5)


def references(force) -> list[str]:
    return [each.reference for each in TrackedRecommendation.objects.filter(force=force)]


def terms(force) -> list[tuple]:
    rows = Oversight.objects.filter(force=force).order_by("since")
    return [(str(each.body), each.since, each.until) for each in rows]


def test_a_new_body_follows_for_two_forces(body, westmarch, eastvale, administrators):
    both = [westmarch, eastvale]
    plan = enter_confirmed(SuccessionKind.NEW_BODY, both, administrators=administrators, **MAYOR)
    assert carry_out_due_changes(at=moment(EVE, 23, 59)) == []
    assert list(PolicingBody.objects.all()) == [body]
    before = TrailEntry.objects.count()
    assert carry_out_due_changes(at=MIDNIGHT) == [plan]
    mayor = PolicingBody.objects.get(name=MAYOR["body_name"])
    body.refresh_from_db()
    assert (body.until, mayor.since, mayor.slug) == (EVE, MAY, "mayor-of-the-marches")
    assert (mayor.office_name, mayor.holder) == (MAYOR["office_name"], MAYOR["holder"])
    for force in both:
        assert terms(force) == [(body.name, datetime.date(2012, 11, 22), EVE), (mayor.name, MAY, None)]
    assert [bodies_on(day) for day in (EVE, MAY)] == [[body], [mayor]]
    entries = TrailEntry.objects.order_by("sequence")[before:]
    assert [(each.verb, each.by, each.by_name, each.reason) for each in entries] == [
        ("carry_out_succession", None, carrying_out.BY_PLAN, ORDER)
    ]


def test_a_body_whose_other_force_stays_goes_on(body, westmarch, eastvale, administrators):
    enter_confirmed(SuccessionKind.NEW_BODY, [eastvale], administrators=administrators, **MAYOR)
    carry_out_due_changes(at=MIDNIGHT)
    body.refresh_from_db()
    assert (body.until, body_of(westmarch, MAY), str(body_of(eastvale, MAY))) == (None, body, MAYOR["body_name"])


def test_a_force_goes_over_to_another_body_on_record(body, westmarch, eastvale, administrators):
    enter_confirmed(SuccessionKind.NEW_BODY, [eastvale], administrators=administrators, **MAYOR)
    carry_out_due_changes(at=MIDNIGHT)
    mayor, later = PolicingBody.objects.get(name=MAYOR["body_name"]), MAY + 30 * A_DAY
    facts = {"day": later, "body": mayor, "at": MIDNIGHT}
    enter_confirmed(SuccessionKind.OTHER_BODY, [westmarch], administrators=administrators, **facts)
    carry_out_due_changes(at=moment(later, 0, 5))
    body.refresh_from_db()
    assert (body_of(westmarch, later - A_DAY), body_of(westmarch, later)) == (body, mayor)
    assert (body.until, office_body_on(later)) == (later - A_DAY, mayor)


def test_two_forces_merge_into_a_new_one(body, westmarch, eastvale, administrators):
    for force in (westmarch, eastvale):
        make_tracked(make_inspection(force, title=f"Custody in {force.short_name}"))
    both = [westmarch, eastvale]
    enter_confirmed(SuccessionKind.MERGER, both, administrators=administrators, **MARCHES)
    carry_out_due_changes(at=MIDNIGHT)
    marches = Force.objects.get(name="Marches Police")
    assert (marches.since, marches.slug, marches.reference_prefix) == (MAY, "marches", "MA")
    assert (references(marches), references(westmarch)) == (["EV-0001", "WM-0001"], [])
    assert [(each.force, each.successor, each.effective_on) for each in ForceSuccession.objects.order_by("force")] == [
        (force, marches, MAY) for force in (eastvale, westmarch)
    ]
    for force in both:
        force.refresh_from_db()
        assert (force.until, terms(force)[-1][2]) == (EVE, EVE)
    assert terms(marches) == [(body.name, MAY, None)]
    body.refresh_from_db()
    assert body.until is None


def test_a_force_joins_another(body, westmarch, eastvale, administrators):
    make_tracked(make_inspection(eastvale))
    enter_confirmed(SuccessionKind.MERGER, [eastvale], administrators=administrators, successor=westmarch)
    carry_out_due_changes(at=MIDNIGHT)
    assert (references(westmarch), Force.objects.count()) == (["EV-0001"], 2)


def test_a_merger_and_a_new_body_of_one_day(body, westmarch, eastvale, administrators):
    both = [westmarch, eastvale]
    enter_confirmed(SuccessionKind.MERGER, both, administrators=administrators, **MARCHES)
    enter_confirmed(SuccessionKind.NEW_BODY, both, administrators=administrators, **MAYOR)
    assert [each.state for each in carry_out_due_changes(at=MIDNIGHT)] == [SuccessionState.DONE] * 2
    marches, mayor = Force.objects.get(name="Marches Police"), PolicingBody.objects.get(name=MAYOR["body_name"])
    assert (body_of(marches, MAY), bodies_on(MAY), bodies_on(EVE)) == (mayor, [mayor], [body])


def test_the_body_of_a_later_day_follows_for_the_merged_force(body, westmarch, eastvale, administrators):
    both, merged = [westmarch, eastvale], datetime.date(2027, 4, 1)
    enter_confirmed(SuccessionKind.NEW_BODY, both, administrators=administrators, **MAYOR)
    enter_confirmed(SuccessionKind.MERGER, both, administrators=administrators, day=merged, **MARCHES)
    carry_out_due_changes(at=moment(merged, 0, 5))
    carry_out_due_changes(at=MIDNIGHT)
    marches, mayor = Force.objects.get(name="Marches Police"), PolicingBody.objects.get(name=MAYOR["body_name"])
    assert terms(marches) == [(body.name, merged, EVE), (mayor.name, MAY, None)]


def test_a_split_takes_the_chosen_recommendations(body, westmarch, administrators):
    inspection = make_inspection(westmarch)
    for number in (1, 2, 3):
        make_tracked(inspection, number=str(number))
    facts = {"references": "WM-0001, WM-0003", **MARCHES}
    enter_confirmed(SuccessionKind.SPLIT, [westmarch], administrators=administrators, **facts)
    carry_out_due_changes(at=MIDNIGHT)
    marches = Force.objects.get(name="Marches Police")
    westmarch.refresh_from_db()
    assert (references(marches), references(westmarch)) == (["WM-0001", "WM-0003"], ["WM-0002"])
    assert (westmarch.until, [each.force for each in inspection.covers.order_by("pk")]) == (None, [westmarch, marches])
    assert body_of(marches, MAY) == body


def test_a_split_that_ends_the_force_gives_the_rest_to_another(body, westmarch, eastvale, administrators):
    inspection = make_inspection(westmarch)
    for number in (1, 2):
        make_tracked(inspection, number=str(number))
    facts = {"references": "WM-0001", "successor": eastvale, **MARCHES}
    enter_confirmed(SuccessionKind.SPLIT, [westmarch], administrators=administrators, **facts)
    carry_out_due_changes(at=MIDNIGHT)
    westmarch.refresh_from_db()
    assert (references(eastvale), references(westmarch), westmarch.until) == (["WM-0002"], [], EVE)


def test_new_details_of_a_force_and_a_body(body, westmarch, administrators):
    both = {"administrators": administrators}
    plan = enter_confirmed(SuccessionKind.FORCE_DETAILS, [westmarch], force_name="West Marches Police", **both)
    title = title_of(plan)
    enter_confirmed(SuccessionKind.BODY_DETAILS, [], body=body, holder="Owen Marlowe", **both)
    carry_out_due_changes(at=MIDNIGHT)
    for record in (westmarch, body):
        record.refresh_from_db()
    assert [str(westmarch.details_on(day)) for day in (EVE, MAY)] == ["Westmarch Police", "West Marches Police"]
    assert [body.details_on(day).holder for day in (EVE, MAY)] == ["", "Owen Marlowe"]
    assert title_of(Succession.objects.with_names().get(pk=plan.pk)) == title  # by the name of the day before
    assert (westmarch.short_name, westmarch.slug, body.office_name) == ("Westmarch", "westmarch", "Marches OPCC")


def test_a_change_is_done_once(body, westmarch, administrators):
    plan = enter_confirmed(SuccessionKind.NEW_BODY, [westmarch], administrators=administrators, **MAYOR)
    carry_out_due_changes(at=MIDNIGHT)
    entries = TrailEntry.objects.count()
    assert carry_out_due_changes(at=MIDNIGHT + A_DAY) == []
    with refusal("done-already"):
        carry_out(plan=plan, at=MIDNIGHT + A_DAY)
    assert carrying_out._try(plan, MIDNIGHT).state == SuccessionState.DONE
    assert (TrailEntry.objects.count(), PolicingBody.objects.count()) == (entries, 2)


def test_a_change_that_breaks_off_leaves_nothing_and_is_tried_again(
    body, westmarch, eastvale, administrators, monkeypatch
):
    enter_confirmed(SuccessionKind.MERGER, [westmarch, eastvale], administrators=administrators, **MARCHES)
    with monkeypatch.context() as patch:
        patch.setattr(carrying_out, "_follow_bodies", lambda *args: 1 / 0)
        (plan,) = carry_out_due_changes(at=MIDNIGHT)
    assert (plan.state, plan.problem) == (SuccessionState.CONFIRMED, carrying_out.UNFORESEEN)
    assert (Force.objects.count(), ForceSuccession.objects.count()) == (2, 0)
    (plan,) = carry_out_due_changes(at=MIDNIGHT + datetime.timedelta(minutes=1))
    assert (plan.state, plan.problem) == (SuccessionState.DONE, "")


def test_what_refuses_on_the_day_is_said_once_and_the_others_go_on(body, westmarch, eastvale, administrators):
    both = {"administrators": administrators}
    enter_confirmed(SuccessionKind.MERGER, [westmarch, eastvale], **MARCHES, **both)
    other = enter_confirmed(SuccessionKind.BODY_DETAILS, [], body=body, holder="Owen Marlowe", **both)
    facts = {"effective_on": AT.date(), "reason": "An earlier order.", "by": None, "at": AT}
    succeed(force=eastvale, successor=westmarch, **facts)
    refused, done = sorted(carry_out_due_changes(at=MIDNIGHT), key=lambda plan: plan.pk)
    assert refused.problem == "Westmarch Police succeeded Eastvale Police on 7 November 2026 already."
    assert (done, done.state) == (other, SuccessionState.DONE)
    entries = TrailEntry.objects.count()
    carry_out_due_changes(at=MIDNIGHT + datetime.timedelta(minutes=1))
    assert TrailEntry.objects.count() == entries


def test_nothing_is_done_before_the_day(body, westmarch, administrators):
    plan = enter_confirmed(SuccessionKind.NEW_BODY, [westmarch], administrators=administrators, **MAYOR)
    with refusal("in-the-future"):
        carry_out(plan=plan, at=moment(EVE))
    assert Succession.objects.get().done_at is None
