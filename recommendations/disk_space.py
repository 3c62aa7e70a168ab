"""Free disk space, and whether a write failed for lack of it."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

SQLITE_FULL = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE")
POSTGRESQL_FULL = "53100"
SYSTEM_FULL = (errno.ENOSPC, errno.EDQUOT)
MB = 1024 * 1024


@dataclass(frozen=True)
class Disk:
    """A disk that is written to: its purpose, a folder on it, and its free and total bytes."""

    what: str
    folder: Path
    free: int
    total: int

    @property
    def is_low(self) -> bool:
        """Whether so little is free that it is worth a warning: below the first number of WATCH_FREE_MB."""
        return self.free < settings.WATCH["WATCH_FREE_MB"][0] * MB

    @property
    def in_words(self) -> str:
        """The free space: "312 MB" or "4.2 GB"."""
        megabytes = self.free / MB
        return f"{megabytes:,.0f} MB" if megabytes < 1024 else f"{megabytes / 1024:,.1f} GB"


def is_full(trouble: BaseException | None) -> bool:
    """Whether an error or one of its causes means that the disk is full: SQLite's, PostgreSQL's or the system's."""
    while trouble is not None:
        if (
            getattr(trouble, "sqlite_errorname", "") in SQLITE_FULL
            or getattr(trouble, "sqlstate", "") == POSTGRESQL_FULL
            or (isinstance(trouble, OSError) and trouble.errno in SYSTEM_FULL)
        ):
            return True
        trouble = trouble.__cause__
    return False


def disks() -> list[Disk]:
    """Each local disk that is written to, once. Not PostgreSQL's own, which we can't see."""
    found: dict[int, Disk] = {}
    for what, folder in _folders_written():
        if folder.is_dir():
            free = shutil.disk_usage(folder)
            found.setdefault(os.stat(folder).st_dev, Disk(what, folder, free.free, free.total))
    return list(found.values())


def free_in(folder: Path) -> int:
    """The free bytes on the disk of a folder, or of its nearest existing parent."""
    while not folder.is_dir():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _folders_written() -> Iterator[tuple[str, Path]]:
    """What is written, and into which folder."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" not in name.partition("?")[2] and name != ":memory:":
        yield "the database", Path(name).absolute().parent
    yield "files beside the database", Path(settings.VAR_DIR)
    if "://" not in settings.FILES_TO:
        yield "attached files", Path(settings.FILES_TO or Path(settings.VAR_DIR) / "files")
    yield "temporary files", Path(tempfile.gettempdir())
