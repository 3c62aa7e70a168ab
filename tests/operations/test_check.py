"""`check`, the gate of an installation: well where all is, and each thing that used to pass is said."""

import datetime
import os
import subprocess
import sys

import pytest
from django.core.checks import WARNING, Tags, run_checks
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from oversight.operations import installation
from recommendations.last_runs import note_run
from tests.database import sqlite_template
from tests.faults.mail_runs import mailers
from tests.faults.mail_server import MailServer
from tests.test_setup import ROOT


@pytest.fixture
def server():
    with MailServer() as server:
        yield server


@pytest.fixture(autouse=True)
def good(settings, tmp_path, server, monkeypatch):
    """An installation as it should be."""
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # the journeys' own
    settings.ORIGIN, settings.SECURE, settings.BEHIND_PROXY = "https://oversight.example.org", True, True
    settings.DEFAULT_FROM_EMAIL = "oversight@example.org"
    settings.VAR_DIR, settings.MAILERS = tmp_path, mailers(server.port)
    settings.BACKUP_TO = str(tmp_path / "backups")


def said() -> list[str]:
    """What the gate fails for, of what is ours; errors of the database with their first words. Models are left out."""
    asked = [Tags.security, Tags.database]
    found = run_checks(tags=asked, include_deployment_checks=True, databases=["default"])
    return [each.msg.split(":")[0] for each in found if each.id.startswith("oversight.") and each.level >= WARNING]


def no_proxy(settings, *_):
    settings.BEHIND_PROXY = False


def local_sender(settings, *_):
    settings.DEFAULT_FROM_EMAIL = "oversight@localhost"


def no_mail_server(settings, *_):
    settings.MAILERS, settings.MAIL_IS_SET = mailers(9), True


def none_chosen(settings, *_):
    settings.MAILERS, settings.MAIL_IS_SET = mailers(9), False


def folder_of_everybody(settings, tmp_path, *_):
    tmp_path.chmod(0o777)


def readable_secrets(settings, tmp_path, *_):
    (tmp_path / "main").mkdir()
    (tmp_path / "main/settings.env").touch(0o644)


def other_machine(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "riscv64")


def late_timer(settings, tmp_path, *_):
    note_run("verify_audit", at=timezone.now() - datetime.timedelta(days=3))


@pytest.mark.sqlite_only  # the tests' PostgreSQL is set to be quick, and each such setting is said
@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda *_: None, []),
        (no_proxy, ["ORIGIN is https, and BEHIND_PROXY is not set"]),
        (local_sender, ["FROM_EMAIL is oversight@localhost"]),
        (no_mail_server, ["The mail server cannot be reached"]),
        (none_chosen, []),
        (folder_of_everybody, ["Other users of this machine can write to {}."]),
        (readable_secrets, ["Other users of this machine can read {}/main/settings.env, which has secrets."]),
        (
            other_machine,
            ["This machine cannot refuse system calls (seccomp), so a hostile file could have files changed."],
        ),
        (late_timer, ["The last verification of the trail was 3 days ago."]),
    ],
)
def test_each_thing_that_is_wrong_is_said_and_nothing_else(break_it, words, settings, tmp_path, monkeypatch, db):
    monkeypatch.setattr(installation, "SETTINGS_FILES", tmp_path)
    break_it(settings, tmp_path, monkeypatch)
    assert said() == [each.format(tmp_path) for each in words]


@pytest.mark.sqlite_alone
def test_a_database_that_is_away_or_not_migrated_is_said(db):
    def fails(*asked):
        raise OperationalError("connection refused\nmore")

    with connection.execute_wrapper(fails):
        assert said() == ["The database cannot be used"]
    newest = MigrationRecorder(connection).migration_qs.filter(app="recommendations").latest("name").name
    MigrationRecorder(connection).record_unapplied("recommendations", newest)
    assert said() == ["This database is of an earlier version of Oversight"]


@pytest.mark.postgresql_alone
def test_postgresql_that_may_lose_what_it_acknowledged_is_said(db):
    """The server of the tests is set to be quick: each such setting is said, and nothing of the application's role."""
    for value in ("off", "on"):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL synchronous_commit = {value}")
            cursor.execute(installation.SETTINGS_ASKED, [[*installation.POSTGRESQL]])
            found = dict(cursor.fetchall())
        wrong = {f"PostgreSQL has {name} = off" for name, setting in found.items() if setting == "off"}
        assert ({*said()}, "PostgreSQL has synchronous_commit = off" in wrong) == (wrong, value == "off")


@pytest.mark.sqlite_alone
def test_without_an_option_all_is_checked_and_offline_no_network_is_asked(settings, db):
    no_mail_server(settings)
    for options in ({}, {"deploy": True, "fail_level": "WARNING"}):
        with pytest.raises(SystemCheckError, match="The mail server cannot be reached"):
            call_command("check", **options)
    call_command("check", deploy=True, offline=True)
    call_command("check", fail_level="ERROR")


def test_an_office_without_a_mail_server_has_a_note_of_it(settings):
    none_chosen(settings)
    words = "No mail server is set, and none answers on this machine: invitations and reminders are not sent."
    assert installation.mail_server_problems() == [
        installation.Problem(words, "Set EMAIL_URL and FROM_EMAIL.", is_note=True)
    ]


@pytest.mark.sqlite_alone
def test_a_message_to_try_the_mail_server(settings, server, capsys, db):
    call_command("check", fail_level="ERROR", mail="operator@marches.example")
    assert "The mail server took the test message." in capsys.readouterr().out
    assert len(server.arrived) == 1
    no_mail_server(settings)
    with pytest.raises(CommandError, match="The test message did not go: connection refused"):
        call_command("check", fail_level="ERROR", mail="operator@marches.example")


@pytest.mark.sqlite_alone
def test_the_documented_gate_passes_for_a_good_installation(server, tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "x8s7df6g5h4j3k2l1" * 4,
        "ORIGIN": "https://oversight.example.org",
        "BEHIND_PROXY": "1",
        "FROM_EMAIL": "oversight@oversight.example.org",
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "DATABASE_URL": f"sqlite:///{sqlite_template()}",
        "VAR_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, "WARNINGS" in done.stderr) == (0, False), done.stderr
