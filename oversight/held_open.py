"""SQLite stays open as long as a worker lives, so that a full disk stops no reading.

Whoever opens a database of SQLite first makes the file with its index of recent changes (-shm, 32 KB), and whoever
closes it last removes that: with a connection for each request it is made again all day, and cannot be on a full disk.
For a start on a full disk there is a reserve beside the database, which is given up for it.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

RESERVE = 1024 * 1024  # bytes: for the index, and for what the first pages write
_held: list[sqlite3.Connection] = []  # to the end of the process


def hold_open(database: str) -> None:
    """Open a database for the rest of this process. Call it in each worker: a connection must not pass through a fork.

    Where it cannot be opened even without the reserve nothing is held: pages say what is wrong.
    """
    reserve = Path(f"{database}-reserve")
    with suppress(sqlite3.OperationalError):
        try:
            _held.append(_opened(database))
        except sqlite3.OperationalError:
            reserve.unlink(missing_ok=True)
            _held.append(_opened(database))
        else:
            _set_aside(reserve)


def _opened(database: str) -> sqlite3.Connection:
    """A connection that has read, so that what reading needs is there; it holds no lock."""
    connection = sqlite3.connect(database, check_same_thread=False)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    return connection


def _set_aside(reserve: Path) -> None:
    """Keep room on the disk, where there is any and none is kept yet."""
    with suppress(OSError):
        file = os.open(reserve, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            os.posix_fallocate(file, 0, RESERVE)
        except OSError:
            reserve.unlink()
        finally:
            os.close(file)
