"""A word that stands in every text of every table, and after its redaction in none."""

import datetime
import hashlib
import json

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.text import slugify

from recommendations import trail
from recommendations.digests import canonical
from recommendations.domain.audit import verification
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.retention import columns
from recommendations.domain.retention.filings import filings_of
from recommendations.domain.retention.redactions import confirm_redaction, look_for, propose_redaction
from recommendations.domain.search import following
from recommendations.models import EntrySeal, ForceUpdate, TrailEntry, TrailHead
from recommendations.models.panels.panels import person_key
from recommendations.models.responses.responses import digest_of_draft
from tests.conftest import AT
from tests.domain.audit.tampering import past
from tests.domain.retention.planting import WORD, add_what_is_missing, has, plant_everywhere, tables_with
from tests.per_module import per_module
from tests.security.world import build_world

LATER = AT + datetime.timedelta(days=1000)
world = per_module(build_world, "world")


@per_module
def full(world):
    """The world with the word in every text; the texts that none of its rows could take."""
    with trail.verb("plant", by=None, at=LATER, reason=f"Because of {WORD}.", subject=world.force_a) as act:
        add_what_is_missing(act, world)
        world.not_planted = set(plant_everywhere(act))
    following.rebuild()
    return world


@per_module
def redacted(full):
    """The same after the word was redacted."""
    people, full.head_before = full.people, trail.head()
    redaction = propose_redaction(words=WORD, reason="A victim is named.", by=people["officer"], at=LATER)
    full.mark = look_for(WORD).mark
    full.redaction = confirm_redaction(redaction=redaction, seen=full.mark, by=people["approver"], at=LATER)
    return full


def test_every_text_of_every_table_is_searched_or_named_with_why():
    ours = apps.get_app_config("recommendations").get_models()
    texts = {
        f"{model.__name__}.{each.attname}"
        for model in ours
        for each in model._meta.concrete_fields
        if isinstance(each, columns.TEXTS) and not each.choices and not columns.is_history(model)
    }
    named = {text for text in texts if not _is_searched(*text.split("."))}
    tables = {
        text.split(".")[0] for text in named if text.split(".")[1] not in columns.unsearched_columns(_model(text))
    }
    assert tables == {
        *(
            "AccountSeal",
            "EntrySeal",
            "FoldedRefusal",
            "ForceSubscriber",
            "RegisterExport",
            "SearchEntry",
            "SearchWord",
        ),
        *("ShortLivedValue", "TrailHead", "WebhookDelivery", "WebhookSecret", "Source", "Basis"),
    }
    assert len(texts) > 200


HARMLESS = (
    *(models.ForeignKey, models.AutoField, models.IntegerField, models.BooleanField, models.FloatField),
    models.DecimalField,
    *(models.DateField, models.TimeField),  # a moment is a day too
)


def test_no_column_holds_words_unnoticed():
    """A kind of column that is neither a text that is searched nor without words is named, with what becomes of it."""
    held = {
        f"{model.__name__}.{each.attname}"
        for model in apps.get_models(include_auto_created=True)
        for each in model._meta.concrete_fields
        if not isinstance(each, (*columns.TEXTS, *HARMLESS))
    }
    assert held == {
        "IssuedFile.content",  # filed: emptied with the comments that came in it, else listed for a correction
        *("FileDraft.content", "PaperBuild.content", "RegisterExport.content"),  # deleted (out_of_drafts)
        *("SecurityEvent.address", "FoldedRefusal.address"),  # addresses of computers
    }


def test_what_is_left_out_by_name_is_there():
    """No name of a column lets one through that a later model gives the same name, or that has gone."""
    assert (columns.MACHINE[""], columns.WHO[""]) == ({"history_type"}, {"history_actor"})
    there: dict[str, set[str]] = {}
    for model in apps.get_models():
        names = {each.attname for each in model._meta.concrete_fields}
        there.setdefault(columns.record_of(model).__name__, set()).update(names)
    named = [(name, each) for table in columns.LEFT_OUT for name, names in table.items() if name for each in names]
    assert [(name, each) for name, each in named if each not in there.get(name, ())] == []


