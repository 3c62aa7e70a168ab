"""Whatever stands in a cell of the database, verify_audit names the row and goes on. SQLite takes anything."""

import random
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from recommendations.domain.audit import verification
from recommendations.domain.mails import mail_ledger
from recommendations.management.commands.verify_audit import BESIDE
from recommendations.models import Meeting, TrailEntry, TrailHead
from tests.domain.audit.tampering import past, set_cell, with_history
from tests.snapshots import undone

pytestmark = pytest.mark.sqlite_alone


JUNK = ("08:00:00x", "", "x" * 5000, "\x00", "{", "[1,", "1e999", "-1", b"\xff\xfe", 10**18, -1.5, "2026-13-45", "é")


def cells() -> list[tuple]:
    """Each table that is verified with its columns, and how a row of it is named."""
    ground = [(TrailEntry, "Entry {}"), (TrailHead, "Entry ")]
    for model in verification.guarded_models():
        ground.append((model, f"The {model._meta.verbose_name} {{}} "))
    for model in mail_ledger.LEDGERS:
        ground.append((model, f"The {model._meta.verbose_name} {{}} "))
    for model in with_history():
        ground.append((model.history.model, f"The {model._meta.verbose_name} {{}}: "))
    return [(model, name) for model, name in ground if past(model).exists()]


def spoil(model, dice) -> tuple[str, object, object]:
    """Put something else into a cell; return the column, what stands there now, and the record's number."""
    columns = {each.column for each in model._meta.concrete_fields if not each.primary_key}
    columns -= {each.column for each in model._meta.concrete_fields if each.name == "version"}
    columns -= {"key_seal"}  # with another nothing else is looked at: test_secret_key.py
    column, junk = dice.choice(sorted(columns)), dice.choice(JUNK)
    rows = past(model).order_by("pk")
    if model in mail_ledger.LEDGERS:  # of a mail on its way whose it is is proven, and nothing else
        rows = rows.filter(mail_ledger.ENDED)
    pk = dice.choice(list(rows.values_list("pk", flat=True)))
    was, record = past(model).values_list(column, "id").get(pk=pk)
    junk = junk if junk != was else "another"
    set_cell(past(model).only("pk").get(pk=pk), column, junk)
    return column, junk, record


def spoil_some(times: int, dice) -> Iterator[tuple]:
    """Spoil so many cells, in one table after another: the model, how its row is named, and what was spoilt."""
    assert len(BESIDE) == 4  # they are imported, so they check too
    ground = cells()
    dice.shuffle(ground)
    done = 0
    while done < times:
        model, name = ground[done % len(ground)]
        try:
            with transaction.atomic():  # a constraint may refuse it: then another is tried
                spoilt = spoil(model, dice)
        except DatabaseError:
            continue
        done += 1
        yield model, "Entry " if model is TrailEntry else name.format(spoilt[2]), spoilt


def test_whatever_stands_in_a_cell_the_row_is_named(noted):
    """In a few of the tables, by chance, all at once; in the soak in each of them several times."""
    with undone():
        spoilt = [*spoil_some(6, random.Random(5))]
        problems = verification.verify()
    assert [each for each in spoilt if not any(problem.startswith(each[1]) for problem in problems)] == []


@pytest.mark.soak
def test_a_thousand_spoilt_cells_are_named(noted):
    missed, before = [], transaction.savepoint_create()
    for model, named, spoilt in spoil_some(1_000, random.Random(2026)):
        problems = verification.verify()
        if not any(problem.startswith(named) for problem in problems):
            missed.append((model.__name__, spoilt, problems[:2]))
        transaction.savepoint_rollback(before)
    assert missed == []


def test_a_time_that_is_none_is_named_and_the_rows_after_it_are_read(noted):
    first, *_, last = Meeting.objects.order_by("pk")
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic():
            set_cell(first, "start", "08:00:00x")
        return
    set_cell(first, "start", "08:00:00x")
    set_cell(last, "place", "Elsewhere")
    assert verification.verify() == [
        f"The meeting {first.pk} was changed: start.",
        f"The meeting {last.pk} was changed: place.",
    ]
