"""E-mails for reminders, issued papers, notices and invitations to comment: their text, and sending them.

They contain links, counts and days only, and no text of a record; an invitation is its letter, about a published
report. A run may be interrupted at any moment, and two may run at once: the ledgers (domain/mails/mail_ledger.py)
prevent duplicates.
"""

import datetime
import logging
import smtplib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends import smtp
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from recommendations.documents.responses.letter_text import SUBJECT, plain_letter
from recommendations.domain.mails import mail_ledger
from recommendations.domain.ownership import mails as notice_mails
from recommendations.domain.ownership.mails import NoticesMail
from recommendations.domain.papers import notifications
from recommendations.domain.papers.notifications import PaperNotice
from recommendations.domain.reminders import ledger as reminders
from recommendations.domain.reminders.ledger import DueToday, Reminder
from recommendations.domain.reminders.text import paragraphs, step_words
from recommendations.domain.responses.chief_officers import notifications as invited
from recommendations.domain.responses.chief_officers.invitation_letter import invitation_letter
from recommendations.domain.responses.chief_officers.notifications import InvitationNotice
from recommendations.domain.rounds.reminders import DueReminder
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import ReminderKind
from recommendations.models import AccountInvitation, Invitation, PaperReader, User
from recommendations.periods import say
from recommendations.telemetry import emit, since

SUBJECTS = {
    ReminderKind.ASKED: "Oversight: You are asked for updates",
    ReminderKind.BEFORE: "Oversight: The last day for updates is near",
    ReminderKind.AFTER: "Oversight: The last day for updates has passed",
}
INVITED = "Oversight: You are invited"
NOTICES = "Oversight: Something was given to you, or a note names you"
ISSUED = "Oversight: A paper is issued to your committee"
# Ask for no out-of-office replies (RFC 3834; the second header is Exchange's).
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
logger = logging.getLogger(__name__)
CANNOT_BE_READ = "The e-mail address cannot be written to."


class Unanswered(smtplib.SMTPServerDisconnected):
    """Raised if the connection is lost after the whole message went: nobody knows whether the server accepted it."""


class _Attentive(smtplib.SMTP):
    """smtplib with a hook before a message's text goes, and a separate error for a connection lost after that."""

    before_text: Callable[[], None] = staticmethod(lambda: None)

    def data(self, msg):
        self.before_text()
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except OSError as lost:
            raise Unanswered(str(lost)) from lost


class _AttentiveTLS(_Attentive, smtplib.SMTP_SSL):
    pass


class Courier(smtp.EmailBackend):
    """Django's SMTP backend, which greets the server on opening, and raises Unanswered."""

    @property
    def connection_class(self):
        return _AttentiveTLS if self.use_ssl else _Attentive

    def open(self):
        opened = super().open()
        if opened and self.connection is not None:
            self.connection.ehlo_or_helo_if_needed()
        return opened

    def send_messages(self, email_messages):
        """Send as Django does, and emit whether the server accepted: without addresses or texts."""
        begun, outcome = perf_counter(), "failed"
        try:
            sent = super().send_messages(email_messages)
            outcome = "sent"
        except Unanswered:
            outcome = "not_known"
            raise
        finally:
            emit("mail", outcome=outcome, ms=since(begun))
        return sent


class TakenUp(Exception):
    """Raised if another run has claimed this e-mail meanwhile."""


class Unreachable(Exception):
    """Raised if the mail server can't be reached. The message says why."""


class MailTopic(NamedTuple):
    """The topic of an e-mail, without names: "round 3, asked", "target date, 7 days before"."""

    noun: str
    pk: int | None  # None for all of a kind
    words: str

    def __str__(self):
        return f"{self.noun} {self.pk}, {self.words}" if self.pk else f"{self.noun}, {self.words}"


ABOUT_NOTICES = (MailTopic("notices", 0, "given or named"),)  # whatever records they are about


@dataclass(frozen=True)
class MailOutcome:
    """The result of sending one e-mail."""

    about: tuple[MailTopic, ...]
    state: str
    problem: str


class Post:
    """The connection for all e-mails of a run. A server that can't be reached is not tried again in the same run."""

    def __init__(self):
        self.mailer = mailers.default
        self.unreachable = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._hang_up()

    def open(self) -> None:
        """Connect unless connected already. Raises Unreachable."""
        if self.unreachable:
            raise Unreachable(self.unreachable)
        try:
            self.mailer.open()
        except OSError as failed:
            self._hang_up()
            emit("mail", outcome="unreachable")
            self.unreachable = f"The mail server cannot be reached: {say_wrong(failed)}."
            raise Unreachable(self.unreachable) from failed

    def send(self, message: EmailMessage, hand_over: Callable[[], None]) -> None:
        """Send one message; `hand_over` is called right before its text goes.

        Raises what the mailer or `hand_over` raises, after closing the connection.
        """
        try:
            if isinstance(self.mailer, Courier):
                assert isinstance(self.mailer.connection, _Attentive)  # it is open, and of Courier.connection_class
                self.mailer.connection.before_text = hand_over
            else:
                hand_over()
            self.mailer.send_messages([message])
        except Exception:
            self._hang_up()
            raise

    def _hang_up(self) -> None:
        with suppress(OSError):  # closed already
            self.mailer.close()


