"""The trail: a change and its entry commit together on every path, each write is one entry, and nothing escapes it."""

import datetime
import hashlib
import importlib
import inspect
import json
import pkgutil

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse

from recommendations import domain, trail
from recommendations.domain import audit, closures, inspections, papers, people, responses, voices
from recommendations.domain.inspections import NewRecommendation
from recommendations.domain.once import once
from recommendations.domain.responses import PublishedResponse
from recommendations.domain.scrutiny import compile_figures
from recommendations.enums import InspectionKind
from recommendations.middleware import DRAFTS, guard_writes
from recommendations.models import Force, ForceUpdate, Label, Submission, TrackedRecommendation, TrailEntry, TrailHead
from recommendations.models.base import Guarded, Record
from tests.conftest import AT, PUBLISHED
from tests.security.world import HOUR, build_world
from tests.snapshots import changed, contents, undone
from tests.verb_cases import cases as cases_by_subject
from tests.verb_cases import drafting
from tests.verb_cases import sheets as sheet_cases

LATER = AT + 10 * HOUR


def discovered() -> dict:
    """Every function of the domain that takes who acts and when: by the convention, the verbs."""
    found = {}
    for module in pkgutil.iter_modules(domain.__path__):
        loaded = importlib.import_module(f"recommendations.domain.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            takes = inspect.signature(function).parameters
            if function.__module__ == loaded.__name__ and {"by", "at"} <= set(takes) and not name.startswith("_"):
                found[f"{module.name}.{name}"] = function
    return found


# They take who and when, and write nothing of their own.
NOT_VERBS = {
    "file_drafts.find_file",
    "joint_papers.check_joint",
    "once.once",
    "papers.check_can_finalise",
    "round_sheets.find_sheet",
    "sheet_drafts.find_draft",
    "sheet_drafts.has_draft",
}


def cases(world) -> dict:
    """How each verb is done once, on the world that was built."""
    officer, approver, lead = (world.people[name] for name in ("officer", "approver", "lead_a"))
    by = {"by": officer, "at": LATER}
    about, closed, pending = world.open_a, world.closed_a, world.pending_a
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
        "voices.log_force_update": lambda: voices.log_force_update(tracked=about, done="Seen to.", by=lead, at=LATER),
        "voices.record_assurance": lambda: voices.record_assurance(
            tracked=about, view="assured", rationale="Seen.", **by
        ),
        "voices.record_inspectorate_status": lambda: voices.record_inspectorate_status(
            tracked=about, status="complete", **by
        ),
        "voices.set_target": lambda: voices.set_target(
            tracked=about, target_on=datetime.date(2027, 6, 1), reason="Delay.", **by
        ),
        "voices.withdraw": lambda: voices.withdraw(row=world.rows_a.theirs, reason="Wrong.", by=lead, at=LATER),
        "closures.request_closure": lambda: closures.request_closure(tracked=about, **words, **by),
        "closures.approve_closure": lambda: closures.approve_closure(tracked=pending, by=approver, at=LATER),
        "closures.decline_closure": lambda: closures.decline_closure(
            tracked=pending, reason="No.", by=approver, at=LATER
        ),
        "closures.reopen": lambda: closures.reopen(tracked=closed, reason="Failed.", **by),
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
        "responses.record_published": lambda: responses.record_published(
            published=published(), force=world.force_a, **by
        ),
        "people.keep": lambda: people.keep(record=edited(Force.objects.get(pk=world.force_a.pk), name="Other"), **by),
        "people.add_person": lambda: people.add_person(email="new@example.org", name="New", role="opcc_officer", **by),
        "people.set_password": lambda: people.set_password(person=officer, password="another long password", **by),
        **cases_by_subject(world),
    }


class TrailFails(Exception):
    """The trail cannot be written."""


def fail(*args, **kwargs):
    raise TrailFails


@pytest.fixture
def world(db):
    made = build_world()
    sheet_cases.build(made)
    cases(made)  # what the cases need is there before anything is counted
    return made


def test_every_verb_has_a_case(world):
    assert set(cases(world)) == set(discovered()) - NOT_VERBS - set(drafting(world))


def test_what_only_drafts_changes_drafts_and_no_record(world):
    before, wrong = contents(), []
    for name, act in drafting(world).items():
        with undone():
            act()
            tables = changed(before, contents())
            if not set(DRAFTS) >= set(tables) > set():
                wrong.append((name, tables))
    assert wrong == []


