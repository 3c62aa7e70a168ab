"""Judgements of a legacy review. Pure."""

from django.db.models import TextChoices


class LegacyVerdict(TextChoices):
    """What becomes of a recommendation that was open when the review began."""

    GOES_ON = "goes_on", "Goes on"
    REFRAMED = "reframed", "Reframed"
    SUPERSEDED = "superseded", "Superseded"
    CLOSED = "closed", "Closed"


# Those for which closure is requested, as for any recommendation.
ASKS_FOR_CLOSURE = (LegacyVerdict.SUPERSEDED, LegacyVerdict.CLOSED)
