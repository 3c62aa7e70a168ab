"""Recovery of a PostgreSQL to a moment: after one save and before the next (docs/operations/backups.md).

On servers of its own. The first archives its WAL and is then lost; the second begins with its base backup.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.database import OFFICE_KEY, ROOT
from tests.operations.conftest import manage

sys.path.insert(0, str(ROOT / "scripts"))
import with_postgres  # a script, in no package

pytestmark = pytest.mark.soak


@pytest.fixture
def folder():
    """A folder that PostgreSQL's account may write to, with one for the archive."""
    with tempfile.TemporaryDirectory(prefix="oversight-postgres-", ignore_cleanup_errors=True) as name:
        for each in (Path(name), Path(name) / "archive", Path(name) / "recovered"):
            each.mkdir(exist_ok=True)
            if account := with_postgres.unprivileged_account():
                os.chown(each, account["user"], account["group"])
        yield Path(name)


def as_postgres(*command) -> None:
    account = with_postgres.unprivileged_account()
    subprocess.run([with_postgres.program(command[0]), *command[1:]], check=True, cwd="/", **account)


@contextmanager
def ended(server):
    """A server that is lost at the end: it is told to stop at once, as a machine is that loses its power."""
    try:
        yield
    finally:
        server.kill()
        server.wait()


def url_of(socket: Path) -> str:
    return f"postgres://oversight@{quote(str(socket), safe='')}/oversight"


def asked(socket: Path, statement: str) -> list[tuple]:
    with psycopg.connect(url_of(socket), autocommit=True) as server:
        return server.execute(statement).fetchall()


def save(url: str, name: str) -> tuple[str, str]:
    """Add a person; return the trail's head and number of entries after it."""
    email = f"{name}@example.org"
    added = manage(url, "add_person", "--email", email, "--name", name, "--role", "opcc_officer", SECRET_KEY=OFFICE_KEY)
    assert added.returncode == 0, added.stderr
    done = manage(url, "verify_audit", SECRET_KEY=OFFICE_KEY)
    words = done.stdout.replace(":", " ").split()
    return words[words.index("trail") + 1], words[words.index("entries.") - 1]


def wait_for(true, seconds: int = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.2)


def recovered(folder: Path, moment: str):
    """A server on the base backup, that reads the archive up to a moment and then serves."""
    data, archive, socket = folder / "base", folder / "archive", folder / "recovered"
    (data / "recovery.signal").touch()
    shutil.chown(data / "recovery.signal", data.owner(), data.group())
    options = {
        "restore_command": f"cp {archive}/%f %p",
        "recovery_target_time": moment,
        "recovery_target_action": "promote",
        "unix_socket_directories": socket,
        "listen_addresses": "",
        "fsync": "off",
    }
    command = [with_postgres.program("postgres"), "-D", data]
    command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "recovery.log").open("w") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **with_postgres.unprivileged_account())


def serves(socket: Path) -> bool:
    try:
        return asked(socket, "SELECT pg_is_in_recovery()") == [(False,)]
    except psycopg.OperationalError:
        return False


def test_the_first_save_is_there_and_the_second_is_not(folder):
    archive = folder / "archive"
    archiving = ("fsync=off", "archive_mode=on", f"archive_command=test ! -f {archive}/%f && cp %p {archive}/%f")
    with ended(with_postgres.start(folder, with_postgres.unprivileged_account(), archiving)):
        assert manage(url_of(folder), "migrate", "--verbosity", "0", SECRET_KEY=OFFICE_KEY).returncode == 0
        as_postgres("pg_basebackup", "--host", folder, "--username", "oversight", "--pgdata", folder / "base")
        head, entries = save(url_of(folder), "first")
        [(moment,)] = asked(folder, "SELECT clock_timestamp()::text")
        save(url_of(folder), "second")
        [(last,)] = asked(folder, "SELECT pg_walfile_name(pg_switch_wal())")
        wait_for((archive / last).exists)
    with ended(recovered(folder, moment)):
        wait_for(lambda: serves(folder / "recovered"))
        people = asked(folder / "recovered", "SELECT email FROM recommendations_user ORDER BY email")
        assert people == [("first@example.org",)]
        url = url_of(folder / "recovered")
        done = manage(url, "verify_audit", "--head", head, "--count", entries, SECRET_KEY=OFFICE_KEY)
        assert (done.returncode, done.stdout.startswith(f"All is well: {entries} entries.")) == (0, True)
    print(f"\nRecovered to {moment}: the first save is there, the second is not, verify_audit is well.")
