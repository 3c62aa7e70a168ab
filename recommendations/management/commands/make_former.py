"""Replace the name of a person who left with a number, if the application's database role may not change histories."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.domain.retention.former_people import make_former
from recommendations.management.arguments import refusals_as_command_errors
from recommendations.models import User
from recommendations.permissions import May


class Command(BaseCommand):
    help = (
        "Show a person who left by a number from now on. It cannot be undone; the name stays behind an encrypted key."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address of the deactivated account")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the administrator who decided it")
        parser.add_argument("--reason", required=True, help="why, without the name")

    def handle(self, *, email, by, reason, **options):
        person = User.objects.filter(email__iexact=email.strip()).first()
        administrator = User.objects.filter(email__iexact=by.strip()).first()
        if person is None or administrator is None or not administrator.has_perm(May.ADMINISTER):
            raise CommandError("Give the address of a deactivated account, and with --by that of an administrator.")
        facts = {"reason": reason, "days": settings.FORMER_AFTER_DAYS, "by": administrator}
        with refusals_as_command_errors():
            former = make_former(person=person, at=timezone.now(), **facts)
        self.stdout.write(f"Shown as {former} from now on. It is on record.")
