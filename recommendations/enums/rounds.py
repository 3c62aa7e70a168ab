"""Update rounds."""

from django.db.models import TextChoices


class LineState(TextChoices):
    """The states of a line of an update round. TRANSITIONS in domain/rounds/rounds.py has the allowed steps."""

    ASKED = "asked", "Not answered"
    RELEASED = "released", "For the office to look at"
    RETURNED = "returned", "Returned with a question"
    ACCEPTED = "accepted", "Accepted"


class ReminderKind(TextChoices):
    """Why a person of the force is reminded of an update round."""

    ASKED = "asked", "Asked"
    BEFORE = "before", "The last day is near"
    AFTER = "after", "The last day has passed"
