"""`migrate` goes forward alone, and a database of another version is named before anything happens to it."""

import re
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from oversight.database_version import BEFORE_THE_FIRST, OURS, cannot_be_migrated, problem
from oversight.management.commands.migrate import NO_WAY_BACK
from oversight.starting import check_before_start
from tests.database import ROOT

pytestmark = pytest.mark.django_db
ENVIRONMENT = {"PATH": "", "OVERSIGHT_DEMO": "1", "DJANGO_SETTINGS_MODULE": "oversight.settings"}


def names() -> list[str]:
    """Our migrations that this database has."""
    return sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == OURS)


def replaced() -> list[str]:
    """The migrations of before 0.2.0."""
    first = MigrationLoader(None).disk_migrations[OURS, "0001_squashed_0028"]
    return [name for _, name in first.replaces]


def test_a_database_of_this_version_is_fine():
    assert (cannot_be_migrated(connection), problem(connection)) == ("", "")
    call_command("migrate", verbosity=0)


@pytest.mark.parametrize("target", ["0029", "0049", "zero"])
def test_it_does_not_go_back(target):
    before = names()
    with pytest.raises(CommandError, match=re.escape(NO_WAY_BACK)):
        call_command("migrate", OURS, target, verbosity=0)
    assert names() == before


def test_a_migration_that_is_not_there_is_named_by_django():
    with pytest.raises(CommandError, match="Cannot find a migration matching '7777'"):
        call_command("migrate", OURS, "7777", verbosity=0)


def test_a_database_of_a_later_version_is_refused():
    MigrationRecorder(connection).record_applied(OURS, "9999_of_tomorrow")
    with pytest.raises(CommandError, match=r"a later version of Oversight: it has the migration 9999_of_tomorrow"):
        call_command("migrate", verbosity=0)
    assert "later version" in problem(connection)


@pytest.mark.parametrize("name", ["0001_squashed_9999", "0085_of_another_branch", "0001_initials"])
def test_an_unknown_migration_is_refused(name):
    MigrationRecorder(connection).record_applied(OURS, name)
    assert f"it has the migration {name}" in cannot_be_migrated(connection)


@pytest.mark.parametrize("name", ["0001_squashed_0049", "0001_squashed_0072", "0001_squashed_0085"])
def test_a_squashed_migration_that_has_been_replaced_is_no_later_version(name):
    """As a database has that was made by 0.3.0, or by a commit between two releases."""
    MigrationRecorder(connection).record_applied(OURS, name)
    assert (cannot_be_migrated(connection), problem(connection)) == ("", "")
    call_command("migrate", verbosity=0)


def test_a_database_of_before_the_first_release_is_refused():
    """Nineteen of the first migrations, as one had that was made before they were put together."""
    for name in names():
        MigrationRecorder(connection).record_unapplied(OURS, name)
    for name in replaced()[:19]:
        MigrationRecorder(connection).record_applied(OURS, name)
    with pytest.raises(CommandError, match=re.escape(BEFORE_THE_FIRST)):
        call_command("migrate", verbosity=0)


def test_what_another_one_replaces_is_gone_through_in_one_go_where_none_or_all_of_it_is_there():
    """A new database, those of 0.2.0 and 0.3.0, one of a commit between, and one that has all of them one by one."""
    loader = MigrationLoader(None)
    squashed = ("0001_squashed_0096", "0036_squashed_0072", "0089_squashed_0095")
    tables, between, later = (loader.disk_migrations[OURS, name] for name in squashed)
    first, after = ([name for _, name in tables.replaces if (name > between.name) is new] for new in (False, True))
    of_0_2_0 = [*replaced(), *(name for name in first if name != between.name)]
    one_by_one = [name for _, name in between.replaces]
    assert waiting([]) == ["0001_squashed_0096"]
    assert waiting(of_0_2_0) == [between.name, *after]
    assert waiting([*of_0_2_0, *one_by_one[:14]]) == [*one_by_one[14:], *after]
    assert waiting([*of_0_2_0, *one_by_one, *after[:3]]) == after[3:]
    up_to_0_3_0, those_since = after[: after.index(later.name)], [name for _, name in later.replaces]
    assert waiting([*of_0_2_0, *one_by_one, *up_to_0_3_0, *those_since[:2]]) == [*those_since[2:], after[-1]]
    assert waiting([*of_0_2_0, *one_by_one, *up_to_0_3_0, *those_since]) == [after[-1]]
    assert waiting([*of_0_2_0, *one_by_one, *after, *those_since]) == []


def waiting(applied: list[str]) -> list[str]:
    """Which of our migrations up to 0096 a database waits for that has these, in their order."""
    recorder = MigrationRecorder(connection)
    for name in names():
        recorder.record_unapplied(OURS, name)
    for name in applied:
        recorder.record_applied(OURS, name)
    executor = MigrationExecutor(connection)
    assert executor.loader.detect_conflicts() == {}
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration.name for migration, _ in plan if migration.app_label == OURS and migration.name[:4] <= "0096"]


@pytest.mark.on_postgresql
def test_a_database_that_waits_for_migrations_is_said_to():
    MigrationRecorder(connection).record_unapplied(OURS, names()[-1])
    assert "migrations that wait: 1." in problem(connection)


@pytest.mark.sqlite_alone
def test_the_server_does_not_start_on_a_database_of_another_version(tmp_path):
    """Here one without any table. Views and templates need not be loaded for that."""
    server = [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        "127.0.0.1:0",
        "--no-control-socket",
        "django.core.wsgi:get_wsgi_application()",
    ]
    environment = ENVIRONMENT | {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    ended = subprocess.run(server, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "run `manage.py migrate`" in ended.stderr


@pytest.mark.on_postgresql
def test_the_server_starts_where_its_database_cannot_be_reached():
    """Its pages say so."""

    def away(*asked):
        raise OperationalError("unable to open database file")

    with connection.execute_wrapper(away):
        with pytest.raises(OperationalError):
            problem(connection)
        check_before_start(at=timezone.now())
