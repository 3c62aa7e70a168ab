"""The demonstration's settings, which everyone knows, open no database of an office."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from oversight.operations.demonstration import NOT_THE_DEMONSTRATION
from recommendations.demo import LOADED
from tests.database import sqlite_template
from tests.operations.conftest import manage

pytestmark = pytest.mark.sqlite_alone


def test_an_offices_database_is_opened_by_no_command_of_the_demonstration(office):
    for command in (["responses_due"], ["migrate"], ["check", "--deploy"]):
        done = manage(office.url, *command, OVERSIGHT_DEMO="1")
        assert (done.returncode, done.stderr) == (1, f"oversight: {NOT_THE_DEMONSTRATION}\n")


def test_a_demonstration_of_any_version_and_an_empty_database_are_opened(office, tmp_path):
    """The entry with which load_demo ends has been there since the first release."""
    with closing(sqlite3.connect(office.path)) as database, database:
        database.execute("UPDATE recommendations_trailentry SET verb = ? WHERE sequence = 1", [LOADED])
    empty = shutil.copy(sqlite_template(), tmp_path)
    for url in (office.url, f"sqlite:///{empty}", f"sqlite:///{tmp_path}/new.sqlite3"):
        done = manage(url, "showmigrations", "--plan", OVERSIGHT_DEMO="1")
        assert (done.returncode, done.stderr) == (0, "")
