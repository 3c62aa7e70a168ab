"""Test a backup: restore it into a scratch database, and verify everything."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oversight.operations.backups import BackupDamaged, BackupFailed
from oversight.operations.backups.engines import office_database
from oversight.operations.backups.making import working_folder
from oversight.operations.backups.retention import backups_of
from oversight.operations.backups.stores import store_of
from oversight.operations.backups.verifying import verify_backup
from recommendations.last_runs import note_problem, note_run
from recommendations.management.arguments import refusals_as_command_errors


class Command(BaseCommand):
    help = (
        "Read a backup to its last byte, restore it into a database of its own that is removed afterwards, and verify "
        "its trail against the head in it, its papers and how each recommendation stands. The office's database is not "
        "touched. Ends with status 1 where anything is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "file", metavar="FILE", nargs="?", help="the backup; the newest in BACKUP_TO where none is given"
        )
        parser.add_argument("--identity", type=Path, metavar="FILE", help="the private key of an encrypted backup")
        parser.add_argument(
            "--unless-encrypted",
            action="store_true",
            help="for a timer: do nothing where BACKUP_RECIPIENT is set, because the private key is elsewhere",
        )

    def handle(self, *, file, identity, unless_encrypted, **options):
        if unless_encrypted and settings.BACKUP_RECIPIENT:
            self.stdout.write("Not verified: backups are encrypted. Verify them each month where the private key is.")
            return
        at, work = timezone.now(), settings.VAR_DIR / "backup-work"
        with refusals_as_command_errors(), working_folder(work) as folder:
            path = Path(file) if file else self.newest(folder, work)
            try:
                done = verify_backup(path, folder=folder, beside=office_database(), identity=identity)
            except BackupDamaged:
                note_problem("verify_backup", at=at, detail=f"{path.name} is damaged")
                raise
        for check in done.checks:
            self.stdout.write(f"{check.asked}: {check.said or 'done'}")
        if done.problems:
            note_problem("verify_backup", at=at, detail=f"{path.name} is not good")
            raise CommandError(f"{path.name} is NOT good. Do not rely on it: verify an earlier one, and back up again.")
        manifest = done.manifest
        self.stdout.write(
            f"{path.name} is good: office {manifest.office}, Oversight {manifest.version}, "
            f"{manifest.database.entries:,} entries up to {manifest.at:%-d %B %Y %H:%M} UTC."
        )
        note_run("verify_backup", at=at, detail=path.name)

    def newest(self, folder: Path, work: Path) -> Path:
        store = store_of(settings.BACKUP_TO, settings.BACKUP_ENDPOINT, work)
        if not (found := backups_of(store.names(), settings.OFFICE)):
            raise BackupFailed(f"There is no backup of {settings.OFFICE} in {settings.BACKUP_TO} yet.")
        return store.fetch(found[0].name, folder)
