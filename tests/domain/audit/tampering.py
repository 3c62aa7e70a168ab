"""Every way to tamper with the trail, the records and their histories past the models, and what of it is missed."""

import datetime
import random
from contextlib import suppress

from django.db import DatabaseError, connection, models, transaction

from recommendations import trail
from recommendations.domain.audit import verification
from recommendations.models import TrailEntry, TrailHead, User
from tests.snapshots import undone

COLUMNS = (
    "at",
    "by_id",
    "by_name",
    "verb",
    "subject_model",
    "subject_id",
    "about",
    "reason",
    "changes",
    "previous",
    "scheme",
)


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
    if isinstance(value, datetime.time):
        return value.replace(minute=(value.minute + dice.randint(1, 59)) % 60)
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
        model = dice.choice(verification.guarded_models())
        row = dice.choice(list(past(model)) or [None])
        if row is None:
            continue
        column = dice.choice([each.attname for each in trail.trailed_fields(model) if not each.primary_key])
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
    model = dice.choice([each for each in verification.guarded_models() if past(each).count() > 1])
    one, two = dice.sample(list(past(model).order_by("pk")), 2)
    for was, now in ((one.pk, 0), (two.pk, one.pk), (0, two.pk)):
        past(model).filter(pk=was).update(id=now)
    return f"The {model._meta.verbose_name} {min(one.pk, two.pk)} was changed"


def a_save(dice):
    """Any row of any history."""
    return dice.choice(list(dice.choice([each for each in with_history() if each.history.exists()]).history.all()))


def with_history() -> list:
    return [model for model in verification.guarded_models() if hasattr(model, "history")]


def edit_a_history(dice) -> str:
    while True:
        save = a_save(dice)
        column = dice.choice(
            [each.attname for each in trail.trailed_fields(save.instance_type) if not each.primary_key]
        )
        value = other(getattr(save, column), dice)
        if value is not None:
            past(type(save)).filter(pk=save.pk).update(**{column: value})
            return f"The {save.instance_type._meta.verbose_name} {save.id}: save "


def is_said_twice(save) -> bool:
    """Whether the save before or after says the same: without one of the two the history says what it said."""
    columns = [each.attname for each in trail.trailed_fields(save.instance_type)]
    rows = type(save).objects.filter(id=save.id).order_by("history_id").values_list("history_id", *columns)
    saves = {number: said for number, *said in rows}
    place, said = list(saves).index(save.pk), list(saves.values())
    return said[place] in said[max(place - 1, 0) : place] + said[place + 1 : place + 2]


def delete_from_a_history(dice) -> str:
    save = a_save(dice)
    while is_said_twice(save):
        save = a_save(dice)
    past(type(save)).filter(pk=save.pk)._raw_delete("default")
    return f"The {save.instance_type._meta.verbose_name} {save.id}: "


def insert_into_a_history(dice) -> str:
    save = a_save(dice)
    columns = [each.attname for each in trail.trailed_fields(save.instance_type) if not each.primary_key]
    column = next(name for name in columns if getattr(save, name) is not None)
    setattr(save, column, other(getattr(save, column), dice))
    save.pk = None
    past(type(save)).bulk_create([save])
    return f"The {save.instance_type._meta.verbose_name} {save.id}: save "


OF_A_SAVE = ("history_user_id", "history_actor", "history_date", "history_change_reason", "history_type")


def edit_who_when_or_why(dice) -> str:
    """A save of a history becomes somebody else's, or of another moment, reason or kind."""
    save, column = a_save(dice), dice.choice(OF_A_SAVE)
    forged = {"history_type": "-", "history_change_reason": "Forged.", "history_user_id": None}
    if column == "history_user_id" and save.history_user_id is None:
        forged[column] = past(User).first().pk
    value = forged.get(column, other(getattr(save, column), dice))
    set_cell(save, column, value)
    return f"The {save.instance_type._meta.verbose_name} {save.id}: save "


def set_cell(row, column: str, value) -> None:
    """Write one cell of a row past Django, which would take only what its field can be."""
    key, table = row._meta.pk.column, row._meta.db_table
    if isinstance(value, datetime.datetime):
        value = connection.ops.adapt_datetimefield_value(value)
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE "{key}" = %s', [value, row.pk])


TAMPERS = (
    edit_who_when_or_why,
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


def tampered(times: int, seed: int, tampers=TAMPERS) -> list:
    """Tamper so many times, each undone afterwards; return those that were not found, or not named first."""
    dice, missed, done = random.Random(seed), [], 0
    while done < times:
        tamper = tampers[done % len(tampers)]
        with undone(), suppress(DatabaseError):
            with transaction.atomic():  # a constraint may refuse the forgery: then another is tried
                names = tamper(dice)
            problems = verification.verify()
            done += 1
            if not problems or not problems[0].startswith(names):
                missed.append((tamper.__name__, names, problems[:2]))
    return missed
