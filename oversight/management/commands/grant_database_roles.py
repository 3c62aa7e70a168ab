"""Limit the privileges of PostgreSQL roles: run after setting up, and after each migration."""

from django.core.management.base import BaseCommand, CommandError

from recommendations.domain.audit.database_roles import Roles, differences, grant
from recommendations.management.arguments import refusals_as_command_errors


class Command(BaseCommand):
    help = (
        "On PostgreSQL, give the application's role and the public reader's what they need, and take everything else "
        "away: neither can change or delete the trail, a history, a security event or an issued file. Run it as the "
        "owner of the tables, again after each migration. With --check it changes nothing, and ends with status 1 "
        "where a role may do more or less than it should."
    )

    def add_arguments(self, parser):
        parser.add_argument("--application", required=True, metavar="ROLE", help="the role that serves people")
        parser.add_argument("--reader", default="", metavar="ROLE", help="the role that serves /published/ alone")
        parser.add_argument("--check", action="store_true", help="change nothing, say what is otherwise")

    def handle(self, *, application, reader, check, **options):
        if application == reader:
            raise CommandError("The application and the public reader are two roles: give them two names.")
        roles = Roles(application, reader)
        with refusals_as_command_errors():
            if not check:
                grant(roles)
            wrong = differences(roles)
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write("Each role may do what it should, and nothing else.")
