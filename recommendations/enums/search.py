"""The vocabulary of search. Pure, as the package, through which everybody takes it."""

from django.db.models import TextChoices


class SearchKind(TextChoices):
    """What a search finds, in the order in which a page counts it."""

    RECOMMENDATION = "recommendation", "recommendations"
    UPDATE = "update", "force updates"
    ASSURANCE = "assurance", "office’s views"
    STATUS = "status", "HMICFRS status"
    TARGET = "target", "targets"
    CLOSURE = "closure", "closures"
    COMMENT = "comment", "comments in responses"
    DRAFT = "draft", "drafts of responses"
    COMMITMENT = "commitment", "commitments"
    REPORT = "report", "inspection reports"
    MEETING = "meeting", "meetings"
    REQUEST = "request", "committee requests"
    PAPER = "paper", "papers"
    NOTE = "note", "office notes"
    FILE = "file", "files"


class Speaker(TextChoices):
    """Whose word it is."""

    FORCE = "force", "Force"
    OFFICE = "opcc", "OPCC"
    INSPECTORATE = "hmi", "HMICFRS"


class Readers(TextChoices):
    """Who may read what is found. models/search.py says what that means for a person."""

    PUBLIC = "public", "Everybody"
    FORCE = "force", "The office and the force that it is about"
    OFFICE = "office", "The office"
    REPORTS = "reports", "Whoever may see the inspection"
    RESPONSES = "responses", "Whoever may see responses"
    MEETINGS = "meetings", "Whoever may see the meeting"
    REQUESTS = "requests", "Whoever may see the request"
    PAPERS = "papers", "Whoever may see the paper"
