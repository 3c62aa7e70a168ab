"""The vocabulary of search. Pure, like the package; import from there."""

from django.db.models import TextChoices


class SearchKind(TextChoices):
    """The kinds of search result, in the order in which the page lists their counts."""

    RECOMMENDATION = "recommendation", "recommendations"
    UPDATE = "update", "force updates"
    ASSURANCE = "assurance", "OPCC assurance"
    STATUS = "status", "HMICFRS status"
    TARGET = "target", "targets"
    CLOSURE = "closure", "closures"
    ACTION = "action", "actions"
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
    """Whose words they are."""

    FORCE = "force", "Force"
    OFFICE = "opcc", "OPCC"
    INSPECTORATE = "hmi", "HMICFRS"


class Readers(TextChoices):
    """Who may read a search result. models/search/search.py has the rule for each."""

    PUBLIC = "public", "Everybody"
    FORCE = "force", "The office and the force that it is about"
    OFFICE = "office", "The office"
    REPORTS = "reports", "Whoever may see the inspection"
    RESPONSES = "responses", "Whoever may see responses"
    MEETINGS = "meetings", "Whoever may see the meeting"
    REQUESTS = "requests", "Whoever may see the request"
    PAPERS = "papers", "Whoever may see the paper"