def send_reminders(*, on: datetime.date, clock: Callable[[], datetime.datetime]) -> Iterator[MailOutcome]:
    """Send what is due on a London day: to each person one e-mail with all reminders and one with all notices, and one
    for each paper issued to them and each invitation to comment.

    Yields each outcome. `clock` returns the current moment in UTC. What fails is due again in the next run.
    """
    with Post() as post:
        for person, _ in reminders.waiting(on, clock()):
            reminder = reminders.claim(person=person, on=on, at=clock())
            if reminder and deliver(reminder, write, post, clock):
                yield MailOutcome(about_reminders(reminder.due), reminder.mail.state, reminder.mail.problem)
        for reader in notifications.waiting(clock()):
            notice = notifications.claim(reader=reader, at=clock())
            if notice and deliver(notice, write_issued, post, clock):
                yield MailOutcome(about_paper(reader), notice.mail.state, notice.mail.problem)
        for person in notice_mails.waiting(on, clock()):
            told = notice_mails.claim(person=person, on=on, at=clock())
            if told and deliver(told, write_notices, post, clock):
                yield MailOutcome(ABOUT_NOTICES, told.mail.state, told.mail.problem)
        for each in invited.waiting(clock()):
            letter = invited.claim(invitation=each, at=clock())
            if letter and deliver(letter, write_invitation, post, clock):
                yield MailOutcome(about_invitation(each), letter.mail.state, letter.mail.problem)


def due_now(*, on: datetime.date, at: datetime.datetime) -> list[tuple[MailTopic, ...]]:
    """The topics of each e-mail that would be sent now. Read-only."""
    due = [about_reminders(due) for _, due in reminders.waiting(on, at)]
    papers = [about_paper(reader) for reader in notifications.waiting(at)]
    notices = [ABOUT_NOTICES for _ in notice_mails.waiting(on, at)]
    return [*due, *papers, *notices, *map(about_invitation, invited.waiting(at))]


def about_reminders(due: DueToday) -> tuple[MailTopic, ...]:
    """The topics of a reminder: its rounds, and everything else."""
    rounds = [MailTopic("round", each.round.pk, ReminderKind(each.kind).label.lower()) for each in due.rounds]
    steps = {(each.matter.topic, each.step) for each in due.matters}
    others = [MailTopic(topic.label.lower(), None, step_words(topic, step)) for topic, step in sorted(steps)]
    return (*rounds, *others)


def about_paper(reader: PaperReader) -> tuple[MailTopic, ...]:
    """The topic of an e-mail about an issued paper."""
    return (MailTopic("paper", reader.issue.paper_id, "issued"),)


def about_invitation(invitation: Invitation) -> tuple[MailTopic, ...]:
    """The topic of an invitation to comment: the response."""
    return (MailTopic("response", invitation.response_id, "invitation"),)


def deliver(claimed, write: Callable, post: Post, clock) -> bool:
    """Send an e-mail that this run has claimed, and record the outcome in its ledger. False: another run has it."""
    try:
        post.open()
        post.send(write(claimed), partial(_hand_over, claimed))
    except TakenUp:
        return False
    except Unanswered:
        mail_ledger.mark_not_known(claimed, "The mail server was given it, and did not answer.", at=clock())
    except Unreachable as failed:
        mail_ledger.mark_failed(claimed, str(failed), at=clock())
    except OSError as failed:
        mail_ledger.mark_failed(claimed, f"The mail server did not take it: {say_wrong(failed)}.", at=clock())
    except Refusal as refused:
        mail_ledger.mark_failed(claimed, refused.message, at=clock())
    except ValueError:
        mail_ledger.mark_failed(claimed, CANNOT_BE_READ, at=clock())
    else:
        mail_ledger.mark_sent(claimed, at=clock())
    return True


def _hand_over(claimed) -> None:
    """Mark it as handed over: until it is marked as sent, only the mail server knows. Raises TakenUp."""
    if not mail_ledger.hand_over(claimed):
        raise TakenUp


def write(reminder: Reminder) -> EmailMessage:
    """A reminder's message: the subject names the most pressing item, the id is that of the ledger's row."""
    rounds = [(words_of(each, reminder.person), link_to(each)) for each in reminder.due.rounds]
    others = paragraphs(reminder.due.matters, reminder.mail.day)
    addresses = {"origin": settings.ORIGIN, "choose": f"{settings.ORIGIN}{reverse('reminders')}"}
    body = render_to_string("emails/reminder.txt", {"rounds": rounds, "others": others, **addresses})
    return _message(subject_of(reminder.due), body, reminder.person, f"reminder-{reminder.mail.pk}")


def subject_of(due: DueToday) -> str:
    """The subject of a reminder: the most pressing round if there are only rounds, else the number of items."""
    if not due.matters:
        return SUBJECTS[max((each.kind for each in due.rounds), key=list(ReminderKind).index)]
    number = len(due.rounds) + len(due.matters)
    return f"Oversight: {number:,} {'reminder' if number == 1 else 'reminders'}"


