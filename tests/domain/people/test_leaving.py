"""Leaving: what is open is listed and handed over in one step, and nothing that is on record changes its name."""

import datetime

import pytest
from django.test import Client

from recommendations.domain.audit import verification
from recommendations.domain.inspections import inspections
from recommendations.domain.people.leaving import leave
from recommendations.domain.people.open_things import inherited_things, open_things, people_inherited_from, successor_of
from recommendations.domain.register import closures
from recommendations.domain.rounds import rounds
from recommendations.domain.rounds.reminders import due_reminders
from recommendations.domain.submission.typed_drafts import save_typed, typed_draft
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Role
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import (
    Closure,
    Handover,
    SecurityEvent,
    TrackedRecommendation,
    TrailEntry,
    UpdateRound,
    User,
)
from tests.conftest import AT, TODAY, make_person, make_tracked
from tests.makers.committees import make_panel, make_request
from tests.makers.factual_checks import make_draft
from tests.per_module import per_module
from tests.refusals import refusal
from tests.security.door import sign_in

PLACE = "force-update-1"
DAY = datetime.timedelta(days=1)


@per_module
def colleague():
    return make_person("Sam Cole", Role.OPCC_OFFICER)


@per_module
def work(tracked, inspection, westmarch, body, officer):
    """One open thing of each kind that an officer's name stands in."""
    by = {"by": officer, "at": AT}
    found = TrackedRecommendation.objects.get(pk=tracked.pk)
    inspections.edit_tracked(tracked=found, version=found.version, opcc_lead=officer.name, **by)
    other = make_tracked(inspection, number="2")
    closures.request_closure(tracked=other, outcome="implemented", reason="Done.", **by)
    rounds.ask_for_updates(force=westmarch, tracked=[found], name="Spring", due_on=TODAY, **by)
    make_draft(westmarch, by=officer)
    make_request(make_panel(), "26/1", owner=officer.name)
    save_typed(place=PLACE, fields={"done": "Half a sentence"}, **by)


def kinds(person) -> list[str]:
    return [thing.kind for thing in open_things(person)]


ALL = [
    "Update rounds",
    "Closures asked for",
    "Draft papers",
    "Recommendations they lead",
    "Requests of committees",
    "Words not saved",
]


def left(person, to, by, reason="A new post."):
    return leave(person=person, to=to, reason=reason, by=by, at=AT)


def test_what_is_open_goes_to_a_colleague_in_one_step(work, tracked, officer, colleague, administrator):
    assert kinds(officer) == ALL
    before = TrailEntry.objects.count()
    left(officer, colleague, administrator)
    assert TrailEntry.objects.count() == before + 1
    assert not User.objects.get(pk=officer.pk).is_active
    assert TrackedRecommendation.objects.get(pk=tracked.pk).opcc_lead == "Sam Cole"
    assert UpdateRound.objects.get().keeper == colleague
    assert typed_draft(place=PLACE, by=colleague).fields == {"done": "Half a sentence"}
    assert [thing.kind for thing in inherited_things(colleague)] == ALL[1:3]
    assert verification.verify() == []
    event = SecurityEvent.objects.get(kind=Kind.LEFT)
    assert (event.account, event.detail) == (officer, "A new post.; 6 open things to Sam Cole")
    assert [kind for kind, _ in Handover.objects.get().items] == ALL


def test_nothing_on_record_changes_its_name(work, officer, colleague, administrator):
    left(officer, colleague, administrator)
    assert UpdateRound.objects.get().asked_by == Closure.objects.get().requested_by == officer
    history = TrackedRecommendation.history.filter(opcc_lead="Hannah Whitlock")
    assert {row.history_actor for row in history} == {"Hannah Whitlock"}


def test_who_took_over_is_written_to_about_the_round(work, officer, colleague, administrator):
    later = TODAY + 30 * DAY
    assert (len(due_reminders(officer, later, {})), due_reminders(colleague, later, {})) == (1, [])
    left(officer, colleague, administrator)
    assert len(due_reminders(colleague, later, {})) == 1
    assert successor_of(User.objects.get(pk=officer.pk)) == colleague


def test_what_was_taken_over_is_handed_on_and_comes_back(work, officer, colleague, administrator):
    left(officer, colleague, administrator)
    third = make_person("Third Person", Role.APPROVING_OFFICER)
    left(colleague, third, administrator)
    assert [person.name for person in people_inherited_from(third)] == ["Sam Cole", "Hannah Whitlock"]
    assert [thing.kind for thing in inherited_things(third)] == ALL[1:3]
    assert successor_of(User.objects.get(pk=officer.pk)) == third
    back = User.objects.get(pk=officer.pk)
    back.is_active = True
    assert successor_of(back) == back


def test_the_sessions_end(officer, administrator):
    client = Client()
    sign_in(officer.email, client=client)
    assert client.session.get("_auth_user_id") == str(officer.pk)
    left(officer, None, administrator)
    assert client.session.get("_auth_user_id") is None


def test_what_cannot_be_is_refused(work, officer, colleague, administrator, member, force_lead):
    for facts, field in (
        ({"to": None}, "to"),
        ({"to": member}, "to"),
        ({"to": force_lead}, "to"),
        ({"to": officer}, "to"),
        ({"reason": " "}, "reason"),
    ):
        with pytest.raises(Refusal) as refused:
            leave(**{"person": officer, "to": colleague, "reason": "Moved.", "by": administrator, "at": AT} | facts)
        assert refused.value.field == field
    for person, by in ((officer, colleague), (administrator, administrator)):
        with pytest.raises(NotAllowed):
            left(person, None if person == administrator else colleague, by)
    left(officer, colleague, administrator)
    with refusal("closed-already"):
        left(officer, colleague, administrator)
