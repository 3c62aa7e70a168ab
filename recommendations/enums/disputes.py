"""Disputes over recommendations that a force does not accept."""

from django.db.models import TextChoices


class DisputeStep(TextChoices):
    """The steps of a dispute, in order."""

    REASON = "reason", "Reason of the force"
    REPLY = "reply", "Reply to the force"
    DECISION = "decision", "Decision of the office"


class DisputeDecision(TextChoices):
    """Whether the office agrees with a force that does not accept a recommendation."""

    AGREES = "agrees", "Agrees with the force"
    DISAGREES = "disagrees", "Does not agree with the force"
