"""For a timer: replace access records older than the office's retention period with counts."""

import datetime

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.domain.retention.folding import fold_access_records, older_than
from recommendations.domain.retention.rewriting import check_may_rewrite
from recommendations.management.arguments import refusals_as_command_errors
from recommendations.periods import london_day, say


class Command(BaseCommand):
    help = (
        "Fold sign-ins, failures, exports, files taken and refusals that are older than ACCESS_RECORDS_DAYS into "
        "counts by month, on record. Run it daily or monthly from a timer."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say how many there are, and change nothing")

    def handle(self, *, dry_run, **options):
        at, days = timezone.now(), settings.ACCESS_RECORDS_DAYS
        with refusals_as_command_errors():
            if dry_run:
                before = london_day(at) - datetime.timedelta(days=days)
                number, done = older_than(before).count(), "would be folded"
            else:
                check_may_rewrite()
                folded = fold_access_records(days=days, by=None, at=at)
                number, before, done = folded.number, folded.before, "folded into counts"
        self.stdout.write(f"{number} access records from before {say(before)} {done}.")
