"""Whether what was closed stayed done: what a look at it can find."""

from django.db.models import TextChoices


class RecheckAnswer(TextChoices):
    """What is recorded of a closure when the office decides to look at it again, or has looked."""

    AGAIN = "again", "Look again"
    NOT_AGAIN = "not_again", "Not looked at again"
    HELD = "held", "Held"
    SLIPPED = "slipped", "Slipped"


LOOKED_AT = (RecheckAnswer.HELD, RecheckAnswer.SLIPPED)
