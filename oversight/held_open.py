"""Keeps an SQLite database open as long as a worker lives, so that a full disk doesn't stop reading.

The first connection to an SQLite database creates its index of recent changes (-shm, 32 KB), and the last one removes
it: with a connection for each request it is created all day, which fails on a full disk. For starting on a full disk
there is a reserve file beside the database, which is deleted then.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

RESERVE = 1024 * 1024  # bytes: for the index, and for what the first pages write
_held: list[sqlite3.Connection] = []  # until the process ends


def hold_open(database: str) -> None:
    """Open a database for the rest of this process. Call it in each worker: a connection must not survive a fork.

    If it can't be opened even without the reserve, nothing is held, and pages show the error.
    """
    reserve = Path(f"{database}-reserve")
    with suppress(sqlite3.OperationalError):
        try:
            _held.append(_open_reader(database))
        except sqlite3.OperationalError:
            reserve.unlink(missing_ok=True)
            _held.append(_open_reader(database))
        else:
            _reserve_space(reserve)


def _open_reader(database: str) -> sqlite3.Connection:
    """Open a connection that has read once, so that the files needed for reading exist; it holds no lock."""
    connection = sqlite3.connect(database, check_same_thread=False)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    return connection


def _reserve_space(reserve: Path) -> None:
    """Create the reserve file, unless there is one or no space for it."""
    with suppress(OSError):
        file = os.open(reserve, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            os.posix_fallocate(file, 0, RESERVE)
        except OSError:
            reserve.unlink()
        finally:
            os.close(file)
