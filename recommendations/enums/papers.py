"""Scrutiny reports: their states, matters and factual checks."""

from django.db.models import TextChoices


class PaperState(TextChoices):
    """The states of a scrutiny report."""

    DRAFT = "draft", "Draft"
    FINALISED = "finalised", "Finalised"


class Matter(TextChoices):
    """The subject of a matter on a paper's first page, in the usual order (domain/papers/sections/matters.py)."""

    NO_RECOVERY = "no_recovery", "Overdue without a recovery plan"
    LONGEST = "longest", "The longest overdue"
    NO_DATE = "no_date", "No date set"
    NOT_ASSURED = "not_assured", "Open and not assured"
    LATE_RESPONSE = "late_response", "Responses late"
    MOVED = "moved", "Targets moved three times or more"
    OWN = "own", "No figure: the office’s own words"
    NONE = "none", "Leave this one out"


class FactualReply(TextChoices):
    """A force's reply to a factual check."""

    NONE = "none", "No correction"
    CORRECTIONS = "corrections", "Corrections"


class CorrectionAnswer(TextChoices):
    """The office's answer to a force's correction."""

    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
