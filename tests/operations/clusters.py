"""A PostgreSQL of a test's own and a replica that streams from it, each in a folder of its own."""

import importlib.util
import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.database import ROOT

_spec = importlib.util.spec_from_file_location("with_postgres", ROOT / "scripts/with_postgres.py")
with_postgres = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(with_postgres)

SMALL = ("shared_buffers=32MB", "fsync=off", "wal_level=replica", "hot_standby_feedback=on")


@dataclass
class Cluster:
    """A server in a folder, which listens on a socket in it."""

    folder: Path
    process: subprocess.Popen

    def address(self, role: str = with_postgres.NAME) -> str:
        return f"postgres://{role}@{quote(str(self.folder), safe='')}/{with_postgres.NAME}"

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=60)

    def kill(self) -> None:
        """Every process of it at once, as by a power cut."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in (self.process.pid, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, sql: str, role: str = with_postgres.NAME) -> str:
        """What psql answers."""
        command = ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command", sql, self.address(role)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def primary(folder: Path) -> Cluster:
    """An empty database in a new folder."""
    server = with_postgres.start(_made(folder), with_postgres.unprivileged_account(), SMALL)
    return Cluster(folder, server)


def replica_of(source: Cluster, folder: Path) -> Cluster:
    """A server that streams from another one, made as docs/operations/grow.md says."""
    account, data = with_postgres.unprivileged_account(), _made(folder) / "data"
    here = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, **account}
    copy = [with_postgres.program("pg_basebackup"), "-h", source.folder, "-U", with_postgres.NAME, "-D", data]
    subprocess.run([*copy, "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast"], check=True, **here)
    settings = (f"unix_socket_directories={folder}", "listen_addresses=", *SMALL)
    options = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("w") as out:
        command = [with_postgres.program("postgres"), "-D", data, *options]
        found = Cluster(folder, subprocess.Popen(command, stdout=out, stderr=out, **here))
    wait_for(lambda: found.ask("SELECT 1") == "1")
    return found


def wait_for(is_so, seconds: float = 120) -> None:
    """Ask until it is so; an error is no answer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(subprocess.CalledProcessError, OSError):
            if is_so():
                return
        time.sleep(0.1)
    raise AssertionError("It did not come to be so.")


def _made(folder: Path) -> Path:
    folder.mkdir()
    if account := with_postgres.unprivileged_account():
        os.chown(folder, account["user"], account["group"])
    return folder
