"""Responses under section 55, from the first draft to copies."""

from django.db.models import TextChoices


class ResponseState(TextChoices):
    """The states of a response under section 55. TRANSITIONS in domain/responses/draft/approval_workflow.py has the
    allowed steps.
    """

    DRAFTING = "drafting", "Being drafted"
    SUBMITTED = "submitted", "Submitted for approval"
    APPROVED = "approved", "Approved"
    BROUGHT_IN = "brought_in", "Brought in, to be confirmed"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ResponseStage(TextChoices):
    """The stage of the response to a report, begun or not, from the report's day on (domain/compliance/status.py)."""

    WAITING = "waiting", "Waiting to begin"
    INVITED = "invited", "Chief officer invited"
    COMMENTS_IN = "comments_in", "Chief officer’s comments in"
    DRAFTING = "drafting", "Being drafted"
    SUBMITTED = "submitted", "Submitted for approval"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    COPIES_SENT = "copies_sent", "Published, copies sent"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_NEEDED = "not_needed", "No response needed"


class ResponseAnswer(TextChoices):
    """Whether and how an imported report is responded to."""

    OWN = "own", "Yes: it is drafted from now on"
    SHARED = "shared", "Yes, together with the report that it belongs to"
    NONE = "none", "No"


class ActionKind(TextChoices):
    """The body's explanation for each recommendation (Police Act 1996, section 55(5B))."""

    TAKEN = "taken", "Action taken"
    PROPOSED = "proposed", "Action proposed"
    NONE = "none", "No action"


class Decision(TextChoices):
    """The decision on a text submitted for approval."""

    WAITING = "waiting", "Waits for a decision"
    APPROVED = "approved", "Approved"
    APPROVED_OUTSIDE = "approved_outside", "Approved outside the system"
    SENT_BACK = "sent_back", "Sent back"
    DROPPED = "dropped", "Dropped by a later edit"


class RecipientKind(TextChoices):
    """The kind of recipient of copies (Police Act 1996, section 55(6))."""

    INSPECTORATE = "inspectorate", "The inspectorate"
    HOME_SECRETARY = "home_secretary", "The Home Secretary"
    OTHER = "other", "Other"