def test_each_verb_adds_one_entry_and_leaves_all_in_agreement(world):
    added, wrong = {}, []
    for name, act in cases(world).items():
        with undone():
            before = TrailEntry.objects.count()
            act()
            added[name] = TrailEntry.objects.count() - before
            wrong += audit.verify()
    assert added == dict.fromkeys(cases(world), 1)
    assert wrong == []


@pytest.mark.parametrize("what", ["the entry", "the head"])
def test_a_change_whose_entry_fails_is_not_made(world, monkeypatch, what):
    if what == "the entry":
        monkeypatch.setattr(trail, "record", fail)
    else:
        monkeypatch.setattr(TrailHead, "save", fail)
    before, changes, forms = contents(), {}, {}
    for name, act in cases(world).items():
        with undone():
            with pytest.raises(TrailFails):
                act()
            changes[name] = changed(before, contents())
            with pytest.raises(TrailFails):
                once("a token", by=world.people["officer"], at=LATER, act=act)
            forms[name] = changed(before, contents())
    assert changes == {name: [] for name in cases(world)}
    assert forms == {name: [] for name in cases(world)}


def test_an_entry_says_who_when_what_why_and_which_fields(tracked, officer, at):
    closures.request_closure(tracked=tracked, outcome="implemented", reason="It is done.", by=officer, at=at)
    entry, before = TrailEntry.objects.order_by("-sequence")[:2]
    assert (entry.by, entry.by_name, entry.at, entry.verb) == (officer, "Hannah Whitlock", at, "request_closure")
    assert (entry.subject_model, entry.subject_id) == ("recommendations.trackedrecommendation", tracked.pk)
    assert (entry.about, entry.reason, entry.previous) == (tracked.reference, "It is done.", before.hash)
    assert entry.hash == trail.entry_hash(entry)
    (closure, cache) = json.loads(entry.changes)
    assert closure["model"] == "recommendations.closure"
    assert closure["fields"]["outcome"] == hashlib.sha256(b'"implemented"').hexdigest()[:32]
    assert set(cache["fields"]) == {"closure_requested_on"}


def test_a_persons_name_of_the_day_stays_on_the_trail_and_in_the_history(tracked, officer, administrator, at):
    voices.log_force_update(tracked=tracked, done="Seen to.", by=officer, at=at)
    officer.name = "Hannah Married"
    people.keep(record=officer, by=administrator, at=at)
    assert TrailEntry.objects.filter(verb="log_force_update").get().by_name == "Hannah Whitlock"
    assert ForceUpdate.history.get().history_actor == "Hannah Whitlock"


def test_verbs_do_not_nest_and_know_their_moment(db, at):
    with trail.verb("outer", by=None, at=at), pytest.raises(RuntimeError), trail.verb("inner", by=None, at=at):
        pass
    with pytest.raises(ValueError, match="time zone"), trail.verb("naive", by=None, at=at.replace(tzinfo=None)):
        pass
    assert list(TrailEntry.objects.values_list("verb", flat=True)) == ["outer"]


def guarded():
    return sorted(audit.guarded_models(), key=lambda model: model.__name__)


@pytest.mark.parametrize("model", guarded(), ids=lambda model: model.__name__)
def test_no_model_can_be_written_outside_a_verb(db, model):
    rows = model.objects
    for write in (
        lambda: model().save(),
        lambda: model(pk=1).delete(),
        lambda: rows.create(),
        lambda: rows.update(pk=2),
        lambda: rows.all().delete(),
        lambda: rows.bulk_create([model()]),
        lambda: rows.bulk_update([model(pk=1)], ["pk"]),
        lambda: rows.filter(pk=1).update(pk=2),
    ):
        with pytest.raises(trail.WriteOutsideVerb):
            write()


def test_not_even_a_verb_deletes_or_writes_many_at_once(westmarch, at):
    with trail.verb("hard", by=None, at=at):
        for write in (
            westmarch.delete,
            lambda: Force.objects.update(name="x"),
            lambda: Force.objects.all().delete(),
            lambda: Force.objects.bulk_create([Force()]),
            lambda: Force.objects.bulk_update([westmarch], ["name"]),
        ):
            with pytest.raises(trail.WriteOutsideVerb):
                write()


def test_the_trail_itself_is_only_added_to(westmarch):
    entry = TrailEntry.objects.get()
    for write in (
        entry.save,
        entry.delete,
        lambda: TrailEntry.objects.update(reason="x"),
        lambda: TrailEntry.objects.all().delete(),
        lambda: TrailEntry.objects.bulk_update([entry], ["reason"]),
        lambda: TrailEntry.objects.bulk_create([TrailEntry()]),
    ):
        with pytest.raises(TypeError):
            write()


