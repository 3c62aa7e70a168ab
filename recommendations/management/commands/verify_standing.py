"""Verify each recommendation's Standing, which every list and count reads, against the records it is derived from."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.last_runs import note_problem, note_run
from recommendations.models import Standing


class Command(BaseCommand):
    help = (
        "Hold how each recommendation stands on each day, which every list and count reads, against the records that "
        "it follows from. Ends with status 1 where they differ. With --repair it is derived again from the records."
    )

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="derive all rows again from the records")

    def handle(self, *args, repair, **options):
        if repair:
            Standing.objects.rebuild()
        if wrong := sum(1 for _ in Standing.objects.wrong()):
            subject = "1 recommendation does" if wrong == 1 else f"{wrong:,} recommendations do"
            note_problem("verify_standing", at=timezone.now(), detail=f"{subject} not stand as the records say")
            raise CommandError(f"{subject} not stand as the records say. Derive them again with --repair.")
        note_run("verify_standing", at=timezone.now())
        self.stdout.write("Each recommendation stands as the records say.")
