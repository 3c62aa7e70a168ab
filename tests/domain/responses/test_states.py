"""A response gets from one state to another only as the table says, whoever tries what; what is published stays.

The table, the rights and who may not decide are written down here a second time.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from recommendations.domain.audit import verification
from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import (
    Comment,
    CommentAnswer,
    Commitment,
    Explanation,
    IssuedFile,
    PublishedText,
    Recommendation,
    Response,
    ResponseSubmission,
    ResponseVersion,
    TrailEntry,
)
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.makers.responses import (
    comment_of_chief_officer,
    make_draft,
    make_response,
    part,
    promise,
    publish,
    write,
)
from tests.per_module import per_module
from tests.snapshots import undone

pytestmark = pytest.mark.sqlite_alone

DRAFTS, DECIDES = "draft_response", "approve_response"
NEXT = {
    ("drafting", "submit"): ("submitted", DRAFTS),
    ("submitted", "approve"): ("approved", DECIDES),
    ("submitted", "record_outside_approval"): ("approved", DRAFTS),
    ("submitted", "send_back"): ("drafting", DECIDES),
    ("submitted", "take_back"): ("drafting", DRAFTS),
    ("approved", "take_back"): ("drafting", DRAFTS),
    ("approved", "publish"): ("published", DRAFTS),
    ("published", "correct"): ("drafting", DRAFTS),
    ("drafting", "drop_correction"): ("published", DRAFTS),
    ("drafting", "withdraw_response"): ("withdrawn", DRAFTS),
    ("published", "withdraw_response"): ("withdrawn", DECIDES),
}
VERBS = sorted({verb for _, verb in NEXT})
ROLES = {
    "officer": "opcc_officer",
    "other officer": "opcc_officer",
    "approver": "approving_officer",
    "other approver": "approving_officer",
    "lead": "force_inspection_lead",
    "member": "committee_member",
    "administrator": "administrator",
}
ONE_OF_EACH = ["officer", "other approver", "lead", "member", "administrator"]
RIGHTS = {"opcc_officer": {DRAFTS}, "approving_officer": {DRAFTS, DECIDES}}
OUTSIDE = {"approved_by": "The Commissioner", "approved_on": AT.date(), "evidence": "Her email."}
DO = {
    "submit": approval_workflow.submit,
    "approve": approval_workflow.approve,
    "send_back": lambda **given: approval_workflow.send_back(remarks="Say more.", **given),
    "record_outside_approval": lambda **given: approval_workflow.record_outside_approval(**OUTSIDE, **given),
    "take_back": approval_workflow.take_back,
    "publish": lambda response, **given: publish(response, **given),
    "correct": publishing.correct,
    "drop_correction": publishing.drop_correction,
    "withdraw_response": lambda **given: publishing.withdraw_response(reason="Wrong.", **given),
}
KEPT = (ResponseVersion, PublishedText, Comment, CommentAnswer, Explanation, Commitment, IssuedFile)


def kept() -> set[str]:
    """Every row of what was published, as it is in the database."""
    return {f"{model.__name__} {row!r}" for model in KEPT for row in model.objects.values_list()}


class Living(RuleBasedStateMachine):
    """One response, and everybody who tries everything with it."""

    people, report, body = {}, None, None

    def __init__(self):
        super().__init__()
        self.before = transaction.savepoint_create()
        self.pk = make_response(self.report, self.body).pk
        self.state, self.submitted_by, self.versions, self.moved = "drafting", None, 0, False
        self.said, self.wrote, self.published, self.kept, self.corrections = {}, {}, {}, set(), 0
        self.marked, self.promised = None, set()
        comment_of_chief_officer(self.response, self.report.covers.get().force)

    def teardown(self):
        transaction.set_rollback(False)
        transaction.savepoint_rollback(self.before)

    @property
    def response(self) -> Response:
        return Response.objects.get(pk=self.pk)

    @property
    def asked(self) -> str:
        return f"recommendation-{self.report.recommendations.get().pk}"

    def may(self, who: str, right: str) -> bool:
        return right in RIGHTS.get(ROLES[who], ())

    # What people try

    @rule(who=st.sampled_from(sorted(ROLES)), verb=st.sampled_from([verb for verb in VERBS if "withdraw" not in verb]))
    def attempt(self, who, verb):
        should, entries = self.should(who, verb), TrailEntry.objects.count()
        done = tried(verb, self.response, self.people[who])
        assert (done, TrailEntry.objects.count() - entries) == (should, int(should))
        if done:
            self.follow(who, verb)

    @rule(who=st.sampled_from(["approver", "other approver"]))
    def go_on(self, who):
        """What usually comes next, so that far states are reached too."""
        if self.state == "drafting" and not self.is_whole:
            self.edit("officer", 1, "A." if self.said.get(self.asked) != "A." else "B.")
            self.edit("officer", 2, f"Correction {self.versions}.")
            self.a_sentence_is_promised()
        usual = {"drafting": "submit", "submitted": "approve", "approved": "publish", "published": "correct"}
        if self.state in usual:
            self.attempt(who if self.state == "submitted" else "officer", usual[self.state])

    @rule(who=st.sampled_from(["officer", "approver", "other approver"]), place=st.integers(0, 4))
    def do_what_the_table_offers(self, who, place):
        """Anything that leads on from here, by somebody whose role it is for the most part."""
        possible = [verb for state, verb in NEXT if state == self.state and verb != "withdraw_response"]
        if possible:
            self.attempt(who, possible[place % len(possible)])

    @rule(who=st.sampled_from(["officer", "approver"]), really=st.sampled_from([False] * 9 + [True]))
    def withdraw(self, who, really):
        """Nothing comes after it, so it is seldom tried."""
        if really:
            self.attempt(who, "withdraw_response")

    def may_try(self, who: str, verb: str) -> bool:
        return self.may(who, NEXT[self.state, verb][1])

    def should(self, who: str, verb: str) -> bool:
        if (self.state, verb) not in NEXT or not self.may_try(who, verb):
            return False
        return {
            "submit": self.is_whole,
            "approve": who != self.submitted_by and who not in self.wrote.values() and not self.moved,
            "send_back": who != self.submitted_by,
            "record_outside_approval": not self.moved,
            "publish": not self.moved,
            "drop_correction": self.versions > 0,
            "withdraw_response": self.state == "published" or self.versions == 0,
        }.get(verb, True)

    @property
    def is_whole(self) -> bool:
        answered = self.said.get(self.asked, "")
        corrects = self.versions == 0 or bool(self.said.get("correction"))
        return bool(answered) and corrects and self.marked in (None, answered)

    def follow(self, who: str, verb: str):
        self.state = NEXT[self.state, verb][0]
        if verb == "submit":
            self.submitted_by, self.moved = who, False
        elif verb == "publish":
            self.versions += 1
            self.published = dict(self.said)
            self.promised |= {self.marked} - {None}
            self.wrote, self.said, self.marked = {}, {}, None
        elif verb == "correct":
            self.said = {key: text for key, text in self.published.items() if key != "correction"}
            self.marked = self.said[self.asked] if self.said[self.asked] in self.promised else None
        elif verb == "drop_correction":
            self.wrote, self.said, self.marked = {}, {}, None

    @rule(who=st.sampled_from(sorted(ROLES)), about=st.integers(0, 2), text=st.sampled_from(["", "A.", "B.", "C."]))
    def edit(self, who, about, text):
        key = ("narrative", self.asked, "correction")[about]
        if key == "correction" and not (self.versions and self.state in ("drafting", "submitted", "approved")):
            return
        values = {"text": text} | ({"action": "taken"} if key == self.asked else {})
        should = self.may(who, DRAFTS) and self.state in ("drafting", "submitted", "approved")
        try:
            with transaction.atomic():
                write(self.response, key, by=self.people[who], at=AT, **values)
            done = True
        except Refusal:
            done = False
        assert done == should
        changed = self.said.get(key) != text if key == self.asked else self.said.get(key, "") != text
        if done and changed:
            self.said[key], self.wrote[key] = text, who
            self.state = "drafting"

    @rule()
    def the_report_is_corrected(self):
        asked = Recommendation.objects.get(pk=self.report.recommendations.get().pk)
        self.corrections += 1
        new = NewRecommendation(text=f"Corrected {self.corrections} times.", number=asked.number)
        about = {"recommendation": asked, "version": asked.version, "reason": "A correction."}
        inspections.edit_recommendation(new=new, by=None, at=AT, **about)
        self.moved = True

    @rule()
    def a_sentence_is_promised(self):
        if self.state == "drafting" and self.said.get(self.asked):
            row = part(self.response, self.asked)
            row.commitments.all().delete()
            promise(self.response, self.asked, row.text)
            self.marked = row.text

    # What holds

    @invariant()
    def the_record_says_what_the_model_says(self):
        found = self.response
        assert (found.state, found.versions.count()) == (self.state, self.versions)
        for who, person in self.people.items():
            offered = [verb for state, verb in NEXT if state == self.state and self.may_try(who, verb)]
            if self.state == "drafting":
                offered.remove("withdraw_response" if self.versions else "drop_correction") if offered else None
            assert approval_workflow.verbs_for(found, person) == offered

    @invariant()
    def what_was_published_stays(self):
        now = kept()
        assert self.kept <= now
        assert now == self.kept or self.state == "published"
        self.kept = now

    @invariant()
    def nobody_decided_on_their_own(self):
        for each in ResponseSubmission.objects.filter(response=self.pk, decision__in=["approved", "sent_back"]):
            assert each.decided_by_id != each.submitted_by_id
        for version in ResponseVersion.objects.filter(response=self.pk).select_related("submission"):
            assert version.submission.decision in ("approved", "approved_outside")


@per_module
def office(westmarch, body):
    Living.people = {who: make_person(who, role, westmarch if "force" in role else None) for who, role in ROLES.items()}
    Living.report, Living.body = make_inspection(westmarch), body
    make_tracked(Living.report, number="1")


def states(people: dict, report, body) -> Iterator[tuple[str, Response]]:
    """One response, written by the officer, as it comes into each state; also while it is corrected."""
    by, approver = ({"by": people[who], "at": AT} for who in ("officer", "approver"))
    response = make_draft(report, body, by=people["officer"])
    yield "drafting", response
    approval_workflow.submit(response=response, **by)
    yield "submitted", response
    approval_workflow.approve(response=response, **approver)
    yield "approved", response
    publish(response, **by)
    yield "published", response
    with undone():
        publishing.correct(response=response, **by)
        write(response, "correction", text="A slip.", by=people["officer"])
        yield "correcting", response
    publishing.withdraw_response(response=response, reason="Wrong.", **approver)
    yield "withdrawn", response


@pytest.mark.parametrize("people", [ONE_OF_EACH, pytest.param(sorted(ROLES), marks=pytest.mark.soak)])
def test_every_verb_in_every_state_by_every_role(office, people):
    """The whole table, tried out: what it does not name is refused, whoever asks."""
    wrong, done = [], set()
    for name, response in states(Living.people, Living.report, Living.body):
        state = "drafting" if name == "correcting" else name
        for verb in VERBS:
            for who in people:
                person = Living.people[who]
                right = NEXT.get((state, verb), ("", None))[1]
                should = right in RIGHTS.get(ROLES[who], ())
                should &= (name, verb) not in (("correcting", "withdraw_response"), ("drafting", "drop_correction"))
                with undone():
                    did = tried(verb, Response.objects.get(pk=response.pk), person)
                    after = Response.objects.get(pk=response.pk).state
                done |= {(state, verb)} if did else set()
                if (did, after) != (should, NEXT[state, verb][0] if should else state):
                    wrong.append((name, verb, who))
    assert wrong == []
    assert done == set(NEXT)


def tried(verb: str, response: Response, person) -> bool:
    try:
        with transaction.atomic():
            DO[verb](response=response, by=person, at=AT)
    except Refusal:
        return False
    return True


def walk(examples: int, steps: int) -> None:
    counts = {"max_examples": examples, "stateful_step_count": steps}
    run_state_machine_as_test(
        Living,
        settings=settings(derandomize=True, database=None, **counts),
    )
    assert verification.verify() == []


def test_nobody_gets_a_response_anywhere_but_as_the_table_says(office):
    walk(examples=2, steps=30)


@pytest.mark.soak
def test_two_thousand_steps_of_everybody_trying_everything(office):
    walk(examples=50, steps=40)
