"""The states of emails."""

from django.db.models import TextChoices


class MailState(TextChoices):
    """The states of an email: claimed before it is sent, so that it can't be sent twice.

    Whether one that was handed over but not marked as sent has arrived is unknown.
    """

    CLAIMED = "claimed", "Being sent"
    HANDED = "handed", "Handed over"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"
