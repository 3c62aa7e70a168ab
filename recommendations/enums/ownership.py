"""The kinds of record that can be assigned and have notes, and the kinds of notice."""

from django.db.models import TextChoices


class RecordKind(TextChoices):
    """The kinds of record that can be assigned and have notes."""

    RECOMMENDATION = "recommendation", "Recommendation"
    REPORT = "report", "Report"
    RESPONSE = "response", "Response"
    COMMITMENT = "commitment", "Commitment"
    ROUND = "round", "Update round"
    MEETING = "meeting", "Meeting"
    REQUEST = "request", "Committee’s request"
    PAPER = "paper", "Paper"


class NoticeKind(TextChoices):
    """Why a person gets a notice."""

    GIVEN = "given", "Given to you"
    NAMED = "named", "Named in a note"
