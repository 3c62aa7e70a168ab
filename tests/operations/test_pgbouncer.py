"""PgBouncer in transaction mode between the program and its database: eight threads share two connections."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.bench.server import _free_port
from tests.operations.clusters import primary, wait_for, with_postgres
from tests.operations.test_replica import WORLD, run, well

SETTINGS = """
[databases]
{name} = host={host} user={name}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = 2
"""
# Pages and saves by eight at once, each over a connection of its own to PgBouncer.
WORK = """
import tests.environment, django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from recommendations.domain.register.voices import log_force_update
from recommendations.models import ForceUpdate, TrackedRecommendation, User
settings.ALLOWED_HOSTS = ["testserver"]
officer = User.objects.filter(role="opcc_officer", is_active=True).first()
lines = list(TrackedRecommendation.objects.open().order_by("pk"))
before = ForceUpdate.objects.count()
def work(place):
    client, line = Client(), lines[place % len(lines)]
    client.force_login(officer, backend="recommendations.sign_in.EmailBackend")
    for address in ("/register/", "/register/?q=children", "/register/?as_at=2026-10-01", line.get_absolute_url()):
        assert client.get(address, follow=True).status_code == 200, address
    for _ in range(5):
        log_force_update(tracked=line, done="Done.", by=officer, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SHOW TimeZone")
        zone = cursor.fetchone()[0]
    connection.close()
    return zone
with ThreadPoolExecutor(8) as people:
    zones = set(people.map(work, range(8)))
assert zones == {"UTC"}, zones
assert ForceUpdate.objects.count() == before + 40
"""


@contextmanager
def pooled(folder: Path, host: Path):
    """PgBouncer before the server with that socket; the address of the database through it."""
    account, port = with_postgres.unprivileged_account(), _free_port()
    settings = folder / "pgbouncer.ini"
    said = {"name": with_postgres.NAME, "host": host, "port": port, "folder": folder}
    settings.write_text(SETTINGS.format(**said))
    here = {"cwd": folder, "env": {"PATH": os.environ["PATH"]}, **account}
    command = [shutil.which("pgbouncer") or "/usr/sbin/pgbouncer", "--quiet", str(settings)]
    with (folder / "pgbouncer.log").open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, **here)
    try:
        wait_for(lambda: _answers(folder / f".s.PGSQL.{port}"))
        yield f"postgres://{with_postgres.NAME}@{quote(str(folder), safe='')}:{port}/{with_postgres.NAME}"
    finally:
        process.terminate()
        process.wait()


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as tried:
        return tried.connect_ex(str(path)) == 0


@pytest.mark.soak
def test_pages_saves_and_verifications_through_pgbouncer(monkeypatch):
    with tempfile.TemporaryDirectory(prefix="oversight-pool-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o777)  # PgBouncer makes its socket in it, as another user
        with primary(folder / "one") as server, pooled(folder, server.folder) as address:
            well(run(server.address(), "manage.py", "migrate", "--verbosity", "0"))
            well(run(server.address(), "-c", WORLD))
            assert "unsupported startup parameter" in run(address, "-c", WORK).stderr
            monkeypatch.setenv("PGBOUNCER", "1")
            well(run(address, "-c", WORK))
            for command in ("verify_audit", "verify_reports", "verify_standing"):
                well(run(address, "manage.py", command))
