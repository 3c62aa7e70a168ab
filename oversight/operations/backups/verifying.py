"""Verifying a backup: every byte, then a database restored from it, with all checks."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from oversight.database_version import later_migrations
from oversight.operations.backups import BackupDamaged, BackupFailed
from oversight.operations.backups.archive import unpack
from oversight.operations.backups.attached import arrange_files
from oversight.operations.backups.checks import Check, checks_of
from oversight.operations.backups.databases import Database
from oversight.operations.backups.encryption import open_backup
from oversight.operations.backups.making import check_room
from oversight.operations.backups.manifest import Facts, Manifest
from oversight.version import version, version_and_commit
from recommendations.domain.attachments import storage

NUMBERS = re.compile(r"(\d+)\.(\d+)\.(\d+)", re.ASCII)  # of a version: 0.4.0.dev and 0.4.0 are alike


@dataclass(frozen=True)
class Verified:
    """The manifest of a backup, and the checks of the database restored from it."""

    manifest: Manifest
    checks: list[Check]

    @property
    def problems(self) -> list[str]:
        """The failed checks; empty if the backup is good."""
        return [f"{check.asked}: {check.said}" for check in self.checks if not check.is_well]


def verify_backup(path: Path, *, folder: Path, beside: Database, identity: Path | None = None) -> Verified:
    """Unpack a backup in a working folder, load it into a scratch database, and run all checks on that.

    Raises BackupFailed if a byte is wrong, or it can't be loaded.
    """
    manifest = take_apart(path, folder, identity)
    check_engine(manifest, beside)
    check_version(manifest)
    files = arrange_files(manifest.parts, folder)
    if files is None and storage.is_folder():  # one without any is held to that, not to the office's own
        files = folder / "attached"
    with beside.beside(folder) as scratch:
        check_same(manifest.database, scratch.load(folder / manifest.database_part))
        return Verified(manifest, checks_of(scratch.url, manifest.database, files))


def take_apart(path: Path, folder: Path, identity: Path | None) -> Manifest:
    """Unpack a backup into the folder, checking every byte, and return its manifest."""
    if not path.is_file():
        raise BackupFailed(f"There is no file {path}.")
    check_room({folder: path.stat().st_size})
    try:
        with open_backup(path, identity) as source:
            return unpack(source, folder)
    except OSError as wrong:
        raise BackupFailed(f"{path} cannot be read: {wrong}") from None


def check_engine(manifest: Manifest, database: Database) -> None:
    """Raise BackupFailed if the backup is of another engine than the database."""
    if manifest.database.engine != database.engine:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise BackupFailed(
            f"This backup is of {names.get(manifest.database.engine, 'no engine that is known')}, and DATABASE_URL "
            f"names {names[database.engine]}. "
            "Set DATABASE_URL to a database of the same kind."
        )


def check_version(manifest: Manifest) -> None:
    """Raise BackupFailed if a later version made the backup, which only that version can read, or none is named."""
    if not (made_by := NUMBERS.match(str(manifest.version))) or not (ours := NUMBERS.match(version())):
        raise BackupDamaged(
            f"The backup is damaged: {manifest.version!r} is no version of Oversight. Take another one."
        )
    is_later = [*map(int, made_by.groups())] > [*map(int, ours.groups())]
    if is_later or later_migrations(MigrationLoader(None), manifest.database.migrations):
        this = version_and_commit()
        if manifest.version.partition(" ")[0] != version():
            words = (
                f"Oversight {manifest.version} made this backup, and this is {this}: install {manifest.version} or a "
                "later version"
            )
        else:
            words = (
                f"Another commit of Oversight {version()} made this backup. Its version is {manifest.version}, and "
                f"this is {this}: install the commit that made it, or a later one"
            )
        raise BackupFailed(f"{words}, and try again with that.")


def check_same(expected: Facts, actual: Facts) -> None:
    """Raise BackupFailed if a loaded database does not match its manifest."""
    if (expected.entries, expected.head, expected.migrations) != (actual.entries, actual.head, actual.migrations):
        raise BackupDamaged("The restored database does not have the trail that the manifest names.")
    if wrong := [
        table for table in {**expected.rows, **actual.rows} if expected.rows.get(table) != actual.rows.get(table)
    ]:
        raise BackupDamaged(
            f"The restored database has other numbers of rows than the manifest names: {', '.join(wrong)}."
        )
