"""Making a backup: database, outside files and settings, in one file at BACKUP_TO."""

import datetime
import fcntl
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from oversight.operations.backups import BackupFailed
from oversight.operations.backups.archive import chunks_of
from oversight.operations.backups.attached import bytes_of, parts_in, wrong_files
from oversight.operations.backups.databases import Database
from oversight.operations.backups.encryption import write_encrypted
from oversight.operations.backups.manifest import FORMAT, NAME, Facts, Manifest, part_of
from oversight.operations.backups.retention import KEEP_ALL, Keep, backups_of, name_of, no_longer_kept
from oversight.operations.backups.stores import Store
from oversight.version import version_and_commit
from recommendations.disk_space import free_in

FILES = "file."  # prefix of a part's name that is a file from outside the database


@dataclass(frozen=True)
class Plan:
    """What is backed up, and where to. `files` are outside the database; `attached` is the folder of attached files, or
    None if they are in a bucket; `settings` contain no secrets.
    """

    office: str
    database: Database
    store: Store
    work: Path
    settings: str = ""
    files: Mapping[str, Path] = field(default_factory=dict)
    attached: Path | None = None
    recipient: str = ""
    keep: Keep = KEEP_ALL


@dataclass(frozen=True)
class Made:
    """A new backup, the names of older ones that were removed, and why others could not be.

    `wrong_files` has a line for each attached file that is not in it as the database names it.
    """

    name: str
    bytes: int
    manifest: Manifest
    removed: list[str]
    not_removed: str = ""
    wrong_files: list[str] = field(default_factory=list)


def make_backup(plan: Plan, *, at: datetime.datetime) -> Made:
    """Make one backup, then remove those that are no longer kept, unless attached files are missing from the new one.

    Raises BackupFailed if none was made: then nothing of it remains, and the earlier ones are unchanged.
    """
    with working_folder(plan.work) as folder, _disk_errors_in_words():
        plan.store.check()
        size, attached = plan.database.size(), bytes_of(parts_in(plan.attached))
        check_room({plan.work: size, **dict.fromkeys(plan.store.folders(), size + attached)})
        parts, manifest, wrong = _parts(plan, folder, at)
        migrations, is_encrypted = manifest.database.migrations, bool(plan.recipient)
        name = name_of(plan.office, at, migrations, is_whole=not wrong, is_encrypted=is_encrypted)
        if name in plan.store.names():
            raise BackupFailed(f"{name} is there already.")
        size = _write_archive(plan, name, parts, at)
    removed, not_removed = ([], "") if wrong else remove_old(plan)
    return Made(name, size, manifest, removed, not_removed, wrong)


def remove_old(plan: Plan) -> tuple[list[str], str]:
    """Remove backups no longer kept, oldest first; return their names, and why one could not be removed or ""."""
    removed = []
    try:
        for name in no_longer_kept(backups_of(plan.store.names(), plan.office), plan.keep):
            plan.store.remove(name)
            removed.append(name)
    except (OSError, BackupFailed) as wrong:
        return removed, str(wrong)
    return removed, ""


@contextmanager
def working_folder(work: Path) -> Iterator[Path]:
    """A temporary folder for one backup, verification or restore at a time. Removes what a killed one left."""
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (work / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFailed("Another backup, a verification or a restore is running. Wait until it ends.") from None
        for left in [each for each in work.iterdir() if each.name != "lock"]:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        with tempfile.TemporaryDirectory(dir=work) as folder:
            yield Path(folder)


def check_room(sizes: Mapping[Path, int]) -> None:
    """Raise BackupFailed if a disk lacks space for the sum of the sizes planned for its folders (bytes)."""
    disks: dict[int, list[Path]] = {}
    for folder in sizes:
        disks.setdefault(folder.stat().st_dev, []).append(folder)
    for there in disks.values():
        if (needed := sum(sizes[folder] for folder in there)) > (left := free_in(there[0])):
            raise BackupFailed(
                f"There may not be room: {megabytes(needed)} are needed in {' and '.join(map(str, there))}, and "
                f"{megabytes(left)} are free. Make room, or let BACKUP_TO name another disk."
            )


def megabytes(size: int) -> str:
    """A size in words: "1.5 MB"."""
    return f"{size / 1_000_000:,.1f} MB"


def _parts(plan: Plan, folder: Path, at: datetime.datetime) -> tuple[dict[str, Path], Manifest, list[str]]:
    """The archive's files by name, the manifest first; the manifest; and what `wrong_files` says of a folder."""
    facts, attached = plan.database.dump(folder)
    (folder / "settings.env").write_text(plan.settings)
    parts = {plan.database.part: folder / plan.database.part, "settings.env": folder / "settings.env"}
    parts |= {FILES + name: path for name, path in plan.files.items()}
    parts |= parts_in(plan.attached)  # after the database, so that every file it names is there
    manifest = _manifest(plan.office, facts, parts, at)
    (folder / NAME).write_text(manifest.as_json())
    wrong = wrong_files(attached, manifest.parts, plan.attached) if plan.attached else []
    return {NAME: folder / NAME, **parts}, manifest, wrong


def _manifest(office: str, facts: Facts, parts: Mapping[str, Path], at: datetime.datetime) -> Manifest:
    made_of = {name: part_of(path) for name, path in parts.items()}
    return Manifest(FORMAT, office, version_and_commit(), at.astimezone(datetime.UTC).isoformat(), facts, made_of)


def _write_archive(plan: Plan, name: str, parts: Mapping[str, Path], at: datetime.datetime) -> int:
    """Write the archive to the store; return its size."""
    sizes = []

    def write(out: BinaryIO) -> None:
        write_encrypted(chunks_of(parts, at), out, plan.recipient)
        sizes.append(out.tell())

    plan.store.put(name, write)
    return sizes[0]


@contextmanager
def _disk_errors_in_words() -> Iterator[None]:
    """Turn disk and SQLite errors into BackupFailed, in words."""
    try:
        yield
    except (OSError, sqlite3.Error) as wrong:
        raise BackupFailed(
            f"No backup was made, and the earlier ones are as they were: {wrong}. Look at the free space and "
            "the rights of the folders."
        ) from wrong
