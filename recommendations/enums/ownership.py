"""What colleagues are given and write notes on, and why a person is told something."""

from django.db.models import TextChoices


class RecordKind(TextChoices):
    """What colleagues write notes on, and are given."""

    RECOMMENDATION = "recommendation", "Recommendation"
    REPORT = "report", "Report"
    RESPONSE = "response", "Response"
    COMMITMENT = "commitment", "Commitment"
    ROUND = "round", "Update round"
    MEETING = "meeting", "Meeting"
    REQUEST = "request", "Committee’s request"
    PAPER = "paper", "Paper"


class NoticeKind(TextChoices):
    """Why a person is told something."""

    GIVEN = "given", "Given to you"
    NAMED = "named", "Named in a note"
