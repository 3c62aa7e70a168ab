"""Attached files in backups: those in a folder become parts of their own, named by their SHA-256."""

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from oversight.operations.backups import BackupDamaged
from oversight.operations.backups.manifest import Part

PART = "attached."  # prefix of such a part's name
NAME = re.compile(r"[0-9a-f]{64}")


def parts_in(folder: Path | None) -> dict[str, Path]:
    """The parts of a backup for the files in a folder, without files still being written."""
    found = sorted(folder.glob("??/*")) if folder else []
    return {f"{PART}{each.name}": each for each in found if NAME.fullmatch(each.name)}


def path_in(folder: Path, sha256: str) -> Path:
    """The place of a file in such a folder."""
    return folder / sha256[:2] / sha256


def wrong_files(names: Mapping[int, str], parts: Mapping[str, Part], folder: Path) -> list[str]:
    """A line for each file that the database names and `parts` don't have as it should be.

    `names` has the SHA-256 by the number of each record; `folder` is where the files are.
    """
    records: dict[str, list[str]] = {}
    for pk, sha256 in names.items():
        records.setdefault(sha256, []).append(str(pk))
    return [
        f"{path_in(folder, sha256)} {'was changed' if part else 'is missing'} (attached file {', '.join(numbers)})."
        for sha256, numbers in records.items()
        if (part := parts.get(f"{PART}{sha256}")) is None or part.sha256 != sha256
    ]


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
        raise BackupDamaged(f"The backup is damaged: {file.name} is not named by what is in it. Take another one.")
    path = path_in(place, sha256)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        file.unlink()
    else:
        shutil.move(file, path)


def move_all(source: Path, place: Path) -> int:
    """Move every file of one such folder into another; return how many."""
    found = list(parts_in(source).values())
    for each in found:
        move_into_folder(each, place)
    return len(found)
