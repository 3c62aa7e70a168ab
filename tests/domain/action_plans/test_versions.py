"""What an action plan says of the register, who publishes it, and that it is there where fire inspections are alone."""

import datetime
import re

import pytest
from django.db import IntegrityError, models, transaction

from recommendations.domain.action_plans import versions
from recommendations.domain.action_plans.compile import OF_OTHERS, compile_plan
from recommendations.domain.action_plans.data import PlanFacts, gaps, statements
from recommendations.domain.force_pages.changes import statement_changes
from recommendations.domain.inspections import inspections
from recommendations.domain.public.releases import CHANGED, last_released, return_release, withdraw_release
from recommendations.domain.register import closures, disputes, restrictions, voices
from recommendations.domain.sources.queries import has_action_plans
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Outcome
from recommendations.models import ActionPlan, ActionPlanFacts, TrackedRecommendation, TrailEntry
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.action_plans import HOUR, PDF, fire_inspection, prepared, published
from tests.makers.sources import follow
from tests.per_module import per_module
from tests.refusals import refusal

SECRET = "zqsecret"
DUE = datetime.date(2026, 12, 1)


@per_module
def lines(westmarch, eastvale, officer):
    """Four of a fire inspection of Westmarch; one of HMICFRS's of the same force, one of another service."""
    report = fire_inspection(westmarch)
    made = [make_tracked(report, number=str(n), text=f"The service should drill {n}.") for n in range(1, 5)]
    make_tracked(make_inspection(westmarch), text=f"The force should {SECRET}.")
    make_tracked(fire_inspection(eastvale, title=SECRET), text=f"Eastvale should {SECRET}.")
    return made


def update(tracked, officer, done: str, **facts) -> None:
    voices.log_force_update(
        tracked=tracked, done=done, evidence=SECRET, said_by=SECRET, effective_on=TODAY, by=officer, at=AT, **facts
    )


def edit(tracked, officer, **facts) -> None:
    version = TrackedRecommendation.objects.get(pk=tracked.pk).version
    inspections.edit_tracked(tracked=tracked, version=version, by=officer, at=AT, **facts)


@per_module
def told(lines, officer):
    """One with all that a plan asks for, one that is not accepted, one for others, one of which nothing is said."""
    first, refused, of_others, _ = lines
    edit(first, officer, planned_action="Drill each crew by June.", business_lead="Head of training", opcc_lead=SECRET)
    update(first, officer, "Nine crews drilled.", stage="in_progress", position="accepted")
    voices.set_target(tracked=first, target_on=DUE, by=officer, at=AT)
    update(refused, officer, "The crews drill already.", position="not_accepted")
    edit(of_others, officer, directed_to_force=False)
    return lines


def compiled(force) -> PlanFacts:
    return compile_plan(force=force, on=TODAY)


def test_it_says_what_the_register_has_and_what_it_lacks(told, westmarch, body):
    facts = compiled(westmarch)
    first, refused, of_others, silent = facts.lines
    assert (facts.body, facts.left_out, facts.open) == (body.name, 0, 4)
    assert (first.action, first.owner, first.due_on) == ("Drill each crew by June.", "Head of training", DUE)
    assert (first.progress_words, first.progress_text) == ("In progress, 7 November 2026", "Nine crews drilled.")
    assert (refused.action, refused.why_none, refused.progress_text) == ("", "The crews drill already.", "")
    assert of_others.why_none == OF_OTHERS
    assert silent.progress_words == "Nothing has been reported yet"
    lacks = "no action, and no reason why there is none; no owner; no day"
    assert gaps(facts) == [(silent.reference, lacks)]
    assert PlanFacts.from_json(facts.to_json()) == facts


def test_nobody_types_twice(told, westmarch, officer, approver):
    """The last update is the action where none is planned; the reason of a dispute goes before the update's words."""
    refused, silent = told[1], told[3]
    update(silent, officer, "A drill is booked.", stage="in_progress")
    reason = {"tracked": refused, "text": "Two drills a year are enough.", "effective_on": TODAY}
    disputes.record_dispute_reason(**reason, by=officer, at=AT)
    closures.request_closure(tracked=told[0], outcome=Outcome.IMPLEMENTED, reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=told[0], by=approver, at=AT)
    first, not_done, _, spoken = compiled(westmarch).lines
    assert (spoken.action, spoken.progress_text) == ("A drill is booked.", "")
    assert not_done.why_none == "Two drills a year are enough."
    assert (first.progress_words, list(first.missing)) == ("Closed, 7 November 2026", [])


