"""Files that only the server's own user may read."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite writes beside a database, with the database's own rights


def make_private_as_it_opens(connection: Any, **signal: Any) -> None:
    """What Django tells of each connection that it opens: where it is to a file of SQLite, that is made private."""
    if connection.vendor == "sqlite":
        make_private(connection.settings_dict["NAME"])


def make_private(database: str | Path) -> None:
    """Let nobody else read or write an SQLite database, and what is beside it. Not one in memory."""
    if ":memory:" in str(database) or "mode=memory" in str(database) or not Path(database).parent.is_dir():
        return
    # Never opened where it exists: closing it would end whatever locks this process holds on it for SQLite.
    with suppress(FileExistsError):
        os.close(os.open(database, os.O_CREAT | os.O_EXCL, 0o600))
    for each in (Path(f"{database}{end}") for end in BESIDE):
        with suppress(FileNotFoundError, PermissionError):  # not there, or another user's
            each.chmod(0o600)
