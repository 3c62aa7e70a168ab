"""Restoring a backup step by step into an empty database, never over one with data."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from oversight.operations.backups import BackupFailed
from oversight.operations.backups.attached import arrange_files, move_all
from oversight.operations.backups.checks import checks_of
from oversight.operations.backups.databases import Database
from oversight.operations.backups.making import FILES, working_folder
from oversight.operations.backups.manifest import Manifest
from oversight.operations.backups.sqlite import SQLite
from oversight.operations.backups.verifying import check_engine, check_same, check_version, take_apart
from oversight.version import version_and_commit

type Say = Callable[[str], None]
BEING_RESTORED = ".being-restored"


@dataclass(frozen=True)
class Target:
    """Where a backup is restored: the office's database, as its owner, and the roles to be granted privileges again.

    `files` is the folder for the settings and the files from outside the database; `attached` the folder of attached
    files, if there is one. `despite_problems` goes on if verification fails for a known reason, such as a lost key.
    """

    database: Database
    work: Path
    files: Path
    application: str = ""
    reader: str = ""
    despite_problems: bool = False
    attached: Path | None = None


def restore(path: Path, target: Target, *, say: Say, identity: Path | None = None) -> Manifest:
    """Restore a backup, reporting each step, and verify it; return its manifest.

    Raises BackupFailed at the first step that fails. On SQLite the office's database is then not there; on PostgreSQL
    it may hold what was restored, and the message says so.
    """
    if in_the_way := target.database.in_the_way():
        raise BackupFailed(in_the_way)
    with working_folder(target.work) as folder:
        manifest = take_apart(path, folder, identity)
        say(
            f"1. The backup is whole: office {manifest.office}, {manifest.at:%-d %B %Y %H:%M} UTC, "
            f"{_manifest_words(manifest)}."
        )
        check_engine(manifest, target.database)
        check_version(manifest)
        _load(manifest, target, folder, say)
        _restore_files(manifest, folder, target.files, say)
    return manifest


def _manifest_words(manifest: Manifest) -> str:
    return f"Oversight {manifest.version}, {manifest.database.entries:,} entries in the trail"


def _load(manifest: Manifest, target: Target, folder: Path, say: Say) -> None:
    """Load, migrate, grant, end sessions, verify; on SQLite in a file that is renamed at the end."""
    place = target.database
    if isinstance(place, SQLite):
        place = SQLite(Path(f"{place.path}{BEING_RESTORED}"))
        place.remove()
    check_same(manifest.database, place.load(folder / manifest.database_part))
    say("2. The database is loaded, with as many rows in each table as the backup names.")
    attached = arrange_files(manifest.parts, folder)
    try:
        _verify(manifest, place, target, attached, say)
    except BackupFailed as wrong:
        raise BackupFailed(f"{wrong.message}\n{_after_failure(place)}") from None
    if isinstance(place, SQLite):
        place.become(Path(str(place.path).removesuffix(BEING_RESTORED)))
    if attached:
        place_of_files = target.attached or target.files / "files"
        say(f"   {move_all(attached, place_of_files):,} files on records are in {place_of_files}.")


def _after_failure(place: Database) -> str:
    if isinstance(place, SQLite):
        place.remove()
        return "Nothing was put in the place of the database. Take another backup, or give --despite-problems."
    return (
        "The database holds what was restored, and is not to be used: drop it, and take another backup, or give "
        "--despite-problems."
    )


def _verify(manifest: Manifest, place: Database, target: Target, attached: Path | None, say: Say) -> None:
    """Everything that is done to a restored database before it is used."""
    verification = _verification_words(manifest, place, target, attached)
    say(f"3. It is of this version, {version_and_commit()}, and {verification}")
    if target.application:
        roles = ["--application", target.application, *(["--reader", target.reader] if target.reader else [])]
        run(place, "grant_database_roles", *roles)
        say(f"4. {' and '.join(filter(None, (target.application, target.reader)))} may do what they should.")
    else:
        say("4. No roles to grant rights to: give --application on PostgreSQL where the office has roles.")
    say(f"5. {run(place, 'tidy', '--after-restore').strip()}")


def _verification_words(manifest: Manifest, place: Database, target: Target, attached: Path | None) -> str:
    """The result of verification, in words. Raises BackupFailed for a problem, unless `despite_problems`."""
    checks = checks_of(place.url, manifest.database, attached)
    problems = [f"{check.asked}: {check.said}" for check in checks if not check.is_well]
    if not problems:
        return "trail, papers and standing are as they should be."
    if not target.despite_problems or not checks[0].is_well:  # the first is the migration
        raise BackupFailed("\n".join(problems))
    return "\n".join(["NOT AS IT SHOULD BE, which you passed:", *problems])


def run(place: Database, *command: str) -> str:
    """Run a command on a database and return its output. Raises BackupFailed if it fails."""
    environment = os.environ | {"DATABASE_URL": place.url, "OWNER_DATABASE_URL": "", "LOG_LEVEL": "ERROR"}
    manage = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *command, "--skip-checks"]
    done = subprocess.run(manage, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BackupFailed(f"{' '.join(command)}: {done.stderr.strip()[-2000:]}")
    return done.stdout


def _restore_files(manifest: Manifest, folder: Path, files: Path, say: Say) -> None:
    """Move the settings and the files from outside the database into `files`. Nothing is overwritten."""
    files.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in manifest.parts:
        if name == "settings.env" or name.startswith(FILES):
            shutil.move(folder / name, _free_name(files / f"restored-{name.removeprefix(FILES)}"))
    say(f"6. The settings of that day, without secrets, and files from outside the database are in {files}.")


def _free_name(path: Path) -> Path:
    number, found = 1, path
    while found.exists():
        number, found = number + 1, path.with_name(f"{path.name}.{number + 1}")
    return found
