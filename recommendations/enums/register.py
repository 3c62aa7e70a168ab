"""How a tracked recommendation stands: the three voices, its closure and its colour."""

from django.db.models import TextChoices


class Position(TextChoices):
    """The force's position on the recommendation; "" until it has taken one."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY_ACCEPTED = "partly_accepted", "Accepted in part"
    NOT_ACCEPTED = "not_accepted", "Not accepted"


class Vocabulary(TextChoices):
    """The vocabularies whose labels an office can change (models.Label)."""

    STAGE = "stage", "Stage"
    INSPECTORATE_STATUS = "inspectorate_status", "HMICFRS status"
    RISK = "risk", "Risk"
    THEME = "theme", "Theme"
    DELAY_CAUSE = "delay_cause", "Cause of delay"


class Stage(TextChoices):
    AWAITING_ALLOCATION = "awaiting_allocation", "Awaiting allocation"
    IN_PROGRESS = "in_progress", "In progress"
    PENDING_SIGN_OFF = "pending_sign_off", "Pending sign-off"


class InspectorateStatusKind(TextChoices):
    """The inspectorate's latest status, as on its former public register. The labels are data."""

    AWAITING_REVIEW = "awaiting_review", "Awaiting review"
    BEING_PROGRESSED = "being_progressed", "Being progressed"
    COMPLETE = "complete", "Complete"
    NO_FURTHER_ACTION = "no_further_action", "No further action needed"
    SUPERSEDED = "superseded", "Superseded"


AGREES_WITH_CLOSURE = (
    InspectorateStatusKind.COMPLETE,
    InspectorateStatusKind.NO_FURTHER_ACTION,
    InspectorateStatusKind.SUPERSEDED,
)


class AssuranceView(TextChoices):
    ASSURED = "assured", "Assured"
    PARTLY_ASSURED = "partly_assured", "Partly assured"
    NOT_ASSURED = "not_assured", "Not assured"


class Outcome(TextChoices):
    """Why a recommendation is closed."""

    IMPLEMENTED = "implemented", "Implemented"
    NOT_IMPLEMENTED = "not_implemented", "Not implemented"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ClosureState(TextChoices):
    """The states of a closure. TRANSITIONS in domain/register/closures.py has the allowed steps."""

    REQUESTED = "requested", "Closure requested"
    DECLINED = "declined", "Closure not approved"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Reopened"


class Rag(TextChoices):
    """The colour of a tracked recommendation: the first that applies (domain/register/rag.py)."""

    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"
    GREY = "grey", "Grey"
    BLUE = "blue", "Blue"


class Flag(TextChoices):
    DUE_SOON = "due_soon", "Due soon"
    NO_UPDATE = "no_update", "No update"


class Marking(TextChoices):
    """Government Security Classifications, lowest first. Anything higher does not belong here."""

    OFFICIAL = "official", "OFFICIAL"
    SENSITIVE = "sensitive", "OFFICIAL-SENSITIVE"


class RecheckAnswer(TextChoices):
    """What is recorded when the office plans to recheck a closure, or has done so."""

    AGAIN = "again", "Look again"
    NOT_AGAIN = "not_again", "Not looked at again"
    HELD = "held", "Held"
    SLIPPED = "slipped", "Slipped"


class ColumnWidth(TextChoices):
    """A column's usual width, or one step narrower or wider."""

    NARROW = "narrow", "Narrow"
    NORMAL = "normal", "Normal"
    WIDE = "wide", "Wide"
