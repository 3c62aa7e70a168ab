"""If there is only one administrator: confirm an invitation or change waiting for a second one. This is recorded."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.domain.people.changes import change_words, confirm_change
from recommendations.domain.people.invitations import confirm_invitation
from recommendations.emails.accounts import invitation_link, send_account_changed, send_account_invitation
from recommendations.management.arguments import refusals_as_command_errors
from recommendations.models import AccountChange, AccountInvitation, User


class Command(BaseCommand):
    help = "Confirm what waits for a second administrator about an address. Only where no other administrator can."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address that is invited, or whose account is to change")
        parser.add_argument("--reason", required=True, help="why no second administrator confirms it")

    def handle(self, *, email, reason, **options):
        address, by = email.strip(), {"by": None, "at": timezone.now(), "reason": reason}
        invitation = AccountInvitation.objects.open().filter(email__iexact=address).first()
        change = AccountChange.objects.open().filter(person__email__iexact=address).select_related("person").first()
        if invitation is None and change is None:
            raise CommandError(f"Nothing about {address} waits for a second administrator.")
        with refusals_as_command_errors():
            if invitation is not None:
                self._send(*confirm_invitation(invitation=invitation, **by))
            else:
                before, words = User.objects.get(pk=change.person_id), change_words(change)
                person = confirm_change(change=change, **by)
                self.stdout.write(f"{person.name} is changed: {words}. It is on record.")
                if not send_account_changed(before, person, is_factor_reset=change.resets_factor):
                    self.stdout.write("The email that tells them of this could not be sent. Tell them yourself.")

    def _send(self, invitation: AccountInvitation, secret: str) -> None:
        self.stdout.write(f"The invitation of {invitation.name} is confirmed. It is on record.")
        link = invitation_link(secret)
        if not send_account_invitation(invitation, link):
            self.stdout.write(f"The email could not be sent. Pass on this link, which works once: {link}")
