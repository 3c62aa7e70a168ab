"""Commitments and their checks."""

from django.db.models import TextChoices


class Every(TextChoices):
    """How often a commitment is checked."""

    ONCE = "once", "Once"
    MONTH = "month", "Every month"
    QUARTER = "quarter", "Every quarter"
    HALF_YEAR = "half_year", "Every six months"
    YEAR = "year", "Every year"

    @property
    def months(self) -> int:
        """Months between two checks; 0 if it is checked once."""
        return {"once": 0, "month": 1, "quarter": 3, "half_year": 6, "year": 12}[self]


class CheckOutcome(TextChoices):
    """The result of a check of a commitment."""

    KEPT = "kept", "Kept"
    PARTLY = "partly", "Partly kept"
    NOT_YET = "not_yet", "Not kept yet"
    DROPPED = "dropped", "Dropped"
