"""Files on records in backups: where they stand in a folder, each is a part of its own, under its SHA-256."""

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from oversight.operations.backups import BackupFailed

PART = "attached."  # what the name of such a part begins with
NAME = re.compile(r"[0-9a-f]{64}")


def parts_in(folder: Path | None) -> dict[str, Path]:
    """The parts of a backup that the files in a folder become. What is still being written is none."""
    found = sorted(folder.glob("??/*")) if folder else []
    return {f"{PART}{each.name}": each for each in found if NAME.fullmatch(each.name)}


def bytes_of(parts: Mapping[str, Path]) -> int:
    """How many bytes these files have."""
    return sum(each.stat().st_size for each in parts.values())


def set_out(names: Iterable[str], folder: Path) -> Path | None:
    """Set the parts of a backup that was taken apart out as the folder that they came from; None where it has none."""
    found = [name for name in names if name.startswith(PART)]
    place = folder / "attached"
    for name in found:
        put(folder / name, place)
    return place if found else None


def put(file: Path, place: Path) -> None:
    """Move a file to where it stands in a folder of files on records. What is there has the same bytes."""
    sha256 = file.name.removeprefix(PART)
    if not NAME.fullmatch(sha256):
        raise BackupFailed(f"The backup is damaged: {file.name} is not named by what is in it. Take another one.")
    (place / sha256[:2]).mkdir(mode=0o700, parents=True, exist_ok=True)
    if (place / sha256[:2] / sha256).exists():
        file.unlink()
    else:
        shutil.move(file, place / sha256[:2] / sha256)


def move_all(source: Path, place: Path) -> int:
    """Move every file of one such folder into another; return how many there were."""
    found = list(parts_in(source).values())
    for each in found:
        put(each, place)
    return len(found)
