"""Set up an office: ask questions, make the database, write the settings, and start it."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from oversight.operations.offices import DEFAULT, Trouble, installation, read_settings
from oversight.operations.setting_up import steps
from oversight.operations.setting_up.answers import QUESTIONS, Question, take

READY = "\nThe office is ready. What is left:\n"
PROXY = "  - Let a proxy that ends TLS answer at {}. /usr/share/doc/oversight/examples has nginx and Caddy.\n"
SECOND = (
    "  - Invite a second administrator: another one confirms each invitation but a committee member’s.\n"
    "    {} invite_administrator --name NAME --email ADDRESS\n"
)
CONFIRM = (
    "  - Where no other administrator can confirm an invitation or a change, confirm it here:\n"
    "    {} confirm_access ADDRESS --reason REASON\n"
)
BEGIN = (
    "  - Sign in as administrator. Choose under “What you use” what the office uses: it begins with HMICFRS alone.\n"
    "    “Missing” on the first page says what to add.\n"
)
KEEP = "  - Keep a copy of {}, away from the backups. Without its key a restored database is not enough.\n"


class Command(BaseCommand):
    help = (
        "Set up an office. Asks its name, the body that it works for, its address, its database, its mail server and "
        "its first two administrators, unless they are given here or in a file; then makes the database, writes the "
        "settings, and starts the server. It never changes an office that is there. A run that was interrupted is "
        "taken up by the next one."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--office", default=DEFAULT, metavar="NAME", help="its short name here (default: main)")
        parser.add_argument("--answers", metavar="FILE", help="a file of answers, such as NAME=… and ORIGIN=…")
        for question in QUESTIONS:
            parser.add_argument(question.option, dest=question.name, help=f"{question.asks}: {question.help}")
        parser.add_argument("--print-link", action="store_true", help="print the administrator's link, mail none")
        parser.add_argument("--no-input", action="store_true", help="ask nothing: what is missing is its default")

    def handle(self, *, office, **options):
        there = installation(os.environ)
        try:
            place = there.office(office)
            before = steps.interrupted_answers(place)
            if before is not None:
                self.stdout.write(f"The set-up of {office} was interrupted: going on with its answers.")
            answers = take(
                _answers_from_options(options) if before is None else before, None if options["no_input"] else self._ask
            )
            steps.run(steps.SetUp(there, place, answers, self._tell, options["print_link"]), again=before is not None)
        except Trouble as trouble:
            raise CommandError(str(trouble)) from None
        except KeyboardInterrupt:
            raise CommandError("Interrupted. Run it again: what was begun goes on.") from None
        proxy = PROXY.format(answers["origin"]) if answers["origin"].startswith("https") else ""
        oversight = "oversight" if office == DEFAULT else f"oversight --office {office}"
        second = "" if answers["second-administrator"] else SECOND.format(oversight)
        self.stdout.write(READY + proxy + KEEP.format(place.settings_file) + BEGIN + second + CONFIRM.format(oversight))

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _ask(self, question: Question, default: str) -> str:
        beside = f" [{default}]" if default else ""
        try:
            return input(f"{question.asks} ({question.help}){beside}: ")
        except EOFError:
            self.stdout.write("")
            raise CommandError(f"There is no answer: give {question.option}, or --no-input for the default.") from None


def _answers_from_options(options) -> dict[str, str]:
    """The answers from the options, else from the answers file. Raises Trouble for an unknown key in the file."""
    file = read_settings(Path(options["answers"])) if options["answers"] else {}
    keys = {question.key: question.name for question in QUESTIONS}
    if unknown := sorted(set(file) - set(keys)):
        raise Trouble(f"{options['answers']}: there is no {unknown[0]}. There are: {', '.join(keys)}.")
    found = {keys[key]: value for key, value in file.items()}
    return found | {name: options[name] for name in keys.values() if options[name] is not None}
