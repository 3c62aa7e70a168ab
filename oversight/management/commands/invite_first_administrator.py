"""Name the office and invite its first administrator: the last step of setting up."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from oversight.operations.first_administrator import invite_administrator, name_office
from recommendations.emails.accounts import invitation_link, send_account_invitation
from recommendations.management.arguments import refusals_as_command_errors


class Command(BaseCommand):
    help = (
        "Name the office, where it has no name yet, and invite its first administrator. The link goes by e-mail, or is "
        "printed. Run again, it makes a new link, until the account is there; then it does nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--office-name", required=True, metavar="NAME", help="for example Marches OPCC")
        parser.add_argument("--name", required=True, help="the administrator's, as the register shows it")
        parser.add_argument("--email", required=True, help="the address that they sign in with")
        parser.add_argument("--print-link", action="store_true", help="print the link, mail none")

    def handle(self, *, office_name, name, email, print_link, **options):
        with refusals_as_command_errors():
            name_office(office_name, at=timezone.now())
            sent = invite_administrator(email=email, name=name, at=timezone.now())
        if sent is None:
            self.stdout.write(f"{email} has an account. Nothing was changed.")
            return
        link = invitation_link(sent.secret)
        if not print_link and send_account_invitation(sent.invitation, link):
            self.stdout.write(f"{name} got an e-mail with a link, to set a password: {email}.")
            return
        self.stdout.write(f"{name} opens this within 48 hours, once, to set a password:\n\n    {link}\n")
