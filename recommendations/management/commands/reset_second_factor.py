"""For a lost phone: remove a user's second factor. They set up a new one when they next sign in."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.domain.people.second_factors import reset_second_factor
from recommendations.emails.accounts import send_account_changed
from recommendations.management.arguments import refusals_as_command_errors, someone


class Command(BaseCommand):
    help = "Remove a person's second factor, on record. Make sure first that it is they who ask."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address that they sign in with")
        parser.add_argument("--reason", required=True, help="why, and how you know that it was they who asked")

    def handle(self, *, email, reason, **options):
        person = someone(email)
        with refusals_as_command_errors():
            reset_second_factor(person=person, reason=reason, by=None, at=timezone.now())
        if not send_account_changed(person, person, is_factor_reset=True):
            self.stdout.write("The email that tells them of this could not be sent. Tell them yourself.")
        self.stdout.write(f"{person.name} sets up a new second factor at the next sign-in. It is on record.")
