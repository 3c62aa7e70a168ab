"""Only legal transitions happen, nobody decides their own request, and what was published never changes."""

import datetime

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.urls import reverse
from hypothesis import settings as tried
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from recommendations.documents.papers.rendering import render_paper
from recommendations.domain.audit import verification
from recommendations.domain.papers import builds, papers
from recommendations.domain.papers.building import build_next
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.people import records
from recommendations.domain.register import voices
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import BuildKind
from recommendations.models import (
    Closure,
    IssuedFile,
    PaperBuild,
    ScrutinyReport,
    TrackedRecommendation,
    TrailEntry,
)
from tests.conftest import AT, make_person
from tests.security.rights import RIGHTS
from tests.snapshots import undone

# Written down a second time: what may follow what, and the right that it takes.
NEXT = {
    ("open", "request_closure"): ("pending", "request_closure"),
    ("pending", "approve_closure"): ("closed", "decide_closure"),
    ("pending", "decline_closure"): ("open", "decide_closure"),
    ("closed", "reopen"): ("open", "reopen"),
}
TYPED = {
    "request_closure": {"outcome": "implemented", "reason": "Done."},
    "approve_closure": {"reason": "Agreed."},
    "decline_closure": {"reason": "Not yet."},
    "reopen": {"reason": "It failed."},
}
LATER = AT + datetime.timedelta(hours=20)
PEOPLE = ("officer", "approver", "second_approver", "lead_a", "lead_b", "member", "administrator")


class Closing(RuleBasedStateMachine):
    """One recommendation of the first force, and everybody who tries everything with it."""

    world = None

    def __init__(self):
        super().__init__()
        self.before = transaction.savepoint_create()
        self.pk, self.state, self.asked_by, self.closures = self.world.open_a.pk, "open", None, 0

    def teardown(self):
        transaction.set_rollback(False)
        transaction.savepoint_rollback(self.before)

    @rule(who=st.sampled_from(PEOPLE), verb=st.sampled_from(sorted(TYPED)), stale=st.booleans())
    def attempt(self, who, verb, stale):
        record = TrackedRecommendation.objects.get(pk=self.pk)
        entries = TrailEntry.objects.exclude(verb="refused").count()
        sent = TYPED[verb] | {"version": record.version - 1 if stale else record.version}
        answer = self.world.clients[who].post(reverse(verb, args=[self.pk]), sent)
        should, status = self._should(who, verb, stale)
        assert answer.status_code == status
        assert TrailEntry.objects.exclude(verb="refused").count() - entries == should
        if should:
            self.state = NEXT[self.state, verb][0]
            self.asked_by = who if verb == "request_closure" else self.asked_by
            self.closures += verb == "request_closure"

    def _should(self, who, verb, stale) -> tuple[bool, int]:
        """Whether it should be done, and what should be answered."""
        right = {verb: right for (_, verb), (_, right) in NEXT.items()}[verb]
        if right not in RIGHTS["approver" if who == "second_approver" else who]:
            return False, 403
        if who == "lead_b":
            return False, 404
        own = verb in ("approve_closure", "decline_closure") and who == self.asked_by
        done = (self.state, verb) in NEXT and not own and not stale
        return done, 302 if done else 200

    @invariant()
    def the_record_says_what_the_model_says(self):
        now = TrackedRecommendation.objects.get(pk=self.pk).standing
        says = "closed" if now.closed_on else "pending" if now.closure_requested_on else "open"
        assert says == self.state
        assert Closure.objects.filter(tracked=self.pk).count() == self.closures
        decided = Closure.objects.filter(tracked=self.pk, decided_by__isnull=False)
        assert all(each.decided_by_id != each.requested_by_id for each in decided)


def with_another_approver(world, settings_fixture) -> None:
    settings_fixture.DEMO = True
    world.people["second_approver"] = make_person("Second Approver", "approving_officer")
    client = type(world.clients["officer"])()
    client.force_login(world.people["second_approver"])
    world.clients["second_approver"] = client
    Closing.world = world


