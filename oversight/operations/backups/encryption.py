"""Encryption of backups with age (https://age-encryption.org), as a stream, for the holder of a key.

The server knows only the recipient's public key, so whoever takes over the server can't read backups. `age --decrypt`
opens the same file.
"""

import errno
import io
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyrage

from oversight.operations.backups import BackupFailed
from oversight.operations.backups.retention import ENCRYPTED


class Chunks(io.RawIOBase):
    """A readable file object over lazily made chunks of bytes."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.rest = chunks, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.rest:
            if (chunk := next(self.chunks, None)) is None:
                return 0
            self.rest = chunk
        length = min(len(buffer), len(self.rest))
        buffer[:length], self.rest = self.rest[:length], self.rest[length:]
        return length


def recipient_of(text: str) -> Any:
    """The public key in a setting: age1… or an ssh-ed25519 or ssh-rsa key. Raises ValueError."""
    kind = pyrage.ssh.Recipient if text.startswith("ssh-") else pyrage.x25519.Recipient
    try:
        return kind.from_str(text)
    except pyrage.RecipientError as wrong:
        raise ValueError(str(wrong)) from None


def write_encrypted(chunks: Iterator[bytes], out: BinaryIO, recipient: str) -> None:
    """Write the chunks to a file, encrypted if there is a recipient. Raises OSError if there is no space."""
    if not recipient:
        for chunk in chunks:
            out.write(chunk)
        return
    try:
        pyrage.encrypt_io(io.BufferedReader(Chunks(chunks), 1024 * 1024), out, [recipient_of(recipient)])
    except pyrage.EncryptError as failed:
        raise OSError(str(failed)) from None


@contextmanager
def open_backup(path: Path, identity: Path | None) -> Iterator[BinaryIO]:
    """Open a backup's file for reading, decrypting on the way if it is encrypted.

    Raises BackupFailed if it can't be decrypted, possibly after part of it was read.
    """
    if path.suffix != ENCRYPTED:
        with path.open("rb") as plain:
            yield plain
        return
    identities = _identities(path, identity)
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as pool, os.fdopen(reading, "rb") as decrypted:
        done = pool.submit(_decrypt, path, writing, identities)
        try:
            yield cast(BinaryIO, decrypted)
        finally:
            decrypted.close()
            _raise_if_failed(done, path)


def _decrypt(path: Path, writing: int, identities: list[Any]) -> None:
    with os.fdopen(writing, "wb") as out, path.open("rb") as source:
        pyrage.decrypt_io(source, out, identities)


def _raise_if_failed(done: "Future[None]", path: Path) -> None:
    failed = done.exception()
    if failed and getattr(failed, "errno", None) != errno.EPIPE:
        raise BackupFailed(
            f"{path.name} cannot be decrypted ({failed}): it is damaged, or encrypted to another key."
        ) from failed


def _identities(path: Path, identity: Path | None) -> list[Any]:
    """The private keys in a file written by age-keygen or ssh-keygen. Raises BackupFailed if it can't be read."""
    if identity is None:
        raise BackupFailed(f"{path.name} is encrypted: give --identity with the file of the private key.")
    try:
        text = identity.read_text()
        if text.startswith("-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer(text.encode())]
        lines = [line.strip() for line in text.splitlines()]
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, ValueError, pyrage.IdentityError) as wrong:
        raise BackupFailed(f"The private key {identity} cannot be read: {wrong}.") from None
