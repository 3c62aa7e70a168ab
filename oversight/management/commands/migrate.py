"""Django's `migrate`, forwards only: it refuses a database that this version can't migrate, and going back."""

import os
from urllib.parse import urlsplit

from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.exceptions import AmbiguityError
from django.db.migrations.executor import MigrationExecutor

from oversight.database_version import cannot_be_migrated

NO_WAY_BACK = (
    "Migrations go forward alone: going back would lose what was recorded since. To go back to an earlier version, "
    "restore the backup that was made before the update (docs/operations/releases.md, “Going back”)."
)


class Command(migrate.Command):
    help = "Bring the database to this version, and grant its roles what they may do. It does not go back."

    def handle(self, *args, **options):
        connection = connections[options["database"]]
        if cannot := cannot_be_migrated(connection):
            raise CommandError(cannot)
        if options["migration_name"] and goes_back(connection, options["app_label"], options["migration_name"]):
            raise CommandError(NO_WAY_BACK)
        super().handle(*args, **options)
        limit_roles()


def goes_back(connection, app: str, name: str) -> bool:
    """Whether this migration would go backwards. False if there is no such migration: Django reports that itself."""
    executor = MigrationExecutor(connection)
    try:
        target = (app, None if name == "zero" else executor.loader.get_migration_by_prefix(app, name).name)
    except (LookupError, AmbiguityError):
        return False
    if target[1] and target not in executor.loader.graph.nodes:  # replaced by a squashed migration that is applied
        return True
    return any(backwards for _, backwards in executor.migration_plan([target]))


def roles_of_the_office() -> tuple[str, str]:
    """The roles of the application and the public reader that the owner's settings name, each "" if there is none."""
    names = ("APPLICATION_DATABASE_URL", "READER_DATABASE_URL")
    application, reader = (urlsplit(os.environ.get(name, "")).username or "" for name in names)
    return application, reader


def limit_roles() -> None:
    """Grant the roles in the owner's settings their privileges again: new tables have none."""
    application, reader = roles_of_the_office()
    if application:
        call_command("grant_database_roles", application=application, reader=reader)
