"""Every verb, done once: one entry in the trail, in one transaction with the change."""

import datetime
import importlib
import inspect
import pkgutil
from contextlib import nullcontext

import pytest
from django.db import connection

from recommendations import domain, trail
from recommendations.domain.audit import verification
from recommendations.domain.audit.chain import BEGINNING, KnownHead
from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.people import records
from recommendations.domain.register import closures, voices
from recommendations.domain.responses import imported
from recommendations.domain.responses.imported import PublishedResponse
from recommendations.domain.risk import delays, weights
from recommendations.domain.submission.idempotency import run_once
from recommendations.enums import InspectionKind
from recommendations.middleware.guarded_writes import DRAFTS
from recommendations.models import Force, Standing, TrackedRecommendation, TrailEntry, TrailHead
from recommendations.models.register.standing_rows import READS
from tests.conftest import AT, PUBLISHED
from tests.database import APPLICATION, as_role
from tests.per_module import per_module
from tests.security.world import HOUR, build_world
from tests.snapshots import changed, contents, tables_written, undone
from tests.verb_cases import cases as cases_by_subject
from tests.verb_cases import drafting, imports
from tests.verb_cases.retention import OF_THE_OWNER

LATER = AT + 10 * HOUR
IN_FULL = pytest.param(True, marks=pytest.mark.soak, id="in full")
OF_STANDINGS = {model._meta.db_table for model in (*READS, Standing)}  # from these each standing follows


def discovered() -> dict:
    """{"subject.verb": function}: every one of the domain that takes who acts and when, by convention the verbs."""
    found = {}
    for module in pkgutil.walk_packages(domain.__path__, "recommendations.domain."):
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            takes = inspect.signature(function).parameters
            if function.__module__ == loaded.__name__ and {"by", "at"} <= set(takes) and not name.startswith("_"):
                verb = f"{module.name.split('.')[2]}.{name}"
                assert verb not in found, "a subject has each verb once"
                found[verb] = function
    return found


# They take who and when, and write nothing of their own.
NOT_VERBS = {
    "responses.find_file",
    "papers.check_joint",
    "submission.run_once",
    "papers.check_before_asking",
    "papers.compile_to_finalise",
    "papers.check_can_finalise",
    "people.check_record",
    "rounds.find_sheet",
    "imports.find_draft",
    "imports.has_draft",
}
# They need another office’s register in a file: tests/operations/handing_over compares both with the trail.
OF_A_BAG = {"handing_over.take_over", "handing_over.give_back"}


def cases(world) -> dict:
    """How each verb is done once, on the world that was built."""
    officer, approver, lead = (world.people[name] for name in ("officer", "approver", "lead_a"))
    by = {"by": officer, "at": LATER}
    about, closed, pending = world.open_a, world.closed_b, world.pending_a
    facts = {"kind": InspectionKind.CUSTODY, "short_name": "New", "published_on": PUBLISHED}
    words = {"outcome": "implemented", "reason": "Done."}
    asked, inspection = about.recommendation, world.inspection_a

    def edited(record, **values):
        for name, value in values.items():
            setattr(record, name, value)
        return record

    def finalise():
        paper, at = world.draft_a, LATER
        figures = compile_figures(paper=paper, known_at=at)
        return papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=at)

    def published():
        return PublishedResponse(
            title="A new report",
            short_name="New",
            kind=InspectionKind.CUSTODY,
            body=world.body,
            body_name="The Commissioner",
            published_on=PUBLISHED,
            responded_on=PUBLISHED,
            recommendations=(NewRecommendation(text="The force should write.", number="1"),),
            source_text="Unseen.",
        )

    return {
        "register.log_force_update": lambda: voices.log_force_update(tracked=about, done="Seen to.", by=lead, at=LATER),
        "register.record_assurance": lambda: voices.record_assurance(
            tracked=about, view="assured", rationale="Seen.", **by
        ),
        "register.record_inspectorate_status": lambda: voices.record_inspectorate_status(
            tracked=about, status="complete", **by
        ),
        "register.set_target": lambda: voices.set_target(
            tracked=about, target_on=datetime.date(2027, 6, 1), reason="Delay.", **by
        ),
        "risk.weigh": lambda: weights.weigh(tracked=about, risk="high", why="Seen.", **by),
        "risk.record_delay": lambda: delays.record_delay(tracked=about, cause="resources", by=lead, at=LATER),
        "register.withdraw": lambda: voices.withdraw(row=world.rows_a.theirs, reason="Wrong.", by=lead, at=LATER),
        "register.request_closure": lambda: closures.request_closure(tracked=about, **words, **by),
        "register.approve_closure": lambda: closures.approve_closure(tracked=pending, by=approver, at=LATER),
        "register.decline_closure": lambda: closures.decline_closure(
            tracked=pending, reason="No.", by=approver, at=LATER
        ),
        "register.reopen": lambda: closures.reopen(tracked=closed, reason="Failed.", **by),
        "inspections.add_inspection": lambda: inspections.add_inspection(
            forces=[world.force_a], title="Another", **facts, **by
        ),
        "inspections.edit_inspection": lambda: inspections.edit_inspection(
            inspection=inspection, version=inspection.version, forces=[world.force_a], reason="Typo.", title="New", **by
        ),
        "inspections.add_recommendation": lambda: inspections.add_recommendation(
            inspection=inspection, new=NewRecommendation(text="More.", parts=("a",)), **by
        ),
        "inspections.edit_recommendation": lambda: inspections.edit_recommendation(
            recommendation=asked, version=asked.version, new=NewRecommendation(text="Less."), reason="Typo.", **by
        ),
        "inspections.edit_tracked": lambda: inspections.edit_tracked(
            tracked=about, version=TrackedRecommendation.objects.get(pk=about.pk).version, opcc_lead="Bo", **by
        ),
        "papers.prepare": lambda: papers.prepare(
            force=world.force_a, start=datetime.date(2026, 1, 1), end=datetime.date(2026, 3, 31), **by
        ),
        "papers.finalise": finalise,
        "papers.correct": lambda: papers.correct(paper=world.final_a, **by),
        "responses.record_published": lambda: imported.record_published(
            published=published(), force=world.force_a, **by
        ),
        "people.keep": lambda: records.keep(record=edited(Force.objects.get(pk=world.force_a.pk), name="Other"), **by),
        "people.add_person": lambda: records.add_person(
            email="new@example.org", name="New", role="committee_member", **by
        ),
        "people.set_password": lambda: records.set_password(person=officer, password="another long password", **by),
        **cases_by_subject(world),
    }


