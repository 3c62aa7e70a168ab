"""Send the emails for reminders, issued papers and invitations, for cron or a timer.

Safe to run repeatedly or concurrently.
"""

from collections import Counter

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.domain.force_pages import mails as public_mails
from recommendations.domain.mails import mail_ledger
from recommendations.emails.daily import due_now, send_reminders
from recommendations.emails.delivery import MailOutcome, MailTopic
from recommendations.emails.public import send_public_mails, topics_of
from recommendations.enums import MailState
from recommendations.forms.site.fields import read_day
from recommendations.last_runs import note_run
from recommendations.sections import reading_once

# Some of MailState: nothing is wrong with the others.
ENDINGS: dict[str, str] = {
    MailState.FAILED: "not sent; the next run tries again",
    MailState.HANDED: "not known whether it arrived; it is not sent again",
}


class Command(BaseCommand):
    help = (
        "Send the reminders that are due today, of update rounds, last days, approvals, target dates, commitments and "
        "assurances: one email a person a day at most, and none about what is done; one to each person chosen to hear "
        "of an issued paper; invitations to comment; and one about a new release to each who asked for it on a force’s "
        "public page. Ends with an error where one could not be sent."
    )

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="DATE", help="as if it were this day (default: today in London)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be sent, and send nothing")

    @reading_once()
    def handle(self, *args, on, dry_run, **options):
        on = self.day(on)
        if dry_run:
            return self.say("would be sent", due_now(on=on, at=timezone.now()) + public_mails_due())
        stopped = mail_ledger.note_stopped(timezone.now())
        outcomes = [*send_reminders(on=on, clock=timezone.now), *send_public_mails(timezone.now)]
        self.say("sent", [each.about for each in outcomes if each.state == MailState.SENT])
        wrong = problems(outcomes) + ([f"{e_mails(stopped)}: {mail_ledger.STOPPED}"] if stopped else [])
        if wrong:
            raise CommandError("\n".join(wrong))
        note_run("send_reminders", at=timezone.now())
        return None

    def say(self, done: str, mails: list[tuple[MailTopic, ...]]) -> None:
        """Print how many emails there are and which rounds and papers they are about, without addresses or text."""
        self.stdout.write(f"{e_mails(len(mails))} {done}.")
        about = Counter(each for due in mails for each in due)
        for each, number in sorted(about.items()):
            self.stdout.write(f"  {each}: {number} {'person' if number == 1 else 'people'}")

    def day(self, typed: str | None):
        try:
            return read_day(typed) if typed else timezone.localdate()
        except ValidationError as wrong:
            raise CommandError(f"--on: {wrong.message}") from None


def public_mails_due() -> list[tuple[MailTopic, ...]]:
    """Return the topics of each email due to subscribers of public pages."""
    return [topics_of(each) for each in public_mails.waiting(timezone.now())]


def problems(outcomes: list[MailOutcome]) -> list[str]:
    """Return what went wrong: each cause once, with its number of emails."""
    found = Counter((each.state, each.problem) for each in outcomes if each.state in ENDINGS)
    return [f"{e_mails(number)} {ENDINGS[state]}. {problem}" for (state, problem), number in found.items()]


def e_mails(number: int) -> str:
    """ "1 email", "3 emails"."""
    return f"{number} email" if number == 1 else f"{number} emails"
