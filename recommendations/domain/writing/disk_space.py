"""Whether there is room on the disks, and whether a write failed because there was none."""

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
    """A disk that is written to: what for, a folder on it, and how many bytes of how many are free to us."""

    what: str
    folder: Path
    free: int
    total: int

    @property
    def is_low(self) -> bool:
        """Whether so little is free that it is worth a warning: the first number of the office's WATCH_FREE_MB."""
        return self.free < settings.WATCH["WATCH_FREE_MB"][0] * MB

    @property
    def in_words(self) -> str:
        """312 MB, or 4.2 GB."""
        megabytes = self.free / MB
        return f"{megabytes:,.0f} MB" if megabytes < 1024 else f"{megabytes / 1024:,.1f} GB"


def is_full(trouble: BaseException | None) -> bool:
    """Whether an error, or what it came from, says that there is no room: SQLite's, PostgreSQL's or the system's."""
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
    """Each disk of this machine that is written to, once. PostgreSQL's own is not among them: nobody tells us of it."""
    found: dict[int, Disk] = {}
    for what, folder in _written_to():
        if folder.is_dir():
            free = shutil.disk_usage(folder)
            found.setdefault(os.stat(folder).st_dev, Disk(what, folder, free.free, free.total))
    return list(found.values())


def free_in(folder: Path) -> int:
    """How many bytes are free on the disk of a folder, or of the nearest one above it that is there."""
    while not folder.is_dir():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _written_to() -> Iterator[tuple[str, Path]]:
    """What is written, and into which folder."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" not in name.partition("?")[2] and name != ":memory:":
        yield "the database", Path(name).absolute().parent
    yield "files beside the database", Path(settings.VAR_DIR)
    if "://" not in settings.FILES_TO:
        yield "attached files", Path(settings.FILES_TO or Path(settings.VAR_DIR) / "files")
    yield "temporary files", Path(tempfile.gettempdir())
