"""Deleting what is no longer needed, also on disk: progress of imports, folders of killed processes."""

import datetime
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from oversight.operations.backups import BackupFailed
from oversight.operations.backups.making import working_folder
from recommendations.documents.pdf.waiting import FOLDER
from recommendations.domain.attachments.storage import unfinished_files
from recommendations.domain.attachments.tidying import remove_abandoned
from recommendations.domain.retention.tidying import Tidied, tidy

LEFT = datetime.timedelta(days=1)  # what makes such files takes only minutes


def tidy_everything(*, at: datetime.datetime, drafts_days: int, dry_run: bool = False) -> list[Tidied]:
    """Delete what is no longer needed from database and disk; return how many of each kind."""
    progress = [*_old(settings.VAR_DIR / "progress", "*.djcache", at)]
    folders = [*_old(Path(tempfile.gettempdir()), f"{FOLDER}*", at)]
    return [
        *tidy(at=at, drafts_days=drafts_days, dry_run=dry_run),
        Tidied("file of an import's progress", "files of imports' progress", _remove(progress, dry_run)),
        Tidied("folder of a PDF that was stopped", "folders of PDFs that were stopped", _remove(folders, dry_run)),
        Tidied("upload that no one finished", "uploads that no one finished", _uploads(at, dry_run)),
        Tidied("part of a backup that was stopped", "parts of backups that were stopped", _tidy_backups(dry_run)),
    ]


def _old(folder: Path, pattern: str, at: datetime.datetime) -> Iterator[Path]:
    """This user's files there that are at least a day old."""
    for each in folder.glob(pattern):
        about = each.lstat()
        if about.st_uid == os.getuid() and about.st_mtime < (at - LEFT).timestamp():
            yield each


def _remove(paths: list[Path], dry_run: bool) -> int:
    for path in [] if dry_run else paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(paths)


def _uploads(at: datetime.datetime, dry_run: bool) -> int:
    """Stored files that are attached to nothing, and what killed processes were storing or receiving."""
    left = [each for each in unfinished_files() if each.lstat().st_mtime < (at - LEFT).timestamp()]
    received = [*_old(Path(tempfile.gettempdir()), "tmp*.upload*", at)]
    return remove_abandoned(at=at, dry_run=dry_run) + _remove([*left, *received], dry_run)


def _tidy_backups(dry_run: bool) -> int:
    """The working folder left by a killed backup, which contains a copy of the database."""
    work = settings.VAR_DIR / "backup-work"
    left = [each for each in work.iterdir() if each.name != "lock"] if work.is_dir() else []
    if not left or dry_run:
        return len(left)
    try:
        with working_folder(work):
            return len(left)
    except BackupFailed:  # one is running
        return 0
