"""Rebuild the search tables."""

from django.core.management.base import BaseCommand

from recommendations.domain.search import following
from recommendations.models import SearchEntry


class Command(BaseCommand):
    help = "Make again what search reads, from the records. Until it ends, everything can be read and nothing saved."

    def handle(self, *args, **options):
        following.rebuild()
        self.stdout.write(f"Search reads {SearchEntry.objects.count():,} entries.")