# Each state in turn, the person who leads to the next one, and what that takes.
STORY = (
    ("open", "approver", "request_closure"),
    ("pending", "second_approver", "approve_closure"),
    ("closed", "officer", "reopen"),
)


def test_nobody_gets_from_one_state_to_another_but_as_the_table_says(world, settings):
    """In each state everybody tries what may follow, and somebody who may do everything tries the rest, and stale."""
    with_another_approver(world, settings)
    closing, done = Closing(), 0

    def attempt(who: str, verb: str, *, stale: bool = False) -> bool:
        """What comes of it is undone."""
        before = closing.state, closing.asked_by, closing.closures
        with undone():
            closing.attempt(who=who, verb=verb, stale=stale)
            closing.the_record_says_what_the_model_says()
            is_done = closing.state != before[0]
        closing.state, closing.asked_by, closing.closures = before
        return is_done

    for state, who, verb in STORY:
        assert closing.state == state
        for each in TYPED:
            if (state, each) in NEXT:
                done += sum(attempt(person, each) for person in PEOPLE)
                attempt("approver", each, stale=True)
            else:
                attempt("approver", each)
        closing.attempt(who=who, verb=verb, stale=False)
        closing.the_record_says_what_the_model_says()
    assert closing.state == "open"
    assert done == 4 + 2 * 1 + 3  # who asks; who approves and declines, but the one who asked; who reopens
    assert verification.verify() == []


@pytest.mark.soak
def test_two_thousand_steps_of_everybody_trying_everything(world, settings):
    with_another_approver(world, settings)
    of = tried(max_examples=50, stateful_step_count=40, derandomize=True, database=None)
    run_state_machine_as_test(Closing, settings=of)
    assert verification.verify() == []


def test_nobody_finalises_their_own_paper_or_withdraws_the_other_sides_word(world):
    approver, lead, officer = (world.people[name] for name in ("approver", "lead_a", "officer"))
    days = {"start": datetime.date(2025, 1, 1), "end": datetime.date(2025, 3, 31)}
    paper = papers.prepare(force=world.force_a, by=approver, at=LATER, **days)
    figures = compile_figures(paper=paper, known_at=LATER)
    with pytest.raises(NotAllowed):
        papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=LATER)
    rows = world.rows_a
    for row, by in ((rows.ours, lead), (rows.assured, lead), (rows.theirs, officer), (rows.target, officer)):
        with pytest.raises(NotAllowed):
            voices.withdraw(row=row, reason="Wrong.", by=by, at=LATER)


def test_who_asked_for_a_paper_and_may_not_finalise_any_more_does_not(world):
    """What is made outside a request is kept in somebody's name: it is asked again whether they may."""
    paper, approver = world.draft_a, world.people["approver"]
    build = builds.ask(paper=paper, kind=BuildKind.FINALISE, by=approver, at=LATER)
    assert builds.who_finalises(build) == approver
    approver.is_active = False
    records.keep(record=approver, by=None, at=LATER)
    with pytest.raises(NotAllowed):
        builds.who_finalises(build)
    build_next(lambda: LATER, render=render_paper)
    assert PaperBuild.objects.get(pk=build.pk).problem.startswith(f"{approver.name} can no longer finalise papers.")
    assert ScrutinyReport.objects.get(pk=paper.pk).is_draft


def test_a_paper_is_finalised_once_and_its_file_never_saved_again(world):
    paper = ScrutinyReport.objects.get(pk=world.final_a.pk)
    content = bytes(paper.file.content)
    figures = world.final_a.figures
    with pytest.raises(Refusal):
        papers.finalise(paper=paper, figures=figures, content=b"other", by=None, at=paper.finalised_at)
    with pytest.raises(ValueError, match="never changes"):
        paper.file.save()
    assert bytes(IssuedFile.objects.get(pk=paper.file_id).content) == content
    assert django_settings.SIMPLE_HISTORY_REVERT_DISABLED
