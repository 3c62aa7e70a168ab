"""Add an account from the command line: the first administrator, before anybody can sign in."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.people.records import add_person
from recommendations.enums import Role
from recommendations.management.arguments import find_or_fail, refusals_as_command_errors, someone
from recommendations.models import Force


class Command(BaseCommand):
    help = "Add a person. No password is asked for: they set their own by the link in an email."

    def add_arguments(self, parser):
        parser.add_argument("--email", required=True, help="the address that they sign in with")
        parser.add_argument("--name", required=True, help="as the register shows it")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--force", metavar="SLUG", help="for a force inspection lead")
        parser.add_argument("--by", metavar="EMAIL", help="who adds a committee member (default: the command line)")

    def handle(self, *, email, name, role, force=None, by=None, **options):
        force = find_or_fail(Force, f"There is no force {force}.", slug=force) if force else None
        by = someone(by) if by else None
        with refusals_as_command_errors():
            person = add_person(email=email, name=name, role=role, force=force, by=by, at=timezone.now())
        address = f"{settings.ORIGIN}{reverse('account_reset_password')}"
        self.stdout.write(f"{person.name} is added as {person.role_words.lower()}, without a password.")
        self.stdout.write(f"To set one, they enter {person.email} at {address} and follow the link in the email.")
