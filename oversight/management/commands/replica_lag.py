"""Report how far a replica is behind its primary."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from oversight.operations.replica import lag


class Command(BaseCommand):
    help = (
        "Say how far the replica that DATABASE_URL names is behind its primary. Ends with status 1 where it is no "
        "replica, where it receives nothing, and where it is further behind than --most."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--most", type=float, default=60, metavar="SECONDS", help="how far it may be behind (60)")

    def handle(self, *, most, **options):
        try:
            found = lag(at=timezone.now())
        except DatabaseError as error:
            raise CommandError(f"The database cannot be asked ({error}).") from error
        if found is None:
            raise CommandError("The database that DATABASE_URL names is no replica.")
        if not found.is_receiving or found.seconds is None or found.seconds > most:
            raise CommandError(str(found))
        self.stdout.write(str(found))
