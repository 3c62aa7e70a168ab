"""Files that only the server's own user may read."""

import os
from contextlib import suppress
from pathlib import Path

BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite writes beside a database, with the database's own rights


def make_private(database: str | Path) -> None:
    """Let nobody else read or write an SQLite database, and make it so before SQLite does. Not one in memory."""
    if ":memory:" in str(database) or "mode=memory" in str(database) or not Path(database).parent.is_dir():
        return
    os.close(os.open(database, os.O_CREAT | os.O_RDWR, 0o600))
    for each in (Path(f"{database}{end}") for end in BESIDE):
        with suppress(FileNotFoundError, PermissionError):  # not there, or another user's
            each.chmod(0o600)
