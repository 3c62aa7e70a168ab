"""Changes of the database by SQL, drawn over every table and column: each is noticed, or exempt by its name."""

import random

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from recommendations.domain.audit import coverage, verification
from recommendations.domain.audit.verification import guarded_models
from recommendations.domain.mails import mail_ledger
from recommendations.management.commands.verify_audit import BESIDE
from recommendations.models import ReminderItem, User
from recommendations.models.base import ActedRow
from tests.domain.audit.tampering import is_said_twice, past, set_cell
from tests.snapshots import undone

pytestmark = pytest.mark.sqlite_alone
assert BESIDE  # importing the command registers its checks
OURS = "recommendations"


def label_of(model) -> str:
    return model.__name__ if model._meta.app_label == OURS else f"{model._meta.app_label}.{model.__name__}"


def is_exempt(model) -> bool:
    return label_of(model) in coverage.EXEMPT_BECAUSE | coverage.EXEMPT_ELSEWHERE


def is_proven(model) -> bool:
    named = label_of(model) in coverage.PROVEN_BY | coverage.PROVEN_ELSEWHERE
    return named or model in guarded_models() or issubclass(model, ActedRow)


def exempt_columns(model) -> set[str]:
    of = getattr(model, "instance_type", model)
    columns = coverage.EXEMPT_COLUMNS.get(of.__name__, {}) | (coverage.EXEMPT_COLUMNS[""] if of is model else {})
    return {each.column for each in model._meta.concrete_fields if each.attname in columns or each.name == "version"}


def tables() -> list[type[models.Model]]:
    return [*apps.get_models(include_auto_created=True)]


def proven_tables() -> list[type[models.Model]]:
    """Those with rows, each with rows of emails on their way left out."""
    return [model for model in tables() if not is_exempt(model) and keys_of(model)]


def keys_of(model) -> list:
    rows = past(model).order_by("pk")
    if model in mail_ledger.LEDGERS:  # of a mail on its way whose it is is proven, and nothing else
        rows = rows.filter(mail_ledger.ENDED)
    if model is ReminderItem:
        rows = rows.filter(mail__in=[mail.pk for mail in mail_ledger.LEDGERS[0].objects.filter(mail_ledger.ENDED)])
    return list(rows.values_list("pk", flat=True))


def run(sql: str, *values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def columns_of(model) -> list[str]:
    own = [each.column for each in model._meta.concrete_fields if not each.primary_key]
    return [column for column in own if column not in exempt_columns(model)]


def cell(model, column: str, pk):
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}" WHERE "{key}" = %s', [pk])
        return cursor.fetchone()[0]


def another(value, dice):
    """A value of the same kind that is not this one, or of none."""
    if isinstance(value, int):
        return value + dice.choice([1, -1, 7])
    if isinstance(value, str):
        return dice.choice([value + "x", value[:-1], value.swapcase(), ""])
    if isinstance(value, bytes):
        return value[:-1] + b"?"
    return dice.choice(["1", 1])


def edit(model, dice) -> str:
    column, pk = dice.choice(columns_of(model)), dice.choice(keys_of(model))
    was = cell(model, column, pk)
    now = another(was, dice)
    if now == was:
        return ""
    run(f'UPDATE "{model._meta.db_table}" SET "{column}" = %s WHERE "{model._meta.pk.column}" = %s', now, pk)
    return f"{column} of {pk}: {was!r:.60}, now {now!r:.60}"


def copy_from_another(model, dice) -> str:
    """One cell gets what another row has in it."""
    column, keys = dice.choice(columns_of(model)), keys_of(model)
    if len(keys) < 2:
        return ""
    one, two = dice.sample(keys, 2)
    was, now = cell(model, column, one), cell(model, column, two)
    if was == now:
        return ""
    run(f'UPDATE "{model._meta.db_table}" SET "{column}" = %s WHERE "{model._meta.pk.column}" = %s', now, one)
    return f"{column} of {one} from {two}: {was!r:.60}, now {now!r:.60}"


def delete(model, dice) -> str:
    pk = dice.choice(keys_of(model))
    if label_of(model) in coverage.DELETED_UNNOTICED:
        return ""
    if issubclass(model, ActedRow) and is_said_twice(past(model).get(pk=pk)):
        return ""
    run(f'DELETE FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s', pk)
    return f"{pk} deleted"


def insert(model, dice) -> str:
    """A copy of a row under another key, with one other value."""
    if label_of(model) in coverage.INSERTED_UNNOTICED:
        return ""
    key, table, pk = model._meta.pk, model._meta.db_table, dice.choice(keys_of(model))
    others = [each.column for each in model._meta.concrete_fields if not each.primary_key]
    new = 90_000 + dice.randint(1, 900) if isinstance(pk, int) else f"{pk[:-3]}abc"
    names = ", ".join(f'"{column}"' for column in others)
    run(
        f'INSERT INTO "{table}" ("{key.column}", {names}) SELECT %s, {names} FROM "{table}" WHERE "{key.column}" = %s',
        new,
        pk,
    )
    column = dice.choice(columns_of(model))
    run(f'UPDATE "{table}" SET "{column}" = %s WHERE "{key.column}" = %s', another(cell(model, column, new), dice), new)
    return f"{new} inserted as {pk}, with another {column}"


WAYS = (edit, edit, edit, copy_from_another, delete, insert)


def unnoticed(times: int, seed: int, ground: list[type[models.Model]] | None = None) -> list[tuple[str, str]]:
    """Tamper so many times, each undone afterwards: what verify_audit says nothing of."""
    dice, done, missed = random.Random(seed), 0, []
    ground, turn = ground or proven_tables(), 0
    while done < times:
        model, way = ground[turn % len(ground)], dice.choice(WAYS)
        turn += 1
        with undone():
            try:
                with transaction.atomic():  # a constraint may refuse it: then another is tried
                    said = way(model, dice)
            except DatabaseError:
                continue
            if not said:
                continue
            done += 1
            if not verification.verify():
                missed.append((label_of(model), said))
    return missed


def test_each_table_is_proven_or_named_with_why_it_is_not():
    assert [label_of(model) for model in tables() if is_proven(model) == is_exempt(model)] == []


def test_each_column_that_is_exempt_is_there():
    models_by_name = {model.__name__: model for model in tables()}
    for name, columns in coverage.EXEMPT_COLUMNS.items():
        if name:
            there = {each.attname for each in models_by_name[name]._meta.concrete_fields}
            assert (name, {*columns} - there) == (name, set())
    assert {*coverage.DELETED_UNNOTICED, *coverage.INSERTED_UNNOTICED} <= {*coverage.PROVEN_BY}


def test_a_change_of_any_table_is_noticed(noted):
    assert verification.verify() == []
    assert unnoticed(8, seed=3) == []


def test_items_of_an_e_mail_that_cannot_be_read_are_named(noted):
    item = past(ReminderItem).get(pk=keys_of(ReminderItem)[0])
    with undone():
        set_cell(item, "round_id", 0)
        assert f"The reminder mail {item.mail_id} was changed: items." in verification.verify()


@pytest.mark.soak
def test_what_no_verb_alone_writes_is_proven_too(noted):
    """As below, of the tables alone that are proven otherwise than by the trail."""
    own = [model for model in proven_tables() if label_of(model) in coverage.PROVEN_BY | coverage.PROVEN_ELSEWHERE]
    assert unnoticed(200, seed=7, ground=own) == []


@pytest.mark.soak
def test_a_thousand_changes_of_all_tables_are_noticed(noted):
    assert User.objects.exists()
    assert unnoticed(1_000, seed=2026) == []
    assert verification.verify() == []
