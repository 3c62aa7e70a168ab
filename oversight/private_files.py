"""Files readable only by the server's own user."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite writes beside a database, with the same permissions


def make_private_as_it_opens(connection: Any, **signal: Any) -> None:
    """A receiver of connection_created: makes an SQLite database file private."""
    if connection.vendor == "sqlite":
        make_private(connection.settings_dict["NAME"])


def make_private(database: str | Path) -> None:
    """Make an SQLite database and the files beside it private. Not for one in memory."""
    if ":memory:" in str(database) or "mode=memory" in str(database) or not Path(database).parent.is_dir():
        return
    # Never open an existing file: closing it would release this process's SQLite locks on it.
    with suppress(FileExistsError):
        os.close(os.open(database, os.O_CREAT | os.O_EXCL, 0o600))
    for each in (Path(f"{database}{end}") for end in BESIDE):
        with suppress(FileNotFoundError, PermissionError):  # absent, or another user's
            each.chmod(0o600)