def test_every_model_is_guarded_and_has_a_history_or_is_named_here():
    ours = [model for model in guarded() if not issubclass(model, Record)]
    assert {model.__name__ for model in ours} == {"IssuedFile", "PublishedText", "SheetRow", "User"}
    bare = [model.__name__ for model in guarded() if not hasattr(model, "history")]
    assert bare == ["IssuedFile", "PublishedText", "SheetRow"]
    rest = {
        model.__name__
        for model in Force._meta.apps.get_app_config("recommendations").get_models()
        if not issubclass(model, Guarded) and not model.__name__.startswith("Historical")
    }
    # What somebody is still writing.
    drafts = {"SheetDraft", "RoundDraft", "DraftPart", "DraftCommitment", "CommentsDraft", "FileDraft"}
    ledgers = {"ReminderMail", "ReminderItem", "PaperMail", "LastLook"}  # what was sent and seen
    work = {"PaperBuild"}  # what is being made
    assert rest == {"TrailEntry", "TrailHead", "Submission"} | drafts | ledgers | work


def past_the_models(record):
    """Writes that neither model nor queryset sees."""
    table, plain = record._meta.db_table, models.QuerySet(type(record))
    label = Label(vocabulary="stage", key="raw", words="Raw")

    def raw(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return {
        "queryset": lambda: plain.update(name="x"),
        "many": lambda: models.QuerySet(Label).bulk_create([label]),
        "many, once": lambda: models.QuerySet(Label).bulk_create([label], ignore_conflicts=True),
        "save": lambda: models.Model.save(record),
        "save_base": record.save_base,
        "sql": lambda: raw(f"update {table} set name = 'x'"),
        "sql in a with": lambda: raw(f"WITH x AS (SELECT 1) UPDATE {table} SET name = 'x'"),
        "delete": lambda: raw(f"DELETE  FROM {table}"),
        "history": lambda: models.QuerySet(type(record.history.first())).update(name="x"),
    }


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_while_a_request_is_answered_only_verbs_write(westmarch, rf, method):
    request = getattr(rf, method)("/")
    request.user = AnonymousUser()
    before = contents()
    for name, write in past_the_models(westmarch).items():
        with undone(), pytest.raises(trail.WriteOutsideVerb):
            guard_writes(lambda request, write=write: write())(request)
        assert (name, changed(before, contents())) == (name, [])


def test_a_get_writes_nothing_even_with_a_verb(westmarch, rf, at):
    westmarch.short_name = "W"

    def answer(request):
        return people.keep(record=westmarch, by=None, at=at)

    with pytest.raises(trail.WriteOutsideVerb), transaction.atomic():
        guard_writes(answer)(rf.get("/"))
    assert guard_writes(answer)(rf.post("/")).short_name == "W"
    assert guard_writes(lambda request: trail.record(by=None, at=at, verb="seen"))(rf.get("/")).verb == "seen"


def refusals() -> list[tuple]:
    entries = TrailEntry.objects.filter(verb="refused").order_by("sequence")
    return list(entries.values_list("by_name", "about", "reason"))


def test_a_refusal_is_an_entry_though_what_was_refused_left_nothing(client, tracked, approver, settings, at):
    settings.DEMO = True
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=approver, at=at)
    before = contents(leave_out=("trailentry", "trailhead"))
    client.force_login(approver)
    url = reverse("approve_closure", args=[tracked.pk])
    version = TrackedRecommendation.objects.get().version
    client.post(url, {"version": version, "once": "a"})
    says = "You asked for this closure, so another approving officer decides it."
    assert refusals() == [("Margaret Osei", f"POST {url}", says)]
    assert changed(before, contents(leave_out=("trailentry", "trailhead"))) == []
    assert audit.verify() == []


def test_what_a_role_may_not_do_is_an_entry_and_what_is_not_there_is_none(client, tracked, force_lead, settings):
    settings.DEMO = True
    client.force_login(force_lead)
    url = reverse("record_assurance", args=[tracked.pk])
    assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)
    assert client.get(reverse("tracked", args=[999])).status_code == 404
    assert refusals() == [
        ("Callum Tranter", f"GET {url}", "no permission"),
        ("Callum Tranter", f"POST {url}", "no permission"),
    ]


def test_a_forged_form_is_refused_and_is_an_entry(tracked, officer, settings):
    settings.DEMO = True
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    url = reverse("log_force_update", args=[tracked.pk])
    assert strict.post(url, {"done": "Forged."}).status_code == 403
    assert refusals() == [("Hannah Whitlock", f"POST {url}", "no permission")]
    assert (ForceUpdate.objects.count(), Submission.objects.count()) == (0, 0)
