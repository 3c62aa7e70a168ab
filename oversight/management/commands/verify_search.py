"""Compare the search tables with the records that they follow from."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.domain.search import following
from recommendations.last_runs import note_problem, note_run

MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Hold what search reads, and the index that it is read by, against the records that it follows from. Ends with "
        "status 1 where they differ: rebuild_search makes all of it again."
    )

    def handle(self, *args, **options):
        if wrong := list(following.wrong()):
            note_problem("verify_search", at=timezone.now(), detail="search does not read what the records say")
            rest = len(wrong) - MOST_SHOWN
            lines = wrong[:MOST_SHOWN] + ([f"And {rest:,} more."] if rest > 0 else [])
            raise CommandError("\n".join(["Search does not read what the records say. Run rebuild_search.", *lines]))
        note_run("verify_search", at=timezone.now())
        self.stdout.write("Search reads what the records say.")
