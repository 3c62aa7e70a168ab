"""Compare the search tables with the records that they follow from."""

from django.core.management.base import BaseCommand, CommandError

from recommendations.domain.search import following

MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Hold what search reads, and the index that it is read by, against the records that it follows from. Ends with "
        "status 1 where they differ: rebuild_search makes all of it again."
    )

    def handle(self, *args, **options):
        if wrong := list(following.wrong()):
            rest = len(wrong) - MOST_SHOWN
            lines = wrong[:MOST_SHOWN] + ([f"And {rest:,} more."] if rest > 0 else [])
            told = "Search does not read what the records say. Run rebuild_search."
            raise CommandError("\n".join([told, *lines]))
        self.stdout.write("Search reads what the records say.")
