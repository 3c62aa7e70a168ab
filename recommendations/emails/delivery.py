"""Delivering one email of a ledger: over one connection for all of a run, with its outcome recorded.

A run may be interrupted at any moment, and two may run at once: the ledgers (domain/mails/mail_ledger.py) prevent
duplicates.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from django.core.mail import EmailMessage, mailers

from recommendations.domain.mails import mail_ledger
from recommendations.domain.writing.refusals import Refusal
from recommendations.emails.backend import Attentive, Courier, Unanswered, say_wrong
from recommendations.telemetry import emit

CANNOT_BE_READ = "The email address cannot be written to."


class ClaimedElsewhere(Exception):
    """Raised if another run has claimed this email meanwhile."""


class Unreachable(Exception):
    """Raised if the mail server can't be reached. The message says why."""


class MailTopic(NamedTuple):
    """The topic of an email, without names: "round 3, asked", "target date, 7 days before"."""

    noun: str
    pk: int | None  # None for all of a kind
    words: str

    def __str__(self):
        return f"{self.noun} {self.pk}, {self.words}" if self.pk else f"{self.noun}, {self.words}"


@dataclass(frozen=True)
class MailOutcome:
    """The result of sending one email."""

    about: tuple[MailTopic, ...]
    state: str
    problem: str


class Post:
    """The connection for all emails of a run. A server that can't be reached is not tried again in the same run."""

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
                assert isinstance(self.mailer.connection, Attentive)  # it is open, and of Courier.connection_class
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


def deliver(claimed, write: Callable, post: Post, clock) -> bool:
    """Send an email that this run has claimed, and record the outcome in its ledger. False: another run has it."""
    try:
        post.open()
        post.send(write(claimed), partial(_hand_over, claimed))
    except ClaimedElsewhere:
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
    """Mark it as handed over: until it is marked as sent, only the mail server knows. Raises ClaimedElsewhere."""
    if not mail_ledger.hand_over(claimed):
        raise ClaimedElsewhere
