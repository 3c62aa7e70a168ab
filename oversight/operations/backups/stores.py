"""Where backups are stored: a folder, or a bucket of an S3-compatible store. A file is there whole or not at all."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import urlsplit

from oversight.operations.backups import BackupFailed

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
        """The names of the files there."""
        return sorted(each.name for each in self.path.iterdir())

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


class Bucket:
    """A bucket of an S3-compatible store, with a prefix for its names.

    Keys and region come from the environment, as for every S3 client: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    AWS_REGION.
    """

    def __init__(self, address: str, endpoint: str, work: Path) -> None:
        self.address, self.work = address, work
        parts = urlsplit(address)
        self.prefix = parts.path.strip("/")
        self.client, self.store = _connected(parts.netloc, endpoint)

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
        found = self._ask(self.client.list_with_delimiter, self.prefix or None)
        return sorted(each["path"].rpartition("/")[2] for each in found["objects"])

    def put(self, name: str, write: Write) -> None:
        """Write a file locally, then upload it. The store shows it once complete."""
        file = self.work / name
        try:
            with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                write(out)
            self._ask(self.client.put, self._key(name), file)
        finally:
            file.unlink(missing_ok=True)

    def fetch(self, name: str, folder: Path) -> Path:
        """Download a file into the folder."""
        result = self._ask(self.client.get, self._key(name))
        path = folder / name
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            for chunk in result.stream():
                out.write(chunk)
        return path

    def remove(self, name: str) -> None:
        """Remove a file."""
        self._ask(self.client.delete, self._key(name))

    def _key(self, name: str) -> str:
        return f"{self.prefix}/{name}" if self.prefix else name

    def _ask(self, act: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return act(self.store, *arguments)
        except Exception as wrong:  # each client error has its own class
            raise BackupFailed(f"{self.address} refused or does not answer: {wrong}") from None


def _connected(bucket: str, endpoint: str) -> tuple[Any, Any]:
    try:
        import obstore
        from obstore.store import S3Store
    except ImportError:
        raise BackupFailed("BACKUP_TO=s3://… needs the package obstore: pip install 'oversight[s3]'") from None
    options: dict[str, Any] = {"endpoint": endpoint} if endpoint else {}
    if endpoint.startswith("http://"):
        options["client_options"] = {"allow_http": True}
    return obstore, S3Store(bucket, **options)


def store_of(address: str, endpoint: str, work: Path) -> Store:
    """The store for BACKUP_TO."""
    return Bucket(address, endpoint, work) if address.startswith("s3://") else Folder(Path(address))
