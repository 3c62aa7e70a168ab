"""What becomes of a redaction that was proposed."""

from django.db.models import TextChoices


class RedactionState(TextChoices):
    """A redaction waits for a second person, who confirms or declines it; then it is carried out."""

    PROPOSED = "proposed", "Waits for a second person"
    CONFIRMED = "confirmed", "Confirmed, not carried out yet"
    DONE = "done", "Carried out"
    DECLINED = "declined", "Declined"
