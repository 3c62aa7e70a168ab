"""A database of each earlier release migrates, its trail and its papers verify, and its numbers are what they were."""

import json
import lzma
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.database import OWNER, address, make_roles
from tests.releases.keep import KEY, run

HERE = Path(__file__).parent
ENGINE = {"sqlite": "sqlite3", "postgresql": "postgresql"}[connection.vendor]
KEPT = sorted(HERE.glob(f"*.{ENGINE}.xz"))
MIGRATED = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
import json, sys, tests.releases.world as world
print(json.dumps(world.found(*json.loads({then!r}))))
"""


@pytest.fixture
def empty_database(db, tmp_path):
    """The address of a database with nothing in it. On PostgreSQL its owner, who migrates it, is no superuser."""
    if ENGINE == "sqlite3":
        yield f"sqlite:///{tmp_path / 'release.sqlite3'}"
        return
    with connection.creation._nodb_cursor() as cursor:
        make_roles(cursor)
        cursor.execute(f"CREATE DATABASE earlier_release OWNER {OWNER}")
        yield address(connection, "earlier_release", role=OWNER)
        cursor.execute("DROP DATABASE earlier_release")


def fill(url: str, content: bytes) -> None:
    if ENGINE == "sqlite3":
        Path(url.removeprefix("sqlite:///")).write_bytes(content)
        return
    lines = [line for line in content.decode().splitlines() if not line.startswith("\\")]  # for psql alone
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("\n".join(lines))


def test_a_database_of_0_2_0_is_kept():
    assert "0.2.0" in {path.name.removesuffix(f".{ENGINE}.xz") for path in KEPT}


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_a_database_of_an_earlier_release_migrates_and_verifies(kept, empty_database):
    fill(empty_database, lzma.decompress(kept.read_bytes()))
    then = json.loads(kept.with_suffix(".json").read_text())
    code = MIGRATED.format(then=json.dumps([then["head"], then["entries"]]))
    now = json.loads(run(empty_database, code, SECRET_KEY=KEY))
    assert now == then
    assert now["wrong"] == []
