"""What is said of a recommendation that the force does not accept."""

from django.db.models import TextChoices


class DisputeStep(TextChoices):
    """What is said, in this order, of a recommendation that the force does not accept."""

    REASON = "reason", "Reason of the force"
    REPLY = "reply", "Reply to the force"
    DECISION = "decision", "Decision of the office"


class DisputeDecision(TextChoices):
    """Whether the office agrees with a force that does not accept a recommendation."""

    AGREES = "agrees", "Agrees with the force"
    DISAGREES = "disagrees", "Does not agree with the force"