def write_issued(notice: PaperNotice) -> EmailMessage:
    """The message about a paper issued to a meeting: the meeting's day and a link, nothing of the paper."""
    issue = notice.reader.issue
    link = f"{settings.ORIGIN}{issue.paper.get_absolute_url()}"
    words = {"day": f"{issue.meeting_on:%A} {say(issue.meeting_on)}", "link": link}
    body = render_to_string("emails/paper_issued.txt", words)
    return _message(ISSUED, body, notice.reader.person, f"paper-{notice.mail.pk}")


def write_notices(told: NoticesMail) -> EmailMessage:
    """The message about records assigned to a person and notes that mention them: numbers and a link, no text."""
    words = {"given": told.given, "named": told.named, "origin": settings.ORIGIN, "account": reverse("account")}
    body = render_to_string("emails/notices.txt", words)
    return _message(NOTICES, body, told.person, f"notices-{told.mail.pk}")


def write_invitation(notice: InvitationNotice) -> EmailMessage:
    """The message with the letter that invites a chief officer to comment. Raises Refusal as the letter does."""
    invitation = notice.invitation
    assert invitation.sent_on is not None  # both are set, as it goes by e-mail
    assert invitation.mailed_to is not None
    address = f"{settings.ORIGIN}{reverse('write_comments', args=[invitation.pk])}"
    letter = invitation_letter(invitation=invitation, on=invitation.sent_on, form_address=address)
    subject, body = plain_letter(letter).removeprefix(SUBJECT).split("\n\n", 1)
    return _message(subject.strip(), body, invitation.mailed_to, f"invitation-{notice.mail.pk}")


def invitation_link(secret: str) -> str:
    """The link for accepting an account invitation, under the configured origin."""
    return f"{settings.ORIGIN}{reverse('accept_invitation', args=[secret])}"


def send_account_invitation(invitation: AccountInvitation, link: str) -> bool:
    """Send the link to the invited person. False if that failed; then the inviter is shown the link."""
    assert invitation.expires_at is not None  # a link was made
    ends = timezone.localtime(invitation.expires_at)
    body = render_to_string(
        "emails/account_invitation.txt", {"link": link, "ends": f"{ends:%H:%M on %A} {say(ends.date())}"}
    )
    try:
        return bool(EmailMessage(INVITED, body, to=[invitation.email], headers=HEADERS).send())
    except OSError as failed:
        logger.error("The e-mail of an invitation could not be sent: %s", say_wrong(failed))
        return False


def _message(subject: str, body: str, person: User, number: str) -> EmailMessage:
    return message_to(person.email, subject, body, number)


def message_to(address: str, subject: str, body: str, number: str) -> EmailMessage:
    """A message to one address. `number` is the ledger's kind and row number, for the Message-ID."""
    headers = HEADERS | {"Message-ID": f"<{number}@{urlsplit(settings.ORIGIN).hostname}>"}
    return EmailMessage(subject, body, to=[address], headers=headers)


def link_to(due: DueReminder) -> str:
    """The link to a round, under the configured origin."""
    return f"{settings.ORIGIN}{due.round.get_absolute_url()}"


def words_of(due: DueReminder, person: User) -> str:
    """What a reminder says of one round: how many updates are missing, by which day, and how many were returned."""
    number, day = due.figures.with_the_force, f"{due.round.due_on:%A} {say(due.round.due_on)}"
    updates, have = ("1 update", "has") if number == 1 else (f"{number:,} updates", "have")
    if due.kind == ReminderKind.ASKED:
        said = f"You are asked for {updates}. The last day is {day}."
    elif due.kind == ReminderKind.BEFORE:
        said = f"The last day is {day}, and {updates} {have} not come."
    else:
        asked = " that you asked for" if person.force_id is None else ""
        said = f"The last day was {day}, and {updates}{asked} {have} not come."
    return f"{said}{_returned(due.figures.returned, number)}"


def _returned(returned: int, number: int) -> str:
    if not returned:
        return ""
    if returned == number:
        return " It was returned with a question." if number == 1 else " They were returned with a question."
    return f" {returned:,} of them {'was' if returned == 1 else 'were'} returned with a question."


def say_wrong(failed: OSError) -> str:
    """What went wrong with the mail server, briefly: its status code, never its text."""
    if isinstance(failed, smtplib.SMTPRecipientsRefused):
        return f"it refuses the address ({', '.join(sorted({str(code) for code, _ in failed.recipients.values()}))})"
    if isinstance(failed, smtplib.SMTPAuthenticationError):
        return f"it refuses the name or password ({failed.smtp_code})"
    if isinstance(failed, smtplib.SMTPResponseException):
        return f"it answered {failed.smtp_code}"
    if isinstance(failed, smtplib.SMTPServerDisconnected):
        return "it ended the connection"
    return (failed.strerror or str(failed) or type(failed).__name__).rstrip(".").lower()
