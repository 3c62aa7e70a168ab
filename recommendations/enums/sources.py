"""Sources of recommendations, and the rules of their law: who answers, and what starts the clock."""

from django.db.models import TextChoices


class SourceKind(TextChoices):
    """The kind of a source. Forms and warnings depend on it."""

    HMICFRS = "hmicfrs", "HMICFRS"
    SUPER_COMPLAINT = "super_complaint", "Super-complaint"
    FIRE = "fire", "Fire and rescue inspection"
    IOPC = "iopc", "IOPC"
    CORONER = "coroner", "Coroner"
    AUDIT = "audit", "Internal audit"
    ICO = "ico", "Information Commissioner’s Office"
    REVIEW = "review", "Safeguarding or homicide review"
    INQUIRY = "inquiry", "Inquiry"
    DIRECTION = "direction", "Direction to a force"
    OTHER = "other", "Other"


# Keys of the sources published by HMICFRS, for which the kind of a report determines its law.
HMICFRS, SUPER_COMPLAINT, FIRE = OF_HMICFRS = ("hmicfrs", "super-complaint", "fire")


class Answerer(TextChoices):
    """Who must answer."""

    POLICING_BODY = "policing_body", "Policing body"
    CHIEF_OFFICER = "chief_officer", "Chief officer"
    FIRE_AUTHORITY = "fire_authority", "Fire authority"
    STATED = "stated", "As stated"
    NOBODY = "nobody", "No one"


class ClockStart(TextChoices):
    """What starts the clock."""

    PUBLISHED = "published", "The day of publication"
    MADE = "made", "The day it was made"
    SENT = "sent", "The day it was sent"
    RECEIVED = "received", "The day it was received"
    STATED = "stated", "The last day is stated or agreed"
    NONE = "none", "No day is counted"

    @property
    def word(self) -> str:
        """What happened on the first day: "made". "" if no days are counted."""
        return str(self) if self in COUNTED else ""


REACHING = (ClockStart.MADE, ClockStart.SENT, ClockStart.RECEIVED)  # days that no publication says
COUNTED = (ClockStart.PUBLISHED, *REACHING)


class AnswerStepKind(TextChoices):
    """The progress of an answer by someone else that the office follows."""

    ASKED = "asked", "Asked for"
    SEEN = "seen", "Seen by the office"
    SENT = "sent", "Sent"
    PUBLISHED = "published", "Published"


class ExtensionAnswer(TextChoices):
    """The answer to a request for more time."""

    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Refused"
