"""A plain tar, written and read as a stream, in which any changed byte is detected.

When read, each header must equal the one that would be written for its part, and the padding between parts must be
empty. `tarfile` passes over what stands between parts and behind the end.
"""

import hashlib
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

BLOCK, RECORD = tarfile.BLOCKSIZE, tarfile.RECORDSIZE
CHUNK = 1024 * 1024


class Damaged(ValueError):
    """What is wrong with the bytes of an archive, as part of a sentence."""


class Taken(NamedTuple):
    """A part that was unpacked: its size and checksum."""

    bytes: int
    sha256: str


def header_of(name: str, size: int, moment: int) -> bytes:
    """The tar header of one part, independent of who writes it."""
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, moment, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def padded_size(size: int) -> int:
    """The size of a part in an archive, padded to whole blocks, without its header."""
    return size + -size % BLOCK


def end_of(length: int) -> bytes:
    """The end of an archive whose parts, with their headers, have this length."""
    return bytes(2 * BLOCK + -(length + 2 * BLOCK) % RECORD)


def headers(source: BinaryIO) -> Iterator[tuple[str, int]]:
    """Yield the name and size of each part when its content is next; also checks the archive's end. Raises Damaged."""
    moments, length = set(), BLOCK
    while any(block := exactly(source, BLOCK)):
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.HeaderError, ValueError):
            raise Damaged("the header of a part cannot be read") from None
        moments.add(info.mtime)
        if info.size < 0 or block != header_of(info.name, info.size, int(info.mtime)) or len(moments) > 1:
            raise Damaged(f"the header of {info.name!r} was changed")
        length += BLOCK + padded_size(info.size)
        yield info.name, info.size
    _check_end(source, length)


def _check_end(source: BinaryIO, length: int) -> None:
    """Check that after the first empty block, at `length`, there are only empty ones up to the full record size."""
    while rest := source.read(CHUNK):
        length += len(rest)
        if any(rest):
            raise Damaged("something stands after its end")
    if length % RECORD:
        raise Damaged("its end is missing")


def take(source: BinaryIO, size: int, path: Path) -> Taken:
    """Write one part to a new file that only its owner can read. Raises Damaged."""
    digest, left = hashlib.sha256(), size
    with path.open("xb") as file:
        path.chmod(0o600)
        while left:
            chunk = exactly(source, min(left, CHUNK))
            digest.update(chunk)
            file.write(chunk)
            left -= len(chunk)
    if any(exactly(source, padded_size(size) - size)):
        raise Damaged(f"something stands behind {path.name}")
    return Taken(size, digest.hexdigest())


def exactly(source: BinaryIO, size: int) -> bytes:
    """The next `size` bytes. Raises Damaged if there are fewer."""
    data = source.read(size)
    while len(data) < size and (more := source.read(size - len(data))):
        data += more
    if len(data) < size:
        raise Damaged("it ends too early")
    return data
