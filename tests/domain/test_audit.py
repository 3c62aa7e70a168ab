"""The trail's verdict: whatever was edited, deleted, inserted, swapped, cut or written anew is found, and named."""

import datetime
import random
import tracemalloc
from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, models, transaction

from recommendations import trail
from recommendations.domain import audit, inspections, people, voices
from recommendations.models import Force, ForceUpdate, TrackedRecommendation, TrailEntry, TrailHead
from tests.conftest import make_tracked
from tests.security.world import build_world
from tests.snapshots import undone

COLUMNS = ("at", "by_id", "by_name", "verb", "subject_model", "subject_id", "about", "reason", "changes", "previous")


def past(model) -> models.QuerySet:
    """The rows of a model, past its guard: as somebody with a hand in the database."""
    return models.QuerySet(model)


def entries() -> list[TrailEntry]:
    return list(TrailEntry.objects.order_by("sequence"))


def other(value, dice):
    """A value of the same kind that is not this one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + dice.randint(1, 5)
    if isinstance(value, datetime.datetime | datetime.date):
        return value + datetime.timedelta(days=dice.randint(1, 40))
    if isinstance(value, bytes | memoryview):
        return bytes(value) + b"x"
    if isinstance(value, list | dict):
        return [*value, "forged"]
    return f"{value}x" if value is not None else None


def edit_an_entry(dice) -> str:
    entry = dice.choice(entries())
    column = dice.choice([name for name in COLUMNS if other(getattr(entry, name), dice) is not None])
    past(TrailEntry).filter(pk=entry.pk).update(**{column: other(getattr(entry, column), dice)})
    return f"Entry {entry.sequence}"


def edit_an_entry_and_its_hash(dice) -> str:
    """The next entry still names the hash that was."""
    entry = dice.choice(entries()[:-1])
    entry.reason = "Another reason."
    past(TrailEntry).filter(pk=entry.pk).update(reason=entry.reason, hash=trail.entry_hash(entry))
    return f"Entry {entry.sequence + 1}"


def delete_an_entry(dice) -> str:
    entry = dice.choice(entries())
    past(TrailEntry).filter(pk=entry.pk)._raw_delete("default")
    return f"Entry {entry.sequence} is missing"


def insert_an_entry(dice) -> str:
    last = entries()[-1]
    forged = TrailEntry(sequence=last.sequence + 1, at=last.at, by_name="Nobody", verb="forged", changes="[]")
    forged.previous = last.hash
    forged.hash = trail.entry_hash(forged)
    past(TrailEntry).bulk_create([forged])
    return f"Entry {forged.sequence} was inserted"


def swap_two_entries(dice) -> str:
    one, two = sorted(dice.sample(entries(), 2), key=lambda entry: entry.sequence)
    for entry, sequence in ((one, 0), (two, one.sequence), (one, two.sequence)):
        past(TrailEntry).filter(pk=entry.pk).update(sequence=sequence)
    return f"Entry {one.sequence}"


def edit_the_head(dice) -> str:
    past(TrailHead).update(hash="0" * 64)
    return f"Entry {len(entries())} is not the one that the head names"


def a_row(dice):
    """Any row that only verbs write, and one of the fields that the trail answers for, with another value."""
    while True:
        model = dice.choice(audit.guarded_models())
        row = dice.choice(list(past(model)) or [None])
        if row is None:
            continue
        column = dice.choice([each.attname for each in trail.trailed(model) if not each.primary_key])
        value = other(getattr(row, column), dice)
        if value is not None:
            return row, column, value


def edit_a_row(dice) -> str:
    row, column, value = a_row(dice)
    past(type(row)).filter(pk=row.pk).update(**{column: value})
    return f"The {row._meta.verbose_name} {row.pk} was changed: {column}."


def delete_a_row(dice) -> str:
    row, _, _ = a_row(dice)
    past(type(row)).filter(pk=row.pk)._raw_delete("default")
    return f"The {row._meta.verbose_name} {row.pk} was deleted."


def insert_a_row(dice) -> str:
    row, column, value = a_row(dice)
    row.pk = 10_000 + dice.randint(1, 1000)
    setattr(row, column, value)
    past(type(row)).bulk_create([row])
    return f"The {row._meta.verbose_name} {row.pk} is in no entry: it was inserted."


def swap_two_rows(dice) -> str:
    """Two rows change their places: each has the other's number."""
    model = dice.choice([each for each in audit.guarded_models() if past(each).count() > 1])
    one, two = dice.sample(list(past(model).order_by("pk")), 2)
    for was, now in ((one.pk, 0), (two.pk, one.pk), (0, two.pk)):
        past(model).filter(pk=was).update(id=now)
    return f"The {model._meta.verbose_name} {min(one.pk, two.pk)} was changed"


