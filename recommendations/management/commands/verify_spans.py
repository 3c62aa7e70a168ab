"""Hold the spans, from which papers are counted, against the records that they are made from."""

from django.core.management.base import BaseCommand, CommandError

from recommendations.models import Span


class Command(BaseCommand):
    help = (
        "Hold the spans, from which joint drafts are counted, against the records that they are made from. Ends with "
        "status 1 where they differ. With --repair they are made again; no record is written."
    )

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="make the spans again from the records")

    def handle(self, *args, repair, **options):
        if repair:
            Span.objects.make_all_anew()
        wrong = sum(1 for _ in Span.objects.wrong())
        if wrong:
            raise CommandError(f"The spans of {wrong} are not what the records say. Make them again with --repair.")
        self.stdout.write("The spans are what the records say.")
