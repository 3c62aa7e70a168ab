"""For a timer: back up the office, and remove backups that BACKUP_KEEP no longer keeps."""

import datetime
import os
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oversight.operations.backups.engines import office_database
from oversight.operations.backups.kept_settings import lines_of
from oversight.operations.backups.making import Made, Plan, make_backup, megabytes
from oversight.operations.backups.retention import read_keep
from oversight.operations.backups.stores import store_of
from oversight.settings import env
from recommendations.domain.attachments import storage
from recommendations.last_runs import note_problem, note_run
from recommendations.management.arguments import refusals_as_command_errors

MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Back up the database, files outside it and the settings without secrets, as one file where BACKUP_TO says, "
        "encrypted where BACKUP_RECIPIENT is set. Then remove what BACKUP_KEEP no longer keeps. Where it fails, "
        "nothing half-made is left and the earlier backups are as they were. Where attached files are missing it is "
        "made, ends with status 1, and nothing is removed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", metavar="PLACE", help="a folder or s3://bucket/prefix, in place of BACKUP_TO")

    def handle(self, *, to, **options):
        at = timezone.now()
        with refusals_as_command_errors():
            made = make_backup(self.plan(to or settings.BACKUP_TO), at=at)
        database = made.manifest.database
        self.stdout.write(f"{made.name}: {megabytes(made.bytes)}, {database.entries:,} entries. Head of the trail:")
        self.stdout.write(database.head or "none yet")
        for name in made.removed:
            self.stdout.write(f"Removed, as BACKUP_KEEP says: {name}")
        if made.wrong_files:
            self.fail_for_files(made, at)
        note_run("backup", at=at, detail=made.name)
        if made.not_removed:
            raise CommandError(f"The backup is made. Older ones could not be removed: {made.not_removed}")

    def fail_for_files(self, made: Made, at: datetime.datetime) -> NoReturn:
        number = len(made.wrong_files)
        files = "1 attached file is" if number == 1 else f"{number:,} attached files are"
        note_problem("backup", at=at, detail=f"{files} missing or changed")
        rest = [f"And {number - MOST_SHOWN:,} more."] if number > MOST_SHOWN else []
        lines = [*made.wrong_files[:MOST_SHOWN], *rest]
        say = (
            f"{files} missing or changed, so {made.name} is not a good backup. No older one was removed. Is the folder"
        )
        raise CommandError("\n".join([f"{say} of files mounted?", *lines]))

    def plan(self, to: str) -> Plan:
        work = settings.VAR_DIR / "backup-work"
        own = Path(settings.BREACHED_PASSWORDS) if settings.BREACHED_PASSWORDS else None
        return Plan(
            office=settings.OFFICE,
            database=office_database(),
            store=store_of(to, settings.BACKUP_ENDPOINT, work),
            work=work,
            settings=lines_of(env.dump(), os.environ),
            files={"breached-passwords": own} if own and own.exists() else {},
            attached=storage.folder() if storage.is_folder() else None,
            recipient=settings.BACKUP_RECIPIENT,
            keep=read_keep(settings.BACKUP_KEEP),
        )
