"""What search needs of the database beyond the models is there after all migrations, and what is not is named."""

import pytest
from django.db import connection
from django.utils import timezone

from oversight.operations import installation
from recommendations.models import SearchEntry
from recommendations.models.search.search_schema import ENTRIES, PARTS, missing_parts

DROPPED = {"column": f"ALTER TABLE {ENTRIES} DROP COLUMN {{}} CASCADE", "index": "DROP INDEX {}"}
DROPPED |= {"table": "DROP TABLE {}", "trigger": "DROP TRIGGER {}"}


def drop(part: str) -> None:
    kind, name = part.split()
    with connection.cursor() as cursor:
        cursor.execute(DROPPED[kind].format(name))


def test_after_all_migrations_nothing_is_missing(db):
    assert SearchEntry._meta.db_table == ENTRIES
    assert missing_parts() == []


@pytest.mark.parametrize(
    "part", [pytest.param(each, marks=pytest.mark.sqlite_only) for each in sorted(PARTS["sqlite"])]
)
def test_what_a_migration_dropped_on_sqlite_is_named(db, part):
    drop(part)
    assert missing_parts() == [part]


@pytest.mark.postgresql_alone
@pytest.mark.parametrize("part", sorted(PARTS["postgresql"] - {"column search_vector"}))
def test_what_a_migration_dropped_on_postgresql_is_named(db, part):
    drop(part)
    assert missing_parts() == [part]


@pytest.mark.postgresql_alone
def test_a_column_that_was_dropped_takes_its_indexes_with_it(db):
    drop("column search_vector")
    assert missing_parts() == sorted(PARTS["postgresql"] - {"index searchentry_day"})


def test_a_check_of_the_installation_says_what_is_missing(db):
    part = "trigger searchentry_added" if connection.vendor == "sqlite" else "index searchentry_said"
    drop(part)
    said = [each.words for each in installation.database_problems(at=timezone.now())]
    assert [words for words in said if "search" in words] == [f"A migration dropped what search needs: {part}."]
