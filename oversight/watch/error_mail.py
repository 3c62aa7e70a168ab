"""Errors by email to the operator: what the log says of them, with a limit on frequency."""

import logging
import time
from threading import Thread

from django.conf import settings
from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)
BEGIN = "An error in Oversight at {origin}. The log has the same, by the id of the request.\n\n"
MORE = "\n\nSince the email before this one there were {number} more errors, which are in the log."


class MailErrors(logging.Handler):
    """Sends the first error, and then at most one per process in `every` seconds. The others are counted.

    A separate thread sends it, so that no request waits for the mail server.
    """

    def __init__(self, to: list[str], every: int) -> None:
        super().__init__(logging.ERROR)
        self.to, self.every = to, every
        self.sent_at, self.left_out = -float(every), 0

    def emit(self, record: logging.LogRecord) -> None:
        now = time.monotonic()
        if now - self.sent_at < self.every:
            self.left_out += 1
            return
        text = BEGIN.format(origin=settings.ORIGIN) + self.format(record)
        text += MORE.format(number=self.left_out) if self.left_out else ""
        self.sent_at, self.left_out = now, 0
        Thread(target=self._send, args=(text,), name="error mail").start()

    def _send(self, text: str) -> None:
        try:
            EmailMessage("Oversight: an error", text, to=self.to).send()
        except Exception as wrong:  # only logged as a warning: an error would be emailed too
            logger.warning("The email about an error could not be sent: %s", type(wrong).__name__)
