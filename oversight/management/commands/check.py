"""Django's `check`. Without options it checks the whole installation, including what needs the network."""

from django.core.management import CommandError
from django.core.management.commands import check

from oversight.operations.installation import send_test_mail


class Command(check.Command):
    help = (
        "Check this installation: settings, database, mail server, rights of files, timers. Without an option, or with "
        "--deploy, all of it; other options are Django's. Ends with status 1 where something is wrong."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(fail_level=None)
        parser.add_argument("--offline", action="store_true", help="with --deploy: ask no database, no mail server")
        parser.add_argument("--mail", metavar="ADDRESS", default="", help="send a test message to this address too")

    def handle(self, *app_labels, **options):
        mail, offline = options.pop("mail"), options.pop("offline")
        is_gate = not (app_labels or options["tags"] or options["list_tags"] or options["databases"] or offline)
        options["deploy"] = options["deploy"] or (is_gate and options["fail_level"] is None)
        if options["deploy"] and is_gate:
            options["databases"] = ["default"]
        options["fail_level"] = options["fail_level"] or ("WARNING" if is_gate else "ERROR")
        if mail and (wrong := send_test_mail(mail)):
            raise CommandError(f"The test message did not go: {wrong}.")
        if mail:
            self.stdout.write("The mail server took the test message. See whether it arrives.")
        super().handle(*app_labels, **options)
