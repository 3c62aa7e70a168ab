"""An office's database as a file, with records of every kind and papers: no test here asks the tests' own database."""

import datetime
import io
import os
import shutil
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection

from oversight.operations.backups.making import Plan
from oversight.operations.backups.sqlite import SQLite
from oversight.operations.backups.stores import Folder
from tests.database import OFFICE_KEY, ROOT, files_of, sqlite_office

AT = datetime.datetime(2026, 11, 28, 3, 15, tzinfo=datetime.UTC)


def manage(url: str, *command: str, **environment: str) -> subprocess.CompletedProcess:
    """What a command says that is run on a database, in a process of its own."""
    given = os.environ | {"DATABASE_URL": url, "LOG_LEVEL": "ERROR"} | environment
    return subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=given, capture_output=True, text=True)


@pytest.fixture
def office(tmp_path, monkeypatch) -> SQLite:
    """The database of an office, which a test may change."""
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("SECRET_KEY", OFFICE_KEY)
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("FILES_TO", str(tmp_path / "files"))
    shutil.copytree(files_of(sqlite_office()), tmp_path / "files")
    return SQLite(shutil.copy(sqlite_office(), tmp_path / "data/office.sqlite3"))


@pytest.fixture
def plan(office, tmp_path) -> Plan:
    """A backup of the office to a folder."""
    facts = {"settings": "ORIGIN=https://a.example\n", "attached": tmp_path / "files"}
    return Plan("main", office, Folder(tmp_path / "backups"), tmp_path / "work", **facts)


@pytest.fixture
def run(settings, tmp_path, monkeypatch):
    """Runs a command of an installation whose database is a file; returns what it says."""
    settings.VAR_DIR, settings.BACKUP_TO = tmp_path / "data", str(tmp_path / "backups")
    settings.FILES_TO = str(tmp_path / "files")

    def run(database: SQLite, *command: str) -> str:
        out = io.StringIO()
        monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.sqlite3")
        monkeypatch.setitem(connection.settings_dict, "NAME", str(database.path))
        call_command(*command, stdout=out)
        return out.getvalue()

    return run
