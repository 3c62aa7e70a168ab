"""The public's pages from a replica: they answer while the primary is killed and the replica is promoted."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from oversight.operations import replica
from oversight.operations.readiness import MAY_NOT_READ
from tests.bench.server import _free_port
from tests.database import APPLICATION, READER, ROOT, address
from tests.operations.clusters import Cluster, primary, replica_of, wait_for
from tests.security.start import start

ADDRESSES = ("/published/", "/published/feed/", "/published/responses.json", "/published/papers/")
# Files go where the commands look for them, and not into a folder that is gone with the process.
SET_UP = (
    "import os; files = os.environ['FILES_TO']; import tests.environment; os.environ['FILES_TO'] = files; "
    "import django; django.setup(); "
)
WORLD = SET_UP + (
    "from recommendations.sections import use_choice; use_choice(frozenset); "
    "from tests.security.world import build_world; from tests.security.worlds.public import build_public; "
    "build_public(build_world())"
)
SAVE = SET_UP + (
    "import sys; from django.utils import timezone; from recommendations.models import PolicingBody; "
    "from recommendations.domain.people import records; body = PolicingBody.objects.first(); "
    "body.name = sys.argv[1]; records.keep(record=body, by=None, at=timezone.now())"
)


def test_what_is_no_replica_says_so(db):
    assert replica.lag(at=timezone.now()) is None
    with pytest.raises(CommandError, match="is no replica"):
        call_command("replica_lag")


def test_how_far_a_replica_is_behind_is_said():
    assert str(replica.Lag(True, 0.0)) == "This replica is up to date. It receives from its primary."
    assert str(replica.Lag(False, 61.25)) == (
        "This replica is 61.2 seconds behind. It receives nothing: its primary is away."
    )
    assert str(replica.Lag(False, None)) == (
        "This replica has applied no change since it started, so how old its data is cannot be said. It receives "
        "nothing: its primary is away."
    )


@pytest.mark.postgresql_alone
def test_status_as_the_public_reader_says_which_setting_is_missing(db):
    found = {
        only: run(address(connection, role=READER), "manage.py", "status", "--json", PUBLIC_PAGES_ONLY=only)
        for only in ("0", "1")
    }
    assert {only: (done.returncode, done.stderr) for only, done in found.items()} == {"0": (2, ""), "1": (0, "")}
    checks = {only: {each["name"]: each for each in json.loads(done.stdout)["checks"]} for only, done in found.items()}
    assert checks["0"]["database"]["words"] == MAY_NOT_READ
    assert [*checks["1"]] == ["database", "disk"]


@pytest.mark.postgresql_alone
def test_the_owner_may_write(db):
    assert replica.may_write() is True


@pytest.mark.sqlite_alone
def test_the_public_door_does_not_open_where_it_could_write():
    status, said = start("import oversight.public_wsgi", OVERSIGHT_DEMO="1")
    assert (status, said[:52]) == (1, "The server of the public pages must not be able to w")


def run(url: str, *command: str, **settings: str) -> subprocess.CompletedProcess:
    """A command of the installation whose database that is, with these further settings."""
    known = {"DATABASE_URL": url, "SECRET_KEY": KEY, "OVERSIGHT_DEMO": "0"} | settings
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | known, capture_output=True, text=True, check=False
    )


KEY = secrets.token_urlsafe(60)


def well(done: subprocess.CompletedProcess) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def public_pages(address: str):
    """The server of the public's pages; its address on this machine."""
    port = _free_port()
    known = {"DATABASE_URL": address, "SECRET_KEY": KEY, "OVERSIGHT_DEMO": "0"}
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"} | known
    command = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--no-control-socket", "oversight.public_wsgi"]
    server = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: "Published" in page(f"http://127.0.0.1:{port}/published/"))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read().decode()


@contextmanager
def asking(origin: str, failed: list[str], answered: list[str]):
    """Ask for public pages all the while; note which answered and which did not."""
    over = threading.Event()

    def ask() -> None:
        for path in cycle(ADDRESSES):
            if over.wait(0.2):
                return
            try:
                page(origin + path)
                answered.append(path)
            except OSError as error:
                failed.append(f"{path}: {error}")

    people = [threading.Thread(target=ask) for _ in range(2)]
    for each in people:
        each.start()
    try:
        yield
    finally:
        over.set()
        for each in people:
            each.join()


@pytest.mark.soak
def test_public_pages_answer_while_the_primary_is_killed_and_the_replica_promoted():
    with tempfile.TemporaryDirectory(prefix="oversight-clusters-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        fail_over(Path(folder))


def fail_over(folder: Path) -> None:
    failed, answered = [], []
    with ExitStack() as running:
        one = running.enter_context(primary(folder / "one"))
        fill(one)
        two = running.enter_context(replica_of(one, folder / "two"))
        origin = running.enter_context(public_pages(two.address(READER)))
        with asking(origin, failed, answered):
            well(run(one.address(APPLICATION), "-c", SAVE, "Office of before"))
            wait_for(lambda: "Office of before" in page(f"{origin}/published/"))
            wait_for(lambda: run(two.address(READER), "manage.py", "replica_lag").returncode == 0)
            one.kill()
            wait_for(lambda: "its primary is away" in run(two.address(READER), "manage.py", "replica_lag").stderr)
            before = len(answered)
            time.sleep(5)
            assert len(answered) > before
            assert two.ask("SELECT pg_promote()") == "t"
            well(run(two.address(APPLICATION), "-c", SAVE, "Office of after"))
            wait_for(lambda: "Office of after" in page(f"{origin}/published/"))
        assert "is no replica" in run(two.address(READER), "manage.py", "replica_lag").stderr
        assert "permission denied" in run(two.address(READER), "-c", SAVE, "Forged").stderr
        assert "All is well" in well(run(two.address(), "manage.py", "verify_audit"))
    print(f"\n{len(answered) + len(failed)} requests for public pages, {len(failed)} failed.")
    assert failed == []


def fill(server: Cluster) -> None:
    """An office with published responses and papers, whose roles are limited."""
    for role in (APPLICATION, READER):
        server.ask(f"CREATE ROLE {role} LOGIN")
    well(run(server.address(), "manage.py", "migrate", "--verbosity", "0"))
    well(run(server.address(), "manage.py", "grant_database_roles", "--application", APPLICATION, "--reader", READER))
    well(run(server.address(), "-c", WORLD))
