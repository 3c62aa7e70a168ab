"""The trail's verdict: what it finds, how it names it, what it leaves out."""

import datetime
import hashlib
import tracemalloc
from contextlib import closing
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recommendations import trail
from recommendations.domain.audit import verification
from recommendations.domain.audit.told import Change, EntryActor, TrailChanges
from recommendations.domain.inspections import inspections
from recommendations.domain.people import records
from recommendations.domain.register import closures, voices
from recommendations.models import Closure, Force, ForceUpdate, TrackedRecommendation, TrailEntry, TrailHead
from tests.conftest import make_tracked
from tests.domain.audit.tampering import past, set_cell
from tests.snapshots import undone


def test_one_forged_field_is_one_problem(tracked, officer, at):
    voices.log_force_update(tracked=tracked, done="Seen to.", by=officer, at=at)
    past(ForceUpdate).update(done="Nothing.")
    assert verification.verify() == [f"The force update {ForceUpdate.objects.get().pk} was changed: done."]


def test_a_trail_made_unreadable_is_found_and_breaks_nothing(tracked):
    for changes in ("not json", "[1]", '[{"model": 1}]', '[{"model": "x", "id": "y", "fields": {"z": "zz"}}]', "null"):
        with undone():
            past(TrailEntry).filter(sequence=2).update(changes=changes)
            assert verification.verify()[0].startswith("Entry 2 ")


NEWER = 2


def newer_hash(entry) -> str:
    """A second scheme: another hash, over the first one's and the scheme's number."""
    return hashlib.sha3_256(f"{entry.scheme} {trail.SCHEMES[1](entry)}".encode()).hexdigest()


@pytest.fixture
def two_schemes(tracked, officer, at, monkeypatch):
    """A chain whose last two entries were made with a second scheme. Returns their numbers."""
    before = TrailEntry.objects.count()
    monkeypatch.setitem(trail.SCHEMES, NEWER, newer_hash)
    monkeypatch.setattr(trail, "SCHEME", NEWER)
    for done in ("Seen to.", "Done."):
        voices.log_force_update(tracked=tracked, done=done, by=officer, at=at)
    return before + 1, before + 2


def relabel(number: int, scheme: int) -> list[str]:
    """What is found when an entry is given another scheme and nothing else."""
    with undone():
        past(TrailEntry).filter(sequence=number).update(scheme=scheme)
        return verification.verify()


def named(number: int) -> str:
    entry = TrailEntry.objects.get(sequence=number)
    return f"Entry {number} ({entry.verb}, {entry.about})"


def test_the_first_scheme_is_that_of_every_entry_until_now(tracked):
    assert set(TrailEntry.objects.values_list("scheme", flat=True)) == {1}
    assert {entry.hash for entry in TrailEntry.objects.all()} == {
        trail.SCHEMES[1](entry) for entry in TrailEntry.objects.all()
    }


def test_an_unknown_scheme_is_found(tracked):
    assert relabel(2, 7) == [f"{named(2)} names the hash scheme 7, which this version does not know."]
    assert relabel(2, 0) == [f"{named(2)} names the hash scheme 0, which this version does not know."]


def test_a_chain_that_mixes_two_schemes_verifies(two_schemes):
    assert list(TrailEntry.objects.filter(scheme=NEWER).values_list("sequence", flat=True)) == list(two_schemes)
    assert TrailEntry.objects.filter(scheme=1).count() == two_schemes[0] - 1
    assert verification.verify() == []
    count, head = trail.head()
    assert verification.verify(head, count) == []


def test_a_scheme_that_an_entry_was_not_made_with_fails_its_hash(two_schemes):
    assert relabel(2, NEWER) == [f"{named(2)} was changed."]
    assert relabel(two_schemes[0], 1) == [f"{named(two_schemes[0])} was changed."]


def test_no_entry_is_made_with_an_older_scheme_than_one_before_it(two_schemes):
    """Even with the right hash and the right head, as whoever broke the older scheme would make it."""
    last = TrailEntry.objects.get(sequence=two_schemes[1])
    last.scheme = 1
    past(TrailEntry).filter(pk=last.pk).update(scheme=1, hash=trail.entry_hash(last))
    past(TrailHead).update(hash=trail.entry_hash(last))
    assert verification.verify() == [
        f"{named(last.sequence)} has the hash scheme 1, which is older than that of an entry before it."
    ]


def test_no_more_is_left_out_than_is_said():
    """What the trail does not answer for: versions and search text follow from the rest, a password is a secret."""
    left_out = {
        (model.__name__, each.name)
        for model in verification.guarded_models()
        for each in set(model._meta.concrete_fields) - set(trail.trailed_fields(model))
    }
    versioned = {"Inspection", "Recommendation", "TrackedRecommendation", "ScrutinyReport", "UpdateRound", "RoundLine"}
    versioned |= {"PlannedInspection", "Response", "Commitment", "Invitation"}
    versioned |= {"PaperWords", "CommitteeRequest", "RequestAnswer", "FactualCorrection"}
    versioned |= {"Meeting", "CustodyVisit", "Webhook", "DocumentLayout", "LegacyReview", "Succession", "Action"}
    versioned |= {"Indicator"}
    versioned |= {"AccountabilityMeeting"}
    secret_or_derived = {("User", "password"), ("Redaction", "words"), ("Redaction", "seal"), ("FormerPerson", "key")}
    secret_or_derived |= {("User", "mails_notices")}  # what a person prefers
    assert left_out == {(name, "version") for name in versioned} | secret_or_derived


def without(model, field, monkeypatch):
    monkeypatch.setattr(model, "UNTRAILED", (*getattr(model, "UNTRAILED", ()), field), raising=False)


