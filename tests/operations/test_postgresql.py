"""A backup of a PostgreSQL, as the owner of its tables: made, proved beside the office's database, and restored."""

from dataclasses import replace

import psycopg
import pytest
from django.db import connection

from oversight.operations.backups import BackupFailed
from oversight.operations.backups.engines import database_of
from oversight.operations.backups.making import Plan, make_backup
from oversight.operations.backups.postgresql import PostgreSQL
from oversight.operations.backups.restoring import Target, restore
from oversight.operations.backups.stores import Folder
from oversight.operations.backups.verifying import verify_backup
from recommendations.domain.register import voices
from tests.database import APPLICATION, OWNER, READER, address
from tests.makers.attachments import make_file
from tests.operations.conftest import AT

pytestmark = [pytest.mark.postgresql_alone, pytest.mark.django_db(transaction=True)]


def as_user(role: str, name: str = "") -> PostgreSQL:
    found = connection.settings_dict
    return database_of(found | {"USER": role, "NAME": name or found["NAME"]})


@pytest.fixture
def may_make_databases():
    """The owner may make a database to try a backup in, as docs/operations/backups.md says."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE {OWNER} CREATEDB")
        yield
        cursor.execute(f"ALTER ROLE {OWNER} NOCREATEDB")


@pytest.fixture
def empty_database():
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE restored_here OWNER {OWNER}")
        yield as_user(OWNER, "restored_here")
        cursor.execute("DROP DATABASE restored_here WITH (FORCE)")


def databases() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE '%scratch%'")
        return [name for (name,) in cursor.fetchall()]


def test_it_is_made_proved_and_restored_by_the_owner(tracked, body, tmp_path, may_make_databases, empty_database):
    plan = Plan("main", as_user(OWNER), Folder(tmp_path / "backups"), tmp_path / "work")
    made = make_backup(plan, at=AT)
    path = plan.store.path / made.name
    assert (made.manifest.database.engine, made.manifest.database.rows["recommendations_trackedrecommendation"]) == (
        *("postgresql", 1),
    )
    (tmp_path / "try").mkdir()
    assert verify_backup(path, folder=tmp_path / "try", beside=plan.database).problems == []
    assert databases() == []

    said = []
    target = Target(empty_database, plan.work, tmp_path / "restored", APPLICATION, READER)
    restore(path, target, say=said.append)
    assert said[3] == f"4. {APPLICATION} and {READER} may do what they should."
    with psycopg.connect(address(connection, "restored_here", role=APPLICATION)) as server:
        assert server.execute("SELECT count(*) FROM recommendations_trackedrecommendation").fetchall() == [(1,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.execute("DELETE FROM recommendations_trailentry")
    with pytest.raises(BackupFailed, match="createdb --owner=oversight_owner restored_here"):
        restore(path, target, say=said.append)


def test_what_a_role_may_not_do_is_said_with_what_to_do(body, tmp_path):
    plan = Plan("main", as_user(OWNER), Folder(tmp_path / "backups"), tmp_path / "work")
    made = make_backup(plan, at=AT)
    with pytest.raises(BackupFailed, match=f"ALTER ROLE {OWNER} CREATEDB"):
        verify_backup(plan.store.path / made.name, folder=tmp_path, beside=plan.database)
    with pytest.raises(BackupFailed, match="Set OWNER_DATABASE_URL"):
        make_backup(replace(plan, database=as_user(APPLICATION), office="other"), at=AT)
    with pytest.raises(BackupFailed, match="The database does not answer"):
        make_backup(replace(plan, database=as_user(OWNER, "not_there"), office="other"), at=AT)
    assert plan.store.names() == [made.name]


def test_a_file_that_is_missing_is_named_and_the_backup_says_so(tracked, force_lead, tmp_path, settings):
    settings.FILES_TO = str(tmp_path / "files")
    plan = Plan("main", as_user(OWNER), Folder(tmp_path / "backups"), tmp_path / "work", attached=tmp_path / "files")
    update = voices.log_force_update(tracked=tracked, done="Bells are tested.", by=force_lead, at=AT)
    file = make_file(update, by=force_lead)
    assert make_backup(plan, at=AT).wrong_files == []
    path = tmp_path / "files" / file.sha256[:2] / file.sha256
    path.unlink()
    made = make_backup(plan, at=AT)
    assert made.wrong_files == [f"{path} is missing (attached file {file.pk})."]
    assert made.name.endswith("-incomplete.tar")


def test_a_password_stands_in_no_command_line_and_in_the_address_of_a_child():
    found = {"ENGINE": "django.db.backends.postgresql", "HOST": "db", "PORT": "5433", "USER": "own", "NAME": "office"}
    database = database_of(found | {"PASSWORD": "a@/:b", "OPTIONS": {"sslmode": "require", "pool": {}}})
    assert "a@/:b" not in str(database.params)
    assert database.url == "postgres://own:a%40%2F%3Ab@db:5433/office?sslmode=require"
