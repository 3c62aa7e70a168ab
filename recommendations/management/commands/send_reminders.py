"""Send the e-mails of update rounds that are due: for cron or a timer. Safe to run twice, and by two at once."""

from collections import Counter
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.domain import reminders
from recommendations.domain.reminders import Due
from recommendations.emails import Outcome, send_reminders
from recommendations.enums import MailState, ReminderKind
from recommendations.forms.fields import read_day

ENDINGS = {
    MailState.FAILED: "not sent; the next run tries again",
    MailState.HANDED: "not known whether it arrived; it is not sent again",
}


class Command(BaseCommand):
    help = (
        "Send the e-mails of update rounds that are due today: at the start, before and after the last day, one a "
        "person a day at most, and none about what is answered. Ends with an error where one could not be sent."
    )

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="DATE", help="as if it were this day (default: today in London)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be sent, and send nothing")

    def handle(self, *args, on, dry_run, **options):
        on = self.day(on)
        if dry_run:
            return self.say("would be sent", [due for _, due in reminders.waiting(on, timezone.now())])
        stopped = reminders.note_stopped(timezone.now())
        outcomes = list(send_reminders(on=on, clock=timezone.now))
        self.say("sent", [each.due for each in outcomes if each.state == MailState.SENT])
        wrong = problems(outcomes) + ([f"{e_mails(stopped)}: {reminders.STOPPED}"] if stopped else [])
        if wrong:
            raise CommandError("\n".join(wrong))
        return None

    def say(self, done: str, mails: list[Iterable[Due]]) -> None:
        """How many e-mails, and about which rounds: no address and no text."""
        self.stdout.write(f"{e_mails(len(mails))} {done}.")
        about = Counter((each.round.pk, each.kind) for due in mails for each in due)
        for (round, kind), number in sorted(about.items()):
            words = ReminderKind(kind).label.lower()
            self.stdout.write(f"  round {round}, {words}: {number} {'person' if number == 1 else 'people'}")

    def day(self, typed: str | None):
        try:
            return read_day(typed) if typed else timezone.localdate()
        except ValidationError as wrong:
            raise CommandError(f"--on: {wrong.message}") from None


def problems(outcomes: list[Outcome]) -> list[str]:
    """What went wrong, each cause once with the number of its e-mails."""
    found = Counter((each.state, each.problem) for each in outcomes if each.state in ENDINGS)
    return [f"{e_mails(number)} {ENDINGS[state]}. {problem}" for (state, problem), number in found.items()]


def e_mails(number: int) -> str:
    """ "1 e-mail", "3 e-mails"."""
    return f"{number} e-mail" if number == 1 else f"{number} e-mails"
