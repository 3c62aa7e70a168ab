"""The archive file of a backup: a plain tar, written and read as a stream, in which any changed byte is detected.

`tar -xf` unpacks it and `sha256sum -c SHA256SUMS` checks it on any machine (oversight/operations/plain_tar.py).
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from oversight.operations.backups import BackupDamaged
from oversight.operations.backups.manifest import CHUNK, NAME, SUMS, Manifest, Part, part_of, read_manifest
from oversight.operations.plain_tar import BLOCK, Damaged, end_of, header_of, headers, padded_size, take

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
    yield end_of(length)


def _content(path: Path) -> Iterator[bytes]:
    with path.open("rb") as content:
        while chunk := content.read(CHUNK):
            yield chunk
    yield bytes(padded_size(path.stat().st_size) - path.stat().st_size)


def sums_of(parts: Mapping[str, Part]) -> str:
    """The checksums in the format of `sha256sum -c`."""
    return "".join(f"{part.sha256}  {name}\n" for name, part in parts.items())


def unpack(source: BinaryIO, folder: Path) -> Manifest:
    """Unpack an archive into an empty folder and return its manifest. Raises BackupFailed if any byte is wrong.

    It is read to the end before any of it is used.
    """
    try:
        found = _parts(source, folder)
    except Damaged as wrong:
        raise BackupDamaged(DAMAGED.format(wrong)) from None
    if next(iter(found), "") != NAME or list(found)[-1] != SUMS:
        raise BackupDamaged(DAMAGED.format("it is not whole, or not a backup of Oversight"))
    return _check_manifest(found, folder)


def _parts(source: BinaryIO, folder: Path) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for name, size in headers(source):
        if name in found or not PLAIN_NAME.fullmatch(name):
            raise Damaged(f"the name {name!r} is not one of a part")
        found[name] = Part(*take(source, size, folder / name))
    return found


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
