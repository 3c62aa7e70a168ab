"""What sign-in counts, locks and marks as used: nobody pushes it out, and nothing in the database runs."""

import base64
import pickle
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from django.core.cache import cache, caches
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from oversight.private_files import make_private
from recommendations.models import ShortLivedValue
from tests.security.door import PASSWORD, code_for, give_factor, is_signed_in, sign_in

STRANGERS = 1_000


def fail_once(rf, email: str, number: int) -> None:
    request = rf.post("/account/login/", REMOTE_ADDR=f"10.{number // 65536}.{number // 256 % 256}.{number % 256}")
    get_adapter().pre_authenticate(request, email=email)


def test_a_thousand_strangers_push_out_neither_a_lock_nor_a_used_code(officer, approver, rf):
    for number in range(5):
        sign_in(officer.email, f"wrong {number}")
    secret, first = give_factor(approver), Client()
    sign_in(approver.email, client=first)
    first.post(reverse("mfa_authenticate"), {"code": (code := code_for(secret))})
    for number in range(STRANGERS):
        fail_once(rf, f"stranger{number}@example.org", number)
    assert ShortLivedValue.objects.count() > STRANGERS
    with pytest.raises(ValidationError):
        fail_once(rf, officer.email, STRANGERS)
    again, locked = Client(), Client()
    sign_in(approver.email, client=again)
    again.post(reverse("mfa_authenticate"), {"code": code})
    sign_in(officer.email, PASSWORD, client=locked)
    assert [is_signed_in(client) for client in (first, again, locked)] == [True, False, False]


class Planted:
    """What runs when it is unpickled: it writes a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (Path.write_text, (self.path, "it ran"))


def test_a_pickle_that_was_planted_does_not_run(officer, tmp_path):
    trace = tmp_path / "trace"
    sign_in(officer.email, "wrong")
    planted = base64.b64encode(pickle.dumps(Planted(trace))).decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE short_lived_value SET value = %s", [planted])
    client = Client()
    sign_in(officer.email, client=client)
    assert (is_signed_in(client), trace.exists()) == (True, False)


def test_no_cache_is_a_table_of_pickles(db):
    assert {type(caches[name]).__name__ for name in ("default", "progress")} == {"ShortLivedCache", "FileBasedCache"}
    assert "cache" not in connection.introspection.table_names()


def test_it_is_a_cache_as_django_means_it(db):
    assert (cache.add("a", [1.5, "é"], 60), cache.add("a", 2, 60), cache.get("a")) == (True, False, [1.5, "é"])
    cache.set("a", {"b": None}, 60)
    assert (cache.get("a"), cache.has_key("a"), "b" in cache, cache.get("b", "none")) == (
        {"b": None},
        True,
        False,
        "none",
    )
    assert (cache.touch("a", 60), cache.touch("b", 60), cache.delete("a"), cache.delete("a")) == (
        True,
        False,
        True,
        False,
    )
    cache.set("never-over", 1, None)
    cache.set("number", 1, 60)
    assert (cache.get("never-over"), cache.incr("number"), cache.get("number")) == (1, 2, 2)
    cache.clear()
    assert ShortLivedValue.objects.count() == 0


def test_what_is_over_is_gone_and_what_is_not_json_is_refused(db):
    cache.set("over", 1, -1)
    assert (cache.get("over"), cache.add("over", 2, 60), cache.get("over")) == (None, True, 2)
    cache.set("over-too", 1, -1)
    cache.add("another", 1, 60)
    assert set(ShortLivedValue.objects.values_list("key", flat=True)) == {":1:over", ":1:another"}
    with pytest.raises(TypeError):
        cache.set("object", object(), 60)


KILLED = """
import os, sqlite3
from oversight.private_files import make_private
make_private({0!r})
database = sqlite3.connect({0!r})
database.execute("PRAGMA journal_mode=WAL")
database.execute("CREATE TABLE IF NOT EXISTS t (a)")
database.execute("INSERT INTO t VALUES (1)")
database.commit()
os._exit(0)
"""


def test_only_its_own_user_reads_an_sqlite_database(tmp_path):
    """A new one, and one that was there before with what SQLite keeps beside it."""
    database = tmp_path / "office.sqlite3"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", KILLED.format(str(database))], check=True)
        found = {each.name: oct(each.stat().st_mode & 0o777) for each in tmp_path.iterdir()}
        assert found == dict.fromkeys(("office.sqlite3", "office.sqlite3-wal", "office.sqlite3-shm"), "0o600")
        for each in tmp_path.iterdir():
            each.chmod(0o644)


WRITES = """
import sqlite3
try:
    sqlite3.connect({0!r}, timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    print(error)
"""


def test_a_database_that_is_made_private_keeps_its_locks(tmp_path):
    """Another process finds it locked: opening and closing the file here would have ended SQLite's own lock."""
    database = tmp_path / "office.sqlite3"
    with closing(sqlite3.connect(database, isolation_level=None)) as own:
        own.execute("CREATE TABLE t (a)")
        own.execute("BEGIN IMMEDIATE")
        make_private(database)
        command = [sys.executable, "-c", WRITES.format(str(database))]
        assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "database is locked\n"
