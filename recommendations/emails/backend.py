"""The SMTP backend: it knows whether the mail server accepted a message, and says what went wrong in few words."""

import smtplib
from collections.abc import Callable
from time import perf_counter

from django.core.mail.backends import smtp

from recommendations.telemetry import emit, since


class Unanswered(smtplib.SMTPServerDisconnected):
    """Raised if the connection is lost after the whole message went: nobody knows whether the server accepted it."""


class Attentive(smtplib.SMTP):
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


class AttentiveTLS(Attentive, smtplib.SMTP_SSL):
    pass


class Courier(smtp.EmailBackend):
    """Django's SMTP backend, which greets the server on opening, and raises Unanswered."""

    @property
    def connection_class(self):
        return AttentiveTLS if self.use_ssl else Attentive

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