def a_save(dice):
    """Any row of any history."""
    return dice.choice(list(dice.choice([each for each in with_history() if each.history.exists()]).history.all()))


def with_history() -> list:
    return [model for model in audit.guarded_models() if hasattr(model, "history")]


def edit_a_history(dice) -> str:
    while True:
        save = a_save(dice)
        column = dice.choice([each.attname for each in trail.trailed(save.instance_type) if not each.primary_key])
        value = other(getattr(save, column), dice)
        if value is not None:
            past(type(save)).filter(pk=save.pk).update(**{column: value})
            return f"The {save.instance_type._meta.verbose_name} {save.id}: save "


def delete_from_a_history(dice) -> str:
    save = a_save(dice)
    past(type(save)).filter(pk=save.pk)._raw_delete("default")
    return f"The {save.instance_type._meta.verbose_name} {save.id}: "


def insert_into_a_history(dice) -> str:
    save = a_save(dice)
    columns = [each.attname for each in trail.trailed(save.instance_type) if not each.primary_key]
    column = next(name for name in columns if getattr(save, name) is not None)
    setattr(save, column, other(getattr(save, column), dice))
    save.pk = None
    past(type(save)).bulk_create([save])
    return f"The {save.instance_type._meta.verbose_name} {save.id}: save "


TAMPERS = (
    edit_an_entry,
    edit_an_entry_and_its_hash,
    delete_an_entry,
    insert_an_entry,
    swap_two_entries,
    edit_the_head,
    edit_a_row,
    delete_a_row,
    insert_a_row,
    swap_two_rows,
    edit_a_history,
    delete_from_a_history,
    insert_into_a_history,
)


def cut_the_tail(dice) -> None:
    """The last entries go, and the head is made to fit."""
    keep = dice.randint(1, len(entries()) - 1)
    past(TrailEntry).filter(sequence__gt=keep)._raw_delete("default")
    past(TrailHead).update(count=keep, hash=entries()[-1].hash)


def write_it_anew(dice) -> None:
    """One entry says something else, and every hash after it is worked out again."""
    whole, previous = entries(), ""
    dice.choice(whole).by_name = "Somebody else"
    for entry in whole:
        entry.previous = previous
        entry.hash = previous = trail.entry_hash(entry)
        past(TrailEntry).filter(pk=entry.pk).update(by_name=entry.by_name, previous=entry.previous, hash=entry.hash)
    past(TrailHead).update(hash=previous)


def tampered(times: int, seed: int) -> list:
    """Tamper so many times, each undone afterwards; return those that were not found, or not named first."""
    dice, missed, done = random.Random(seed), [], 0
    while done < times:
        tamper = TAMPERS[done % len(TAMPERS)]
        with undone(), suppress(DatabaseError):
            with transaction.atomic():  # a constraint may refuse the forgery: then another is tried
                names = tamper(dice)
            problems = audit.verify()
            done += 1
            if not problems or not problems[0].startswith(names):
                missed.append((tamper.__name__, names, problems[:2]))
    return missed


@pytest.fixture
def world(db):
    return build_world()


def test_random_tampers_are_found_and_the_first_bad_row_is_named(world):
    assert audit.verify() == []
    assert tampered(4 * len(TAMPERS), seed=11) == []
    assert audit.verify() == []


@pytest.mark.soak
def test_a_thousand_random_tampers_are_found(world):
    assert tampered(1_000, seed=2026) == []


@pytest.mark.parametrize("tamper", [cut_the_tail, write_it_anew])
def test_a_cut_and_a_full_rewrite_are_found_with_a_head_kept_outside(world, tamper):
    count, head = trail.head()
    for seed in range(3):
        with undone():
            tamper(random.Random(seed))
            chain = [problem for problem in audit.verify() if problem.startswith("Entry")]
            (with_count, *_) = audit.verify(head, count)
            (without, *_) = audit.verify(head)
        assert chain == []  # the chain alone agrees with itself
        assert with_count.startswith("Entry ")
        assert without == f"No entry has the hash {head}."
    assert audit.verify(head, count) == []


