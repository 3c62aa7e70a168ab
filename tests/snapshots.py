"""What the database holds, to tell whether anything at all changed."""

import re
from collections.abc import Collection
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction

OURS = "recommendations_"
WRITES = re.compile(r'^\s*(?:INSERT|UPDATE|DELETE)\b[^"]*"(\w+)"')


def tables() -> list[str]:
    """Every table of ours: records, histories, the trail, the marks of forms sent."""
    return sorted(model._meta.db_table for model in apps.get_app_config("recommendations").get_models())


def contents(*, leave_out: tuple[str, ...] = (), of: Collection[str] | None = None) -> dict[str, list]:
    """Every row of every table of ours, or `of` some of them; `leave_out` are ends of tables' names."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables() if of is None else sorted({*of} & {*tables()}):
            if not table.endswith(leave_out) or not leave_out:
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def changed(before: dict, after: dict) -> list[str]:
    """The tables that differ, of those that were looked at after it."""
    return [table for table in after if before[table] != after[table]]


@contextmanager
def undone():
    """What is written inside is undone at the end. It is no transaction of its own: what refuses one runs inside."""
    before = transaction.savepoint_create()
    try:
        yield
    finally:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(before)


@contextmanager
def tables_written():
    """The names of the tables that are written to inside, whether or not what they hold differs then."""
    names = set()

    def execute(run, sql, params, many, context):
        if found := WRITES.match(sql):
            names.add(found[1])
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield names
