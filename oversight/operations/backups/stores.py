"""Where backups are stored: a folder, or a bucket of an S3-compatible store. A file is there whole or not at all."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Protocol

from django.core.files import File

from oversight.files_settings import NEEDS_S3
from oversight.operations.backups import BackupFailed
from recommendations.domain.attachments.bucket import Bucket

type Write = Callable[[BinaryIO], None]
UNFINISHED = ".unfinished"


class Store(Protocol):
    """A store of backups."""

    def check(self) -> None:
        """Raise BackupFailed if nothing can be stored there."""

    def folders(self) -> list[Path]:
        """The folders on this machine that need space for a new file."""

    def names(self) -> list[str]:
        """The names of the files there."""

    def put(self, name: str, write: Write) -> None:
        """Let `write` write a file; it gets its name once complete."""

    def fetch(self, name: str, folder: Path) -> Path:
        """The path of the file on this machine, copied into `folder` if it is elsewhere."""

    def remove(self, name: str) -> None:
        """Remove a file."""


class Folder:
    """A folder, on this machine or mounted."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    def check(self) -> None:
        """Create the folder if missing; remove what a killed backup left in it."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as wrong:
            raise BackupFailed(f"The folder of BACKUP_TO cannot be made: {wrong}.") from None
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise BackupFailed(f"Nothing can be written to {self.path}: let this user own it, or change BACKUP_TO.")
        for left in self.path.glob(f".oversight-*{UNFINISHED}"):
            left.unlink(missing_ok=True)

    def folders(self) -> list[Path]:
        """The folder itself."""
        return [self.path]

    def names(self) -> list[str]:
        """The names of the files there. None if the folder is not there."""
        return sorted(each.name for each in self.path.iterdir()) if self.path.is_dir() else []

    def put(self, name: str, write: Write) -> None:
        """Write a file under a temporary name, readable only by its owner; rename it once it is on disk."""
        unfinished = self.path / f".{name}{UNFINISHED}"
        try:
            with open(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                write(out)
                out.flush()
                os.fsync(out.fileno())
            unfinished.rename(self.path / name)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _sync(self.path)

    def fetch(self, name: str, folder: Path) -> Path:
        """The path of the file itself: nothing is copied."""
        return self.path / name

    def remove(self, name: str) -> None:
        """Remove a file."""
        (self.path / name).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Flush a new file name to disk, if the file system supports it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class InBucket:
    """A bucket of an S3-compatible store, with a prefix for its names."""

    def __init__(self, address: str, endpoint: str, work: Path) -> None:
        if not find_spec("obstore"):
            raise BackupFailed(f"BACKUP_TO=s3://… {NEEDS_S3}")
        self.address, self.work, self.bucket = address, work, Bucket(address, endpoint)

    def __str__(self) -> str:
        return self.address

    def check(self) -> None:
        """List the files, to see whether the store answers."""
        self.names()

    def folders(self) -> list[Path]:
        """The working folder: a file is written there whole before it is sent."""
        return [self.work]

    def names(self) -> list[str]:
        """The names of the files there."""
        with self._named_errors():
            return self.bucket.listdir("")[1]

    def put(self, name: str, write: Write) -> None:
        """Write a file locally, then upload it. The store shows it once complete."""
        file = self.work / name
        try:
            with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as out:
                write(out)
                with self._named_errors():
                    self.bucket.save(name, File(out))
        finally:
            file.unlink(missing_ok=True)

    def fetch(self, name: str, folder: Path) -> Path:
        """Download a file into the folder."""
        path = folder / name
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out, self._named_errors():
            for chunk in self.bucket.chunks(name):
                out.write(chunk)
        return path

    def remove(self, name: str) -> None:
        """Remove a file."""
        with self._named_errors():
            self.bucket.delete(name)

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except Exception as wrong:  # each client error has its own class
            raise BackupFailed(f"{self.address} refused or does not answer: {wrong}") from None


def store_of(address: str, endpoint: str, work: Path) -> Store:
    """The store for BACKUP_TO."""
    return InBucket(address, endpoint, work) if address.startswith("s3://") else Folder(Path(address))
