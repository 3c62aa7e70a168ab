"""A PostgreSQL of its own, on which a save reaches the disk, and which can be killed and started again."""

import os
import runpy
import shutil
import signal
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

import psycopg

from tests.faults.installation import ROOT, until

START = runpy.run_path(str(ROOT / "scripts/with_postgres.py"))
# Each commit is in memory alone until the writer of the log comes by: what a crash takes is lost.
FORGETFUL = ("synchronous_commit=off", "wal_writer_delay=10s", "wal_writer_flush_after=1GB", "wal_buffers=64MB")
LOG_WRITER = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'"


class Postgres:
    """`crash` kills every process of the server at one moment, `start` lets it recover."""

    def __init__(self, folder: Path, settings: tuple[str, ...]):
        self.folder, self.settings, self.account = folder, settings, START["unprivileged_account"]()
        if self.account:
            os.chown(folder, self.account["user"], self.account["group"])
        self.url = f"postgres://{START['NAME']}@{quote(str(folder), safe='')}/{START['NAME']}"
        self.process: subprocess.Popen = START["start"](folder, self.account, settings)

    def crash(self) -> None:
        """Kill it and all that it started, the first of them stopped so that it starts no other."""
        self.process.send_signal(signal.SIGSTOP)
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in (*map(int, children), self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def hold_writer_of_the_log(self) -> None:
        """Let the process that writes what commits left in memory do nothing, until the crash."""
        with psycopg.connect(self.url) as connection:
            os.kill(connection.execute(LOG_WRITER).fetchone()[0], signal.SIGSTOP)

    def start(self) -> float:
        """Start it again; after how many seconds it answered, recovered from its log."""
        self.process = START["launch"](self.folder, self.account, self.settings)
        return until(self.answers)

    def answers(self) -> bool:
        with suppress(psycopg.OperationalError), psycopg.connect(self.url):
            return True
        if self.process.poll() is not None:  # what was killed may hold its memory for a moment still
            self.process = START["launch"](self.folder, self.account, self.settings)
        return False

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


@contextmanager
def postgres(*settings: str):
    """A server with an empty database, gone afterwards; all of it is on this machine's disk."""
    folder = Path(mkdtemp(prefix="oversight-faults-"))
    server = Postgres(folder, ("max_wal_size=1GB", *settings))
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
