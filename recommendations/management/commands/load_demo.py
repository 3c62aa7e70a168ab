"""Load the demonstration: a fictional office, with dates relative to today. Loading it again changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations import trail
from recommendations.demo import LOADED
from recommendations.demo.load import tell
from recommendations.demo.office import sign_ins
from recommendations.documents.pdf.render import SECONDS, keep_waiting
from recommendations.models import Force, TrailEntry, User


class Command(BaseCommand):
    help = "Load the demonstration (only with OVERSIGHT_DEMO=1) and print its sign-ins."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The demonstration's passwords are known to everyone: set OVERSIGHT_DEMO=1 for it.")
        if not TrailEntry.objects.filter(verb=LOADED).exists():
            with keep_waiting(SECONDS):  # so its PDFs need not wait for WeasyPrint to be imported
                load(timezone.now())
        self.stdout.write("\n".join(["", *sign_ins(), ""]))


def load(at) -> None:
    """Load everything. Refuses a database with other records, or with a partly loaded demonstration."""
    if Force.objects.exists() or User.objects.exists():
        raise CommandError(
            "This database holds records already, or a load that was interrupted. The demonstration needs an empty "
            "one: name another in DATABASE_URL, or remove the file that holds this one."
        )
    tell(at)
    trail.record(by=None, at=at, verb=LOADED, about="the demonstration")
