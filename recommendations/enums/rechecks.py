"""The answers of a recheck: whether what was closed stayed done."""

from django.db.models import TextChoices


class RecheckAnswer(TextChoices):
    """What is recorded when the office plans to recheck a closure, or has done so."""

    AGAIN = "again", "Look again"
    NOT_AGAIN = "not_again", "Not looked at again"
    HELD = "held", "Held"
    SLIPPED = "slipped", "Slipped"
