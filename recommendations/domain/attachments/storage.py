"""The storage for attached files: a folder, or a bucket of any S3-compatible store, with the SHA-256 as the name.

A file is stored completely or not at all, and is never overwritten with different content, because its name is its
digest.
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
    """A local or shared folder, readable only by the server's user: FILES_TO, or else var/files."""

    @property
    def base_location(self) -> str:
        return str(settings.FILES_TO or Path(settings.VAR_DIR) / "files")

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name unchanged: an existing file with this name has the same bytes."""
        return name

    def _save(self, name: str, content: IO[Any]) -> str:
        """Write a temporary file next to the final one, and rename it once it is on the disk."""
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
    """Return the configured storage for attached files."""
    return storages["files"]


def is_folder() -> bool:
    """Whether files are stored in a folder, which backups then include."""
    return isinstance(the_store(), PrivateFolder)


def folder() -> Path:
    """Return the folder that files are stored in."""
    return Path(PrivateFolder().location)


def path_of(sha256: str) -> str:
    """Return the path in the storage for this digest."""
    return f"{sha256[:2]}/{sha256}"


def chunks_of(content: IO[bytes]) -> Iterator[bytes]:
    """Yield an open file's bytes from the beginning, in chunks."""
    content.seek(0)
    while chunk := content.read(CHUNK):
        yield chunk


def digest_of(content: IO[bytes]) -> str:
    """Return the SHA-256 of an open file, and rewind it."""
    digest = hashlib.sha256()
    for chunk in chunks_of(content):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def store_content(sha256: str, content: IO[bytes]) -> None:
    """Store these bytes, unless they are stored already."""
    store, path = the_store(), path_of(sha256)
    if not store.exists(path):
        content.seek(0)
        store.save(path, File(content))


def open_stored(sha256: str) -> IO[bytes]:
    """Return the file with this digest, open for reading. Raises OSError if it is missing."""
    return the_store().open(path_of(sha256), "rb")


def remove(sha256: str) -> None:
    """Remove a file, if it is still there."""
    with suppress(FileNotFoundError):
        the_store().delete(path_of(sha256))


def unfinished_files() -> list[Path]:
    """Return the partial files left in the folder by stopped processes."""
    return list(folder().glob(f"*/.*{UNFINISHED}")) if is_folder() else []
