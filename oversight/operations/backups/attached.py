"""Attached files in backups: those in a folder become parts of their own, named by their SHA-256."""

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from oversight.operations.backups import BackupFailed

PART = "attached."  # prefix of such a part's name
NAME = re.compile(r"[0-9a-f]{64}")


def parts_in(folder: Path | None) -> dict[str, Path]:
    """The parts of a backup for the files in a folder, without files still being written."""
    found = sorted(folder.glob("??/*")) if folder else []
    return {f"{PART}{each.name}": each for each in found if NAME.fullmatch(each.name)}


def bytes_of(parts: Mapping[str, Path]) -> int:
    """The total size of these files in bytes."""
    return sum(each.stat().st_size for each in parts.values())


def arrange_files(names: Iterable[str], folder: Path) -> Path | None:
    """Move the attached parts of an unpacked backup into a folder like the original; None if it has none."""
    found = [name for name in names if name.startswith(PART)]
    place = folder / "attached"
    for name in found:
        move_into_folder(folder / name, place)
    return place if found else None


def move_into_folder(file: Path, place: Path) -> None:
    """Move a file to its place in a folder of attached files. A file already there has the same bytes."""
    sha256 = file.name.removeprefix(PART)
    if not NAME.fullmatch(sha256):
        raise BackupFailed(f"The backup is damaged: {file.name} is not named by what is in it. Take another one.")
    (place / sha256[:2]).mkdir(mode=0o700, parents=True, exist_ok=True)
    if (place / sha256[:2] / sha256).exists():
        file.unlink()
    else:
        shutil.move(file, place / sha256[:2] / sha256)


def move_all(source: Path, place: Path) -> int:
    """Move every file of one such folder into another; return how many."""
    found = list(parts_in(source).values())
    for each in found:
        move_into_folder(each, place)
    return len(found)