def test_a_head_of_a_paper_holds_while_the_trail_grows(world, at):
    count, head = trail.head()
    trail.record(by=None, at=at, verb="seen")
    printed = " ".join(head[place : place + 4] for place in range(0, 64, 4)).upper()
    assert audit.verify(printed, count) == []
    assert audit.verify(printed) == []
    assert audit.verify(head, count + 1) == [f"Entry {count + 1} does not have the hash {head}."]
    assert audit.verify("0" * 64, count) == [f"Entry {count} does not have the hash {'0' * 64}."]
    assert audit.verify(head, 999) == [f"Entry {count + 2} is missing: there were 999 entries."]


def test_one_forged_field_is_one_problem(tracked, officer, at):
    voices.log_force_update(tracked=tracked, done="Seen to.", by=officer, at=at)
    past(ForceUpdate).update(done="Nothing.")
    assert audit.verify() == [f"The force update {ForceUpdate.objects.get().pk} was changed: done."]


def test_a_trail_made_unreadable_is_found_and_breaks_nothing(tracked):
    for changes in ("not json", "[1]", '[{"model": 1}]', '[{"model": "x", "id": "y", "fields": {"z": "zz"}}]', "null"):
        with undone():
            past(TrailEntry).filter(sequence=2).update(changes=changes)
            assert audit.verify()[0].startswith("Entry 2 ")


def test_no_more_is_left_out_than_is_said():
    """What the trail does not answer for: versions and search text follow from the rest, a password is a secret."""
    left_out = {
        (model.__name__, each.name)
        for model in audit.guarded_models()
        for each in set(model._meta.concrete_fields) - set(trail.trailed(model))
    }
    versioned = {"Inspection", "Recommendation", "TrackedRecommendation", "ScrutinyReport", "UpdateRound", "RoundLine"}
    versioned |= {"PlannedInspection", "Response", "Commitment", "Invitation"}
    versioned |= {"PaperWords", "CommitteeRequest", "RequestAnswer", "FactualCorrection"}
    versioned |= {"Meeting", "CustodyVisit"}
    secret_or_derived = {("User", "password"), ("TrackedRecommendation", "search_text")}
    secret_or_derived |= {("PublishedText", "search_text")}
    assert left_out == {(name, "version") for name in versioned} | secret_or_derived


def without(model, field, monkeypatch):
    monkeypatch.setattr(model, "UNTRAILED", (*getattr(model, "UNTRAILED", ()), field), raising=False)


def test_a_migration_that_adds_a_field_breaks_nothing(inspection, officer, at, monkeypatch):
    """Rows from before it: the trail has never said anything of that field."""
    with monkeypatch.context() as before:
        without(TrackedRecommendation, "opcc_lead", before)
        tracked = make_tracked(inspection)
        voices.log_force_update(tracked=tracked, done="Seen to.", by=officer, at=at)
    assert audit.verify() == []
    tracked.refresh_from_db()
    inspections.edit_tracked(tracked=tracked, version=tracked.version, opcc_lead="Bo", by=officer, at=at)
    assert audit.verify() == []
    past(TrackedRecommendation).update(opcc_lead="Forged")
    assert audit.verify() == [f"The tracked recommendation {tracked.pk} was changed: opcc_lead."]


def test_a_migration_that_takes_a_field_away_breaks_nothing(westmarch, at, monkeypatch):
    westmarch.chief_officer_title = "Chief officer"
    people.keep(record=westmarch, by=None, at=at)
    without(Force, "chief_officer_title", monkeypatch)
    westmarch.short_name = "W"
    people.keep(record=westmarch, by=None, at=at)
    assert audit.verify() == []


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


def test_what_is_kept_in_memory_for_a_row_is_small():
    told = audit.Told(ForceUpdate)
    said = {name: bytes(range(16)) for name in told.places}
    tracemalloc.start()
    for pk in range(5_000):
        told.note(pk, said)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used / 5_000 < 1_000  # bytes a row: a hundred thousand rows in less than 100 MB
