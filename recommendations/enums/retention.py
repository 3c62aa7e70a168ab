"""The states of a redaction."""

from django.db.models import TextChoices


class RedactionState(TextChoices):
    """A proposed redaction waits for a second person to confirm or decline it; then it is carried out."""

    PROPOSED = "proposed", "Waits for a second person"
    CONFIRMED = "confirmed", "Confirmed, not carried out yet"
    DONE = "done", "Carried out"
    DECLINED = "declined", "Declined"
