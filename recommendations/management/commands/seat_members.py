"""For an upgrade: give each committee member without a committee a seat on every one, as they had access before."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.domain.people.committees import committees, members_without_committee, set_committees


class Command(BaseCommand):
    help = "Let committee members who belong to no committee belong to all of them, on record. Narrow it on the pages."

    def handle(self, **options):
        panels = list(committees(timezone.localdate()))
        if not panels:
            raise CommandError("There is no committee. An administrator adds them under “Panels”.")
        for person in members_without_committee():
            set_committees(person=person, panels=panels, by=None, at=timezone.now())
            self.stdout.write(f"{person.name} belongs to {', '.join(str(panel) for panel in panels)}.")
