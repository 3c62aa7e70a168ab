"""A database of each earlier release migrates, its trail and its papers verify, and its numbers are what they were."""

import json
import lzma
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.database import OWNER, address, make_roles
from tests.releases.keep import BUILD, KEY, run, run_in_world

HERE = Path(__file__).parent
ENGINE = {"sqlite": "sqlite3", "postgresql": "postgresql"}[connection.vendor]
KEPT = sorted(HERE.glob(f"*.{ENGINE}.xz"), key=lambda path: [int(number) for number in path.name.split(".")[:3]])
# With each change the oldest migrates on SQLite and the newest on PostgreSQL; in the soak each does on both.
EACH_CHANGE = KEPT[:1] if ENGINE == "sqlite3" else KEPT[-1:]
CASES = [pytest.param(path, marks=() if path in EACH_CHANGE else pytest.mark.soak, id=path.stem) for path in KEPT]
# The garbage collector, which walks through all models again and again, would take a quarter of it.
MIGRATE = """
import gc
from django.core.management import call_command
gc.disable()
call_command("migrate", verbosity=0)
"""
FOUND = """
print(json.dumps(world.found(*json.loads({then!r}))))
"""
EMPTIED = re.compile(
    r'INSERT INTO "sqlite_sequence" VALUES.*,0\);'
)  # there was a row once, as in a table that is copied
# One of the migrations that another one replaces: the rest comes one by one, as on a database of a commit between.
FIRST = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
executor.loader.replace_migrations = False
executor.loader.build_graph()
executor.migrate([("recommendations", "0036_section_55")])
"""


@pytest.fixture
def empty_databases(db, tmp_path):
    """Make a database with nothing in it, by its name: its address. On PostgreSQL its owner is no superuser."""
    if ENGINE == "sqlite3":
        yield lambda name: f"sqlite:///{tmp_path / name}"
        return
    made = []
    with connection.creation._nodb_cursor() as cursor:
        make_roles(cursor)

        def make(name: str) -> str:
            cursor.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
            made.append(name)
            return address(connection, name, role=OWNER)

        yield make
        for name in made:
            cursor.execute(f"DROP DATABASE {name}")


def fill(url: str, content: bytes) -> None:
    if ENGINE == "sqlite3":
        Path(url.removeprefix("sqlite:///")).write_bytes(content)
        return
    lines = [line for line in content.decode().splitlines() if not line.startswith("\\")]  # for psql alone
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("\n".join(lines))


def lines(url: str) -> list[str]:
    """All that a database holds, tables and rows, but for the migrations that it counts as its own."""
    if ENGINE == "sqlite3":
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            dump = [line for line in database.iterdump() if not EMPTIED.fullmatch(line)]
    else:
        command = ["pg_dump", "--inserts", url]
        dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return sorted(line for line in dump if not ("django_migrations" in line or line.startswith("\\")))


def test_a_database_of_0_2_0_is_kept():
    assert "0.2.0" in {path.name.removesuffix(f".{ENGINE}.xz") for path in KEPT}


@pytest.mark.parametrize("kept", CASES)
def test_a_database_of_an_earlier_release_migrates_and_verifies(kept, empty_databases):
    url = empty_databases("earlier_release")
    fill(url, lzma.decompress(kept.read_bytes()))
    then = json.loads(kept.with_suffix(".json").read_text())
    code = MIGRATE + FOUND.format(then=json.dumps([then["head"], then["entries"]]))
    now = json.loads(run_in_world(url, code))
    assert now == then
    assert now["wrong"] == []


@pytest.mark.soak
def test_a_database_of_this_version_can_be_kept(empty_databases, tmp_path):
    facts = json.loads(run_in_world(empty_databases("this_version"), BUILD, files=tmp_path / "files"))
    assert facts["wrong"] == []
    assert min(facts["rows"].values()) > 0


@pytest.mark.soak
def test_the_migrations_that_one_replaces_lead_to_the_same_tables_and_rows(empty_databases):
    content = lzma.decompress((HERE / f"0.2.0.{ENGINE}.xz").read_bytes())
    at_once, one_by_one = empty_databases("at_once"), empty_databases("one_by_one")
    for url, code in ((at_once, MIGRATE), (one_by_one, FIRST + MIGRATE)):
        fill(url, content)
        run(url, code, SECRET_KEY=KEY)
    assert lines(at_once) == lines(one_by_one)