def test_nothing_restricted_internal_or_of_another_service_is_in_it(told, westmarch, officer):
    restrictions.restrict(tracked=told[3], reason=SECRET, effective_on=None, by=officer, at=AT)
    facts = compiled(westmarch)
    assert (len(facts.lines), facts.left_out) == (3, 1)
    assert SECRET not in str(facts.to_json()).lower()
    assert "drill 4" not in str(facts.to_json())


def test_it_costs_the_same_for_one_line_and_for_many(told, westmarch, eastvale, django_assert_num_queries):
    for force in (westmarch, eastvale):
        with django_assert_num_queries(6):
            compile_plan(force=force, on=TODAY)


def test_it_is_there_where_fire_inspections_are_followed(westmarch, eastvale, lines, officer, approver):
    assert (has_action_plans(TODAY), versions.is_kept(westmarch, TODAY)) == (False, False)
    published(westmarch, by=officer, approver=approver)
    assert [versions.is_kept(force, TODAY) for force in (westmarch, eastvale)] == [True, False]
    follow("iopc", "coroner")
    assert has_action_plans(TODAY) is False
    follow("fire")
    assert (has_action_plans(TODAY), versions.is_kept(eastvale, TODAY)) == (True, True)


@pytest.mark.on_postgresql
def test_nobody_publishes_their_own_and_one_waits_at_a_time(told, westmarch, officer, approver):
    own = prepared(westmarch, by=approver)
    give = {"pdf": PDF, "number": 1, "at": AT}
    with pytest.raises(NotAllowed, match="someone else"):
        versions.publish_version(plan=own, by=approver, **give)
    with refusal("waits-already"):
        prepared(westmarch, by=officer)
    return_release(release=own, reason="A typing error.", by=approver, at=AT)
    assert TrailEntry.objects.latest("sequence").verb == "return_action_plan"
    with refusal("decided-already"):
        versions.publish_version(plan=own, by=officer, **give)
    second = prepared(westmarch, by=officer)
    with refusal("changed-meanwhile"):
        versions.publish_version(plan=second, by=approver, **give | {"number": 2})
    facts = {"state": "released", "number": 1, "decided_at": AT, "decided_by": approver}
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(ActionPlan).filter(pk=own.pk).update(returned_why="", **facts)


def test_what_is_restricted_before_it_is_published_stops_it(told, westmarch, officer, approver):
    first = published(westmarch, by=officer, approver=approver)
    second = prepared(westmarch, by=officer, at=AT + HOUR)
    assert versions.no_longer_public(versions.facts_of(first), westmarch) == []
    restrictions.restrict(tracked=told[1], reason="An operation.", effective_on=None, by=officer, at=AT + HOUR)
    (gone,) = versions.no_longer_public(versions.facts_of(first), westmarch)
    assert gone.startswith(f"{told[1].reference} ")
    with refusal("not-public", naming=gone):
        versions.publish_plan(plan=second, render=lambda *_, **__: PDF, by=approver, at=AT + HOUR)


def test_a_version_never_changes_and_the_next_shows_what_did(told, westmarch, officer, approver):
    first = published(westmarch, by=officer, approver=approver)
    before = versions.facts_of(first)
    update(told[3], officer, "A drill is booked.", stage="in_progress")
    assert versions.facts_of(first) == before
    with pytest.raises(ValueError, match="never changes"):
        ActionPlanFacts.objects.get(of=first).save()
    (changed,) = statement_changes(statements(before), statements(compiled(westmarch)))
    assert changed.what == f"{told[3].reference}, Recommendation 4 of {before.lines[0].report.title}"
    with pytest.raises(Refusal, match=re.escape(CHANGED)):
        versions.prepare_plan(force=westmarch, seen=ActionPlanFacts.objects.get().sha256, by=officer, at=AT)


def test_a_withdrawn_one_says_why_and_its_number_is_not_given_again(told, westmarch, officer, approver):
    first = published(westmarch, by=officer, approver=approver)
    with refusal("no-reason"):
        withdraw_release(release=first, reason=" ", by=approver, at=AT + HOUR)
    withdraw_release(release=first, reason="It names a person.", by=approver, at=AT + HOUR)
    assert last_released(ActionPlan, westmarch).withdrawn_why == "It names a person."
    assert TrailEntry.objects.latest("sequence").verb == "withdraw_action_plan"
    assert published(westmarch, by=officer, approver=approver, at=AT + HOUR).number == 2
