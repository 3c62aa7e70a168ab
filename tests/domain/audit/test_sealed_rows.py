"""Rows that the trail does not hold are sealed: what was written past the program is named."""

import pytest

from recommendations.domain.audit import sealed_rows, verification
from recommendations.domain.people.renewing import renew_secrets
from recommendations.models import DraftPart, PaperBuild, Redaction, SavedView
from recommendations.models.sealed_rows import SealedRow
from tests.domain.audit.tampering import past, set_cell

# A column of each with a value that would be of use to whoever may write to the database.
TAMPERED = {
    SavedView: lambda world: {"filters": [["rag", "green", "Green"]]},
    DraftPart: lambda world: {"saved_by": world.people["member"]},
    PaperBuild: lambda world: {"asked_by": world.people["approver"]},
    Redaction: lambda world: {"words": "Hannah Whitlock"},
}


def named(row: SealedRow) -> str:  # wording: verify_audit names the row
    return sealed_rows.CHANGED.format(kind=row._meta.verbose_name, pk=row.pk)


def test_each_sealed_table_is_looked_at():
    assert {*TAMPERED} <= {*sealed_rows.sealed_models()}
    assert len(sealed_rows.sealed_models()) == len(TAMPERED) + 1  # and subscribers, who have tests of their own


@pytest.mark.on_postgresql
def test_each_row_that_was_changed_past_the_program_is_named(world):
    """All at once: one verification names each of them, and nothing else."""
    rows = {model: list(past(model)) for model in TAMPERED}
    assert [model for model, found in rows.items() if not found] == []
    assert verification.verify() == []
    for model, change in TAMPERED.items():
        past(model).update(**change(world))
    assert sorted(verification.verify()) == sorted(named(row) for found in rows.values() for row in found)


@pytest.mark.sqlite_only
def test_a_row_whose_seal_is_no_text_is_named(world):
    view = SavedView.objects.first()
    set_cell(view, "seal", b"\xff" * 32)
    assert verification.verify() == [named(view)]


def test_a_row_that_was_copied_is_named(world):
    view = SavedView.objects.first()
    view.pk, view.owner = None, world.people["approver"]
    past(SavedView).bulk_create([view])
    assert verification.verify() == [named(view)]


@pytest.mark.on_postgresql
def test_another_key_keeps_good_seals_and_makes_none_good(world, settings):
    view, other = SavedView.objects.order_by("pk")[:2]
    past(SavedView).filter(pk=view.pk).update(name="Forged")
    was, settings.SECRET_KEY = settings.SECRET_KEY, "n" * 60
    settings.SECRET_KEY_FALLBACKS = [was]
    renew_secrets()
    settings.SECRET_KEY_FALLBACKS = []
    assert [SavedView.objects.get(pk=each.pk).is_as_sealed for each in (view, other)] == [False, True]
