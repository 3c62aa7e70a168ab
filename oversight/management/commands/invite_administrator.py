"""Invite an administrator, and name the office where it has no name: the last step of setting up."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oversight.operations.first_administrators import invite_administrator, name_office
from recommendations.emails.accounts import invitation_link, send_account_invitation
from recommendations.enums import BodyKind
from recommendations.management.arguments import refusals_as_command_errors


class Command(BaseCommand):
    help = (
        "Invite an administrator: the first one, or a second where one alone can confirm nothing. The link goes by "
        "email, or is printed. Run again, it makes a new link, until the account is there; then it does nothing. With "
        "--office-name, --body and --kind it names the office too, where it has no name yet."
    )

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True, help="the administrator's, as the register shows it")
        parser.add_argument("--email", required=True, help="the address that they sign in with")
        parser.add_argument("--office-name", metavar="NAME", help="for example Marches OPCC")
        parser.add_argument("--body", metavar="NAME", help="the policing body that the office works for")
        parser.add_argument("--kind", choices=BodyKind.values, help="the kind of policing body")
        parser.add_argument("--print-link", action="store_true", help="print the link, mail none")

    def handle(self, *, name, email, office_name, body, kind, print_link, **options):
        facts = (office_name, body, kind)
        if any(facts) and not all(facts):
            raise CommandError("Give --office-name, --body and --kind together.")
        with refusals_as_command_errors():
            if office_name:
                name_office(office_name, body=body, kind=kind, at=timezone.now())
            sent = invite_administrator(email=email, name=name, at=timezone.now())
        if sent is None:
            self.stdout.write(f"{email} has an account. Nothing was changed.")
            return
        link = invitation_link(sent.secret)
        if not print_link and send_account_invitation(sent.invitation, link):
            self.stdout.write(f"{name} got an email with a link, to set a password: {email}.")
            return
        self.stdout.write(f"{name} opens this within 48 hours, once, to set a password:\n\n    {link}\n")
