"""Commands of manage.py in processes of their own, which can be killed at any moment.

One process loads the product and makes a copy of itself for each command (Python's fork server): a command begins at
once, and the moments of the kills are moments of its work.
"""

import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import connection, connections

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.faults.preloaded"])
PATIENCE = 60  # seconds


class Command:
    """A command on the database of a test. `mailers` are the settings of what sends its emails."""

    def __init__(self, *arguments, mailers: dict | None = None):
        self.folder = Path(mkdtemp(prefix="oversight-command-"))
        given = ([str(each) for each in arguments], connection.settings_dict, mailers, self.folder)
        self.process = SERVER.Process(target=_run, args=given)
        self.process.start()

    @property
    def pid(self) -> int:
        return self.process.pid

    def kill(self) -> None:
        """Kill it, unless it has ended, and wait until it is gone. Another thread may wait for its end meanwhile."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        wait([self.process.sentinel], PATIENCE)

    def end(self) -> tuple[int, str, str]:
        """Wait for its end: its exit code, what it printed, and what it said was wrong."""
        self.process.join(PATIENCE)
        said = [path.read_text() if path.exists() else "" for path in (self.folder / "out", self.folder / "err")]
        shutil.rmtree(self.folder)
        return self.process.exitcode, *said


def takes(command: Callable[[], Command]) -> float:
    """How many seconds a command takes until its end, which is well."""
    assert Command("version").end()[0] == 0  # the product is loaded
    began = time.monotonic()
    code, *_, wrong = command().end()
    assert (code, wrong) == (0, "")
    return time.monotonic() - began


def _run(arguments: list[str], database: dict, mailers: dict | None, folder: Path) -> None:
    """What the process of a command does."""
    for name, number in (("out", 1), ("err", 2)):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT), number)
    connections.settings["default"] = database
    del connections["default"]
    settings.MAILERS = mailers or settings.MAILERS
    settings.VAR_DIR = folder  # it notes there that it ran
    execute_from_command_line(["manage.py", *arguments])
