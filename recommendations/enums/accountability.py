"""Accountability meetings: how one stands, what an item is about, and by what evidence what was asked closes."""

from django.db.models import TextChoices


class AgendaState(TextChoices):
    """How far an accountability meeting is."""

    PREPARING = "preparing", "Agenda in preparation"
    READY = "ready", "Agenda ready"
    MINUTED = "minuted", "Minuted"


class ItemKind(TextChoices):
    """What an agenda item draws on."""

    REGISTER = "register", "Part of the register"
    RECOMMENDATION = "tracked", "One recommendation"
    REPORT = "inspection", "A report"
    GRADE = "grade", "A PEEL grade"
    COMMITMENT = "commitment", "A commitment"
    ACTION = "action", "An open action"
    REQUEST = "request", "A committee’s request"
    WORDS = "words", "Something else"


# The item's column with the record that it is about.
ABOUT = (
    *(ItemKind.RECOMMENDATION, ItemKind.REPORT, ItemKind.GRADE, ItemKind.COMMITMENT),
    *(ItemKind.ACTION, ItemKind.REQUEST),
)


class ProofKind(TextChoices):
    """What shows that an action is done, or a request answered."""

    REPLY = "reply", "A reply"
    LETTER = "letter", "A letter"
    FILE = "file", "A file or report"
    MEETING = "meeting", "What was said at a meeting"
    PAPER = "paper", "A paper"