def test_every_digest_or_key_of_a_text_is_marked_as_derived(world):
    """Found by their values: a column that is the SHA-256 of another of its row, or says it in small letters.

    Two are the names of choices, which their words repeat.
    """
    found = set()
    for model in columns.searched_models():
        texts = [each.attname for each in columns.columns_of(model)]
        others = [each.attname for each in model._meta.concrete_fields if isinstance(each, models.CharField)]
        for row in models.QuerySet(model).values(*{*texts, *others}):
            follows = {value for text in texts for value in what_follows_from(row[text])}
            found |= {(columns.record_of(model), name) for name in others if row[name] in follows}
    found = {(model, name) for model, name in found if name not in {each.attname for each in columns.columns_of(model)}}
    marked = {(model, name) for model in columns.searched_models() for name in columns.derived_columns(model)}
    assert {(model.__name__, name) for model, name in found - marked} == {("Label", "key"), ("Inspection", "source")}
    assert {(model.__name__, name) for model, name in found & marked} == {
        *(("PublishedText", "sha256"), ("PanelMember", "name_key"), ("Attendance", "name_key")),
        *(("ForceFacts", "sha256"), ("ActionPlanFacts", "sha256"), ("ResponseSubmission", "digest")),
        *(("ItemFacts", "sha256"), ("PublicMeetingFacts", "sha256")),
    }


def what_follows_from(value: object) -> set[str]:
    """Digests and keys of a text, or of a value of JSON."""
    if not value:
        return set()
    raw = [canonical(value).encode(), str(value).encode()]
    whole = {hashlib.sha256(each).hexdigest() for each in raw}
    if isinstance(value, dict) and isinstance(value.get("text"), dict):
        whole.add(digest_of_draft(value))
    return whole | ({person_key(value), slugify(value)} if isinstance(value, str) else set())


def _model(text: str) -> type[models.Model]:
    return apps.get_model("recommendations", text.split(".")[0])


def _is_searched(name: str, column: str) -> bool:
    model = apps.get_model("recommendations", name)
    return model in set(columns.searched_models()) and column in {each.attname for each in columns.columns_of(model)}


def test_it_stood_in_every_text(full):
    # A state that no row of the world is in.
    assert full.not_planted == {
        *("PaperBuild.problem", "Redaction.declined_why", "SheetImport.undone_why"),
        *("ResponseSubmission.outside_by", "ResponseSubmission.outside_evidence", "Handover.items"),
        *("Recheck.decision_reason", "PartDischarged.reopened_why", "SimilarPair.ended_why"),
        *("Enforcement.words", "Enforcement.withdrawn_why"),
        # No register goes to or comes from another office: tests/operations/handing_over.
        *("Force.handed_over_to", "ReceivedRegister.origin", "ReceivedRegister.force_name"),
        *("ReceivedRegister.undone_why", "ReceivedRecord.row", "ReceivedRecord.saves"),
        *("ReceivedEntry.by_name", "ReceivedEntry.about", "ReceivedEntry.reason"),
    }
    assert len(tables_with(WORD)) > 400
    assert verification.verify() == []
    assert list(following.wrong()) == []


def test_it_stands_in_no_cell_of_the_database(redacted):
    assert list(following.wrong()) == []
    assert tables_with(WORD) == set()
    assert (redacted.redaction.words, redacted.redaction.state) == ("", "done")
    assert redacted.redaction.texts > 450


def test_the_trail_is_well_and_says_how_many_redactions_it_passed(redacted):
    verdict = verification.judge()
    assert (verdict.problems, verdict.passed) == ([], {"redaction": 1, "former officer": 1})


@pytest.mark.sqlite_alone
def test_the_head_of_before_is_still_the_head_of_its_day(redacted):
    count, head = redacted.head_before
    assert head != trail.head()[1]
    assert verification.verify(head, count) == []


IN_THE_SOAK = [pytest.param(name, marks=pytest.mark.soak) for name in ("commitments", "responses", "public_feed")]


@pytest.mark.sqlite_alone
@pytest.mark.parametrize("name", ["register", "public_json", *IN_THE_SOAK])
def test_no_page_and_no_file_says_it(redacted, name):
    answer = redacted.clients["officer"].get(reverse(name))
    assert (answer.status_code, has(answer.content, WORD)) == (200, False)


@pytest.mark.sqlite_alone
def test_no_export_says_it(redacted):
    for form in ("csv", "json"):
        assert not has(redacted.clients["officer"].get(reverse("export_register", args=[form])).content, WORD)


@pytest.mark.sqlite_alone
def test_filed_papers_stay_are_listed_and_still_verify(world):
    at, approver = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC), world.people["approver"]
    before = {check.pk: (check.sha256, check.problems) for check in check_papers()}
    seen = look_for(world.redaction.words).mark
    done = confirm_redaction(redaction=world.redaction, seen=seen, by=approver, at=at)
    listed = [(line.is_paper, line.corrected) for line in filings_of(done)]
    assert listed == [(True, ""), (True, ""), (False, ""), (False, "")]
    assert {check.pk: (check.sha256, check.problems) for check in check_papers()} == before
    assert verification.verify() == []


