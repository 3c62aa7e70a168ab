"""The archive file of a backup: a plain tar, written and read as a stream, in which any changed byte is detected.

`tar -xf` unpacks it and `sha256sum -c SHA256SUMS` checks it on any machine. When read here, each header must equal
the one that would be written for its part, and the padding between parts must be empty.
"""

import datetime
import hashlib
import re
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from oversight.operations.backups import BackupDamaged
from oversight.operations.backups.manifest import CHUNK, NAME, SUMS, Manifest, Part, part_of, read_manifest

BLOCK, RECORD = tarfile.BLOCKSIZE, tarfile.RECORDSIZE
PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")
DAMAGED = "The backup is damaged: {}. Take another one."


def chunks_of(parts: Mapping[str, Path], at: datetime.datetime) -> Iterator[bytes]:
    """The bytes of an archive of these files (name → path, in this order), with their checksums at the end."""
    length = 0
    for name, path in parts.items():
        length += BLOCK + padded_size(path.stat().st_size)
        yield header_of(name, path.stat().st_size, int(at.timestamp()))
        yield from _content(path)
    sums = sums_of({name: part_of(path) for name, path in parts.items()}).encode()
    length += BLOCK + padded_size(len(sums))
    yield header_of(SUMS, len(sums), int(at.timestamp())) + sums + bytes(padded_size(len(sums)) - len(sums))
    yield bytes(2 * BLOCK + -(length + 2 * BLOCK) % RECORD)


def _content(path: Path) -> Iterator[bytes]:
    with path.open("rb") as content:
        while chunk := content.read(CHUNK):
            yield chunk
    yield bytes(padded_size(path.stat().st_size) - path.stat().st_size)


def header_of(name: str, size: int, moment: int) -> bytes:
    """The tar header of one part, independent of who writes it."""
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, moment, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def padded_size(size: int) -> int:
    """The size of a part in an archive, padded to whole blocks, without its header."""
    return size + -size % BLOCK


def sums_of(parts: Mapping[str, Part]) -> str:
    """The checksums in the format of `sha256sum -c`."""
    return "".join(f"{part.sha256}  {name}\n" for name, part in parts.items())


def unpack(source: BinaryIO, folder: Path) -> Manifest:
    """Unpack an archive into an empty folder and return its manifest. Raises BackupFailed if any byte is wrong.

    It is read to the end before any of it is used.
    """
    found = {}
    for name, size in _headers(source):
        if name in found or not PLAIN_NAME.fullmatch(name):
            raise BackupDamaged(DAMAGED.format(f"the name {name!r} is not one of a part"))
        found[name] = _take(source, size, folder / name)
    if next(iter(found), "") != NAME or list(found)[-1] != SUMS:
        raise BackupDamaged(DAMAGED.format("it is not whole, or not a backup of Oversight"))
    return _check_manifest(found, folder)


def _check_manifest(parts: dict[str, Part], folder: Path) -> Manifest:
    """The manifest. Raises BackupFailed unless checksums, manifest and parts agree."""
    del parts[SUMS]
    if (folder / SUMS).read_bytes() != sums_of(parts).encode():
        raise BackupDamaged(DAMAGED.format(f"the sums in {SUMS} are not those of its parts"))
    manifest = read_manifest((folder / NAME).read_bytes())
    del parts[NAME]
    if manifest.parts != parts:
        raise BackupDamaged(DAMAGED.format(f"its parts are not those that its {NAME} names"))
    return manifest


def _headers(source: BinaryIO) -> Iterator[tuple[str, int]]:
    """Yield the name and size of each part when its content is next; also checks the archive's end."""
    moments, length = set(), BLOCK
    while any(block := _exactly(source, BLOCK)):
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.HeaderError, ValueError):
            raise BackupDamaged(DAMAGED.format("the header of a part cannot be read")) from None
        moments.add(info.mtime)
        if info.size < 0 or block != header_of(info.name, info.size, int(info.mtime)) or len(moments) > 1:
            raise BackupDamaged(DAMAGED.format(f"the header of {info.name!r} was changed"))
        length += BLOCK + padded_size(info.size)
        yield info.name, info.size
    _check_end(source, length)


def _check_end(source: BinaryIO, length: int) -> None:
    """Check that after the first empty block, at `length`, there are only empty ones up to the full record size."""
    while rest := source.read(CHUNK):
        length += len(rest)
        if any(rest):
            raise BackupDamaged(DAMAGED.format("something stands after its end"))
    if length % RECORD:
        raise BackupDamaged(DAMAGED.format("its end is missing"))


def _take(source: BinaryIO, size: int, path: Path) -> Part:
    """Write one part to a file that only its owner can read; return its size and checksum."""
    digest, left = hashlib.sha256(), size
    with path.open("xb") as file:
        path.chmod(0o600)
        while left:
            chunk = _exactly(source, min(left, CHUNK))
            digest.update(chunk)
            file.write(chunk)
            left -= len(chunk)
    if any(_exactly(source, padded_size(size) - size)):
        raise BackupDamaged(DAMAGED.format(f"something stands behind {path.name}"))
    return Part(size, digest.hexdigest())


def _exactly(source: BinaryIO, size: int) -> bytes:
    data = source.read(size)
    while len(data) < size and (more := source.read(size - len(data))):
        data += more
    if len(data) < size:
        raise BackupDamaged(DAMAGED.format("it ends too early"))
    return data
