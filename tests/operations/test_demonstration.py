"""The demonstration's settings, which everyone knows, open no database of an office."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from oversight.operations.demonstration import NOT_THE_DEMONSTRATION
from recommendations.demo import LOADED
from tests.database import ROOT, sqlite_template
from tests.operations.conftest import manage

pytestmark = pytest.mark.sqlite_alone


# One process opens database after database: most of what a process takes is its start.
OPEN_EACH = """
import sys, django
django.setup()
from django.db import connections
for path in sys.argv[1:]:
    connections.settings["default"]["NAME"] = path
    del connections["default"]
    connections["default"].ensure_connection()
    print(path)
"""
IMPROPER = "django.core.exceptions.ImproperlyConfigured"


def open_each(*paths) -> subprocess.CompletedProcess:
    """Open each with the demonstration's settings, up to the first that is refused; its output names the opened."""
    settings = {"DATABASE_URL": f"sqlite:///{paths[0]}", "DJANGO_SETTINGS_MODULE": "oversight.settings"}
    environment = os.environ | settings | {"OVERSIGHT_DEMO": "1", "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-c", OPEN_EACH, *map(str, paths)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.suite(0)
@pytest.mark.parametrize("command", [["migrate"], ["responses_due"], ["check", "--deploy"]], ids=" ".join)
def test_an_offices_database_is_opened_by_no_command_of_the_demonstration(office, command):
    done = manage(office.url, *command, OVERSIGHT_DEMO="1")
    assert (done.returncode, done.stderr) == (1, f"oversight: {NOT_THE_DEMONSTRATION}\n")


def test_a_demonstration_of_any_version_and_an_empty_database_are_opened(office, tmp_path):
    """The entry with which load_demo ends has been there since the first release."""
    others = shutil.copy(office.path, tmp_path / "others.sqlite3")
    with closing(sqlite3.connect(office.path)) as database, database:
        database.execute("UPDATE recommendations_trailentry SET verb = ? WHERE sequence = 1", [LOADED])
    empty = shutil.copy(sqlite_template(), tmp_path)
    done = open_each(office.path, empty, tmp_path / "new.sqlite3", others)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, f"{IMPROPER}: {NOT_THE_DEMONSTRATION}")
    assert done.stdout.splitlines() == [str(office.path), str(empty), str(tmp_path / "new.sqlite3")]