def replaced_row() -> tuple[ForceUpdate, str]:
    row = ForceUpdate.objects.filter(done__contains="[removed]").order_by("-pk")[0]
    return row, f"The force update {row.pk} was changed: done."


@pytest.mark.sqlite_alone
def test_another_text_in_the_place_of_what_was_redacted_is_found(redacted):
    row, problem = replaced_row()
    past(ForceUpdate).filter(pk=row.pk).update(done="[removed]: forged")
    assert verification.verify() == [problem]


@pytest.mark.sqlite_alone
def test_what_was_redacted_is_found_where_it_comes_back(redacted):
    row, problem = replaced_row()
    past(ForceUpdate).filter(pk=row.pk).update(done=row.done.replace("[removed]", WORD))
    assert verification.verify() == [problem]


@pytest.mark.sqlite_alone
def test_a_redacted_reason_that_says_something_else_is_found(redacted):
    entry = TrailEntry.objects.filter(reason__contains="[removed]").order_by("pk")[0]
    past(TrailEntry).filter(pk=entry.pk).update(reason="[removed] again")
    assert any(each.startswith(f"Entry {entry.sequence} (plant") for each in verification.verify())


def append(verb: str, changes: str, subject) -> int:
    """Chain an entry past the program, and make the head fit."""
    count, head = trail.head()
    entry = TrailEntry(sequence=count + 1, at=LATER, by_name="Nobody", verb=verb, changes=changes, previous=head)
    entry.subject_model, entry.subject_id, entry.about = subject._meta.label_lower, subject.pk, str(subject)
    entry.hash = trail.entry_hash(entry)
    past(TrailEntry).bulk_create([entry])
    past(TrailHead).update(count=entry.sequence, hash=entry.hash)
    return entry.sequence


@pytest.mark.sqlite_alone
def test_a_tamper_that_calls_itself_a_redaction_is_found_twice(redacted):
    row = ForceUpdate.objects.exclude(done__contains="[removed]").order_by("pk")[0]
    said = {"model": "recommendations.forceupdate", "id": row.pk, "fields": {}}
    said["removed"] = {"done": {trail.digest(row.done): trail.digest("All is done.")}}
    past(ForceUpdate).filter(pk=row.pk).update(done="All is done.")
    past(ForceUpdate.history.model).filter(id=row.pk).update(done="All is done.")
    number = append("confirm_redaction", trail.canonical([said]), redacted.redaction)
    past(EntrySeal).create(sequence=number, seal="0" * 64)
    assert verification.verify() == [
        f"Entry {number} (confirm_redaction, {redacted.redaction}) has no seal of this system.",
        f"The force update {row.pk} was changed: done.",
        f"The force update {row.pk}: save 1 of its history is not what the trail says.",
    ]


@pytest.mark.sqlite_alone
def test_a_sealed_entry_that_was_made_to_say_more_passes_nothing(redacted):
    entry = TrailEntry.objects.filter(verb="confirm_redaction").get()
    row = ForceUpdate.objects.exclude(done__contains="[removed]").order_by("pk")[0]
    said = {"model": "recommendations.forceupdate", "id": row.pk, "fields": {}}
    said["removed"] = {"done": {trail.digest(row.done): trail.digest("All is done.")}}
    changes = trail.canonical([*json.loads(entry.changes), said])
    past(TrailEntry).filter(pk=entry.pk).update(changes=changes)
    problems = verification.verify()
    assert f"Entry {entry.sequence} (confirm_redaction, {redacted.redaction}) was changed." in problems
    assert len(problems) > 100


@pytest.mark.sqlite_alone
def test_a_redaction_whose_seal_is_gone_passes_nothing(redacted):
    past(EntrySeal).all()._raw_delete("default")
    problems = verification.verify()
    assert len(problems) > 100
    assert any("has no seal of this system" in each for each in problems)


@pytest.mark.sqlite_alone
def test_what_was_typed_again_after_the_redaction_is_as_the_trail_says(redacted):
    row, _ = replaced_row()
    with trail.verb("test", by=None, at=LATER) as act:
        row.done = row.done.replace("[removed]", WORD)
        act.save(row)
    assert verification.verify() == []
