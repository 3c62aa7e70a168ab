"""Restore a backup into an empty database."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from oversight.management.commands.migrate import roles_of_the_office
from oversight.operations.backups.engines import office_database
from oversight.operations.backups.restoring import Target, restore
from recommendations.domain.attachments import storage
from recommendations.last_runs import note_run
from recommendations.management.arguments import refusals_as_command_errors

BY_HAND = """
Restored. What is left to do by hand:
- SECRET_KEY, and SECRET_KEY_FALLBACKS, must be those of that day: they are in no backup. With another key the server
  does not start.
- Compare the settings (restored-settings.env) with those of today, and give the secrets again.
- What was recorded after {moment} UTC is not here. Tell people, and look at who left, changed their password or
  lost a second factor since: "People's access". Withdraw invitations that should not be open.
- Start the server, the worker of papers and the timers.
- Run `send_head --begin-again` once: the heads that were sent after the backup are not in this trail.
- Make a backup, and verify it."""


class Command(BaseCommand):
    help = (
        "Restore a backup: check every byte and the version, load it into a database that holds nothing, bring it to "
        "this version, grant the roles their rights, end every session, and verify all of it. A database that "
        "holds anything is refused, and how to set it aside is said. Stop the server first."
    )
    requires_system_checks = []  # there may be no database yet

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--identity", type=Path, metavar="FILE", help="the private key of an encrypted backup")
        parser.add_argument("--application", metavar="ROLE", help="on PostgreSQL, the role that serves people")
        parser.add_argument("--reader", default="", metavar="ROLE", help="the role that serves /published/ alone")
        parser.add_argument(
            "--despite-problems",
            action="store_true",
            help="go on where what was restored does not verify and you know why (a lost SECRET_KEY)",
        )

    def handle(self, *, file, identity, application, reader, despite_problems, **options):
        at = timezone.now()
        if application is None:
            application, reader = usual_roles(reader)
        work, files = settings.VAR_DIR / "backup-work", settings.VAR_DIR / "restored"
        attached = storage.folder() if storage.is_folder() else None
        target = Target(office_database(), work, files, application, reader, despite_problems, attached)
        with refusals_as_command_errors():
            manifest = restore(file, target, say=self.stdout.write, identity=identity)
        self.stdout.write(BY_HAND.format(moment=f"{manifest.at:%-d %B %Y %H:%M}"))
        note_run("restore", at=at, detail=file.name)


def usual_roles(reader: str) -> tuple[str, str]:
    """The roles to grant rights to if none is given: the program's own beside an owner's, or those that the owner's
    settings name. `reader` is the one that was given, or "".
    """
    if settings.OWNER_DATABASE_URL:
        return connection.settings_dict["USER"], reader
    application, its_reader = roles_of_the_office()
    return application, reader or its_reader
