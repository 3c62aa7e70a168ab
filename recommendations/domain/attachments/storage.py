"""Where the bytes of attached files stand: a folder, or a bucket of any S3-compatible store, by their SHA-256.

A file is there as a whole or not at all, and is never written over by another: its name is what is in it.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

CHUNK = 256 * 1024
UNFINISHED = ".unfinished"


class PrivateFolder(FileSystemStorage):
    """A folder of this machine, or a shared one, that only the server's own user reads: FILES_TO, else var/files."""

    @property
    def base_location(self) -> str:
        return str(settings.FILES_TO or Path(settings.VAR_DIR) / "files")

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: what is there under it has the same bytes."""
        return name

    def _save(self, name: str, content: IO[Any]) -> str:
        """Write it beside its place, and give it its name once it is on the disk."""
        place = Path(self.path(name))
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = place.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
        try:
            with open(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                for chunk in chunks_of(content):
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            unfinished.replace(place)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        return name


def the_store() -> Storage:
    """The store of files that the office has."""
    return storages["files"]


def is_folder() -> bool:
    """Whether files stand in a folder, which backups then hold too."""
    return isinstance(the_store(), PrivateFolder)


def folder() -> Path:
    """The folder of the files, where they stand in one."""
    return Path(PrivateFolder().location)


def path_of(sha256: str) -> str:
    """Where the bytes with this digest stand in the store."""
    return f"{sha256[:2]}/{sha256}"


def chunks_of(content: IO[bytes]) -> Iterator[bytes]:
    """The bytes of an open file from its beginning, some at a time."""
    content.seek(0)
    while chunk := content.read(CHUNK):
        yield chunk


def digest_of(content: IO[bytes]) -> str:
    """The SHA-256 of an open file, which is left at its beginning."""
    digest = hashlib.sha256()
    for chunk in chunks_of(content):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def put(sha256: str, content: IO[bytes]) -> None:
    """Store these bytes, unless they are there."""
    store, path = the_store(), path_of(sha256)
    if not store.exists(path):
        content.seek(0)
        store.save(path, File(content))


def opened(sha256: str) -> IO[bytes]:
    """The bytes with this digest, as an open file. Raises OSError where they are not there."""
    return the_store().open(path_of(sha256), "rb")


def remove(sha256: str) -> None:
    """Remove bytes, which may be gone already."""
    with suppress(FileNotFoundError):
        the_store().delete(path_of(sha256))


def left_unfinished() -> list[Path]:
    """What stopped processes were still writing to the folder."""
    return list(folder().glob(f"*/.*{UNFINISHED}")) if is_folder() else []