def test_a_migration_that_adds_a_field_breaks_nothing(inspection, officer, at, monkeypatch):
    """Rows from before it: the trail has never said anything of that field."""
    with monkeypatch.context() as before:
        without(TrackedRecommendation, "opcc_lead", before)
        tracked = make_tracked(inspection)
        voices.log_force_update(tracked=tracked, done="Seen to.", by=officer, at=at)
    assert verification.verify() == []
    tracked.refresh_from_db()
    inspections.edit_tracked(tracked=tracked, version=tracked.version, opcc_lead="Bo", by=officer, at=at)
    assert verification.verify() == []
    past(TrackedRecommendation).update(opcc_lead="Forged")
    assert verification.verify()[0] == f"The tracked recommendation {tracked.pk} was changed: opcc_lead."


def test_a_migration_that_takes_a_field_away_breaks_nothing(westmarch, at, monkeypatch):
    westmarch.chief_officer_title = "Chief officer"
    records.keep(record=westmarch, by=None, at=at)
    without(Force, "chief_officer_title", monkeypatch)
    westmarch.short_name = "W"
    records.keep(record=westmarch, by=None, at=at)
    assert verification.verify() == []


def run(*arguments) -> str:
    out = StringIO()
    call_command("verify_audit", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_the_head_when_all_is_well(tracked):
    count, head = trail.head()
    assert run() == f"All is well: {count} entries. Head of the trail:\n{head}\n"
    assert run("--head", head, "--count", str(count)) == run()


def test_the_command_fails_with_what_is_wrong(tracked):
    with pytest.raises(CommandError, match=r"No entry has the hash 1234\."):
        run("--head", "1234")
    with pytest.raises(CommandError, match="give --head too"):
        run("--count", "3")
    past(TrackedRecommendation).update(reference="X")
    with pytest.raises(CommandError) as failed:
        run()
    assert str(failed.value).splitlines() == [
        "The trail and the records do not agree.",
        f"The tracked recommendation {tracked.pk} was changed: reference.",
    ]


def test_an_empty_trail_is_well(db):
    assert run() == "All is well: 0 entries. Head of the trail:\nnone yet\n"


def test_what_is_kept_in_memory_does_not_grow_with_the_trail():
    columns, by = tuple(f"column{place}" for place in range(20)), EntryActor(1, "Hannah Whitlock", "")
    tracemalloc.start()
    with closing(TrailChanges({"a.row": frozenset(columns)})) as told:
        for pk in range(20_000):
            told.note(Change("a.row", pk, columns, bytes(320), bytes([pk % 256] * 16), by))
        told.sort()
        assert sum(len(saves) for _, saves in told.records("a.row")) == 20_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most / 20_000 < 100  # bytes a save: what waits to be written, whatever comes after it


SAID_OF_A_SAVE = {
    "history_user_id": ("who", "approver"),
    "history_actor": ("who", "Somebody Else"),
    "history_change_reason": ("why", "Another reason."),
    "history_date": ("when", datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)),
    "history_type": ("what kind", "-"),
}


@pytest.mark.parametrize("column", SAID_OF_A_SAVE)
def test_who_when_and_why_of_a_closure_are_held_against_the_trail(tracked, officer, approver, at, column):
    closure = closures.request_closure(
        tracked=tracked, outcome="implemented", reason="Seen to.", evidence="Audit.", by=officer, at=at
    )
    word, value = SAID_OF_A_SAVE[column]
    value = approver.pk if value == "approver" else value
    set_cell(Closure.history.get(id=closure.pk), column, value)
    assert verification.verify() == [f"The closure {closure.pk}: save 1 of its history says otherwise {word}."]


def test_an_empty_reason_in_the_place_of_none_is_found(westmarch, administrator, at):
    past(Force.history.model).update(history_change_reason="")
    assert verification.verify() == [f"The force {westmarch.pk}: save 1 of its history says otherwise why."]


def test_a_save_that_changes_nothing_is_told_too(westmarch, administrator, at):
    records.keep(record=Force.objects.get(), by=administrator, at=at)
    assert (Force.history.count(), verification.verify()) == (2, [])
    past(Force.history.model).filter(history_type="~").update(history_actor="Somebody Else")
    assert verification.verify() == [f"The force {westmarch.pk}: save 2 of its history says otherwise who."]


def test_an_object_that_two_people_save_keeps_who_each_of_them_was(westmarch, officer, approver, at):
    """simple-history looks at the object, which still says who saved it before."""
    with trail.verb("first", by=officer, at=at, reason="One.", subject=westmarch) as act:
        westmarch.name = "First"
        act.save(westmarch)
    with trail.verb("second", by=approver, at=at, subject=westmarch) as act:
        westmarch.name = "Second"
        act.save_all([westmarch])
    said = Force.history.order_by("-history_id").values_list("history_user", "history_actor", "history_change_reason")
    assert list(said[:2]) == [(approver.pk, approver.name, None), (officer.pk, officer.name, "One.")]
    assert verification.verify() == []


def test_an_entry_of_before_says_no_moment_and_is_well(tracked, monkeypatch, westmarch, at):
    monkeypatch.setattr(trail.VerbContext, "_tell", told_as_before(trail.VerbContext._tell))
    force = Force.objects.get()
    force.name = "As before"
    records.keep(record=force, by=None, at=at)
    assert '{"at":' not in TrailEntry.objects.last().changes
    past(Force.history.model).filter(name="As before").update(history_date=at)
    assert verification.verify() == []


def told_as_before(tell):
    return lambda act, changes: tell(act, [(row, fields, None) for row, fields, _ in changes])