class TrailFails(Exception):
    """The trail cannot be written."""


def fail(*args, **kwargs):
    raise TrailFails


world = per_module(build_world, "world")


@per_module
def ready(world):
    imports.build(world)
    cases(world)  # what the cases need is there before anything is counted
    return world


def test_every_verb_has_a_case(ready):
    assert set(cases(ready)) == set(discovered()) - NOT_VERBS - OF_A_BAG - set(drafting(ready))


def test_what_only_drafts_changes_drafts_and_no_record(ready):
    before, wrong = contents(), []
    for name, act in drafting(ready).items():
        with undone(), tables_written() as tables, as_role(APPLICATION):
            act()
            differ = changed(before, contents(of=tables))
            if not DRAFTS >= set(differ) > set():
                wrong.append((name, differ))
    assert wrong == []


@pytest.mark.parametrize("whole", [pytest.param(False, id="what it wrote to"), IN_FULL])
def test_each_verb_adds_one_entry_and_leaves_all_in_agreement(ready, monkeypatch, whole):
    """Of the rows and histories those that it wrote to are compared with the trail, in the soak all of them.

    After one verb of each subject with the whole trail, after the others with what was added to it. On PostgreSQL as
    the application's role, which may do no more than it needs; what the owner alone may as the owner.
    """
    added, wrong, guarded = {}, [], verification.guarded_models()
    in_full = set(cases(ready) if whole else _one_of_each_subject(cases(ready)))
    for name, act in cases(ready).items():
        role = nullcontext() if name in OF_THE_OWNER else as_role(APPLICATION)
        with undone(), tables_written() as tables, role:
            before = KnownHead(*trail.head())
            act()
            added[name] = TrailEntry.objects.count() - before.count
            wrong += [(name, pk) for pk in Standing.objects.wrong()] if whole or tables & OF_STANDINGS else []
            written = [model for model in guarded if whole or model._meta.db_table in tables]
            monkeypatch.setattr(verification, "guarded_models", lambda written=written: written)
            # Python compares, so that PostgreSQL's answers differ in nothing.
            if whole or connection.vendor == "sqlite":
                verdict = verification.judge(since=BEGINNING if name in in_full else before)
                wrong += [(name, each) for each in verdict.problems]
    assert added == dict.fromkeys(cases(ready), 1)
    assert wrong == []


def _one_of_each_subject(names) -> list[str]:
    return [*{name.partition(".")[0]: name for name in names}.values()]


@pytest.mark.sqlite_alone
@pytest.mark.parametrize(
    ("what", "whole"),
    [
        pytest.param("the head", False, id="the head of each third"),
        pytest.param("the head", True, marks=pytest.mark.soak),
        pytest.param("the entry", True, marks=pytest.mark.soak),
    ],
)
def test_a_change_whose_entry_fails_is_not_made(ready, monkeypatch, what, whole):
    if what == "the entry":
        monkeypatch.setattr(trail, "record", fail)
    else:
        monkeypatch.setattr(TrailHead, "save", fail)
    before, changes, forms = contents(), {}, {}
    every = dict([*cases(ready).items()][:: 1 if whole else 3])
    once = [*every][:: 1 if whole else 4]  # a form is the same round any verb
    for name, act in every.items():
        with undone(), tables_written() as tables:
            with pytest.raises(TrailFails):
                act()
            changes[name] = changed(before, contents(of=tables))
            if name not in once:
                continue
            with pytest.raises(TrailFails):
                run_once("a token", by=ready.people["officer"], at=LATER, act=act)
            forms[name] = changed(before, contents(of=tables))
    assert changes == {name: [] for name in every}
    assert forms == {name: [] for name in once}
    assert len(changes) > 60
