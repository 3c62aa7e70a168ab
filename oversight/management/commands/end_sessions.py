"""Sign a person out everywhere: if they were disabled in Microsoft Entra, or a device was stolen."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.domain.people.sessions import end_all_sessions
from recommendations.management.arguments import refusals_as_command_errors, someone


class Command(BaseCommand):
    help = "End every session of a person, on record. They can sign in again: close the account to prevent that."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address that they sign in with")
        parser.add_argument("--reason", required=True, help="why")

    def handle(self, *, email, reason, **options):
        person = someone(email)
        with refusals_as_command_errors():
            ended = end_all_sessions(person=person, why=reason, by=None, at=timezone.now())
        self.stdout.write(f"{person.name} is signed out: {ended} session{'' if ended == 1 else 's'} ended.")
