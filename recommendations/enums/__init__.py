"""The vocabulary of the domain as enums. Pure: no queries, no settings."""

from django.db.models import TextChoices

from recommendations.enums.panels import REPRESENTS, Frequency, MeetingFileKind, MeetingState, PanelKind, Presence

__all__ = ["REPRESENTS", "Frequency", "MeetingFileKind", "MeetingState", "PanelKind", "Presence"]


class Role(TextChoices):
    """A user's one role, which determines what they may do (permissions.py)."""

    OPCC_OFFICER = "opcc_officer", "OPCC officer"
    APPROVING_OFFICER = "approving_officer", "Approving officer"
    FORCE_INSPECTION_LEAD = "force_inspection_lead", "Force inspection lead"
    COMMITTEE_MEMBER = "committee_member", "Committee member"
    ADMINISTRATOR = "administrator", "Administrator"


class BodyKind(TextChoices):
    COMMISSIONER = "commissioner", "Police and crime commissioner"
    FIRE_COMMISSIONER = "fire_commissioner", "Police, fire and crime commissioner"
    MAYOR = "mayor", "Mayor"
    AUTHORITY = "authority", "Authority"
    BOARD = "board", "Board"


class InspectionKind(TextChoices):
    PEEL = "peel", "PEEL force assessment"
    THEMATIC = "thematic", "National thematic"
    STATE_OF_POLICING = "state_of_policing", "State of policing"
    CUSTODY = "custody", "Custody (joint)"
    CHILD_PROTECTION = "child_protection", "Child protection"
    CRIME_DATA = "crime_data", "Crime data integrity"
    INTEGRITY = "integrity", "Integrity and vetting"
    PROGRESS_LETTER = "progress_letter", "Revisit or progress letter"
    JOINT_THEMATIC = "joint_thematic", "Joint criminal-justice thematic"
    COMMISSIONED = "commissioned", "Commissioned"
    SUPER_COMPLAINT = "super_complaint", "Super-complaint"
    FIRE = "fire", "Fire and rescue"
    OTHER = "other", "Other"

    @property
    def section_55(self) -> bool | None:
        """Whether section 55 of the Police Act 1996 applies to reports of this kind: they are about police forces.

        None if the kind does not say; then each report does (Inspection.section_55).
        """
        if self == InspectionKind.OTHER:
            return None
        return self not in (InspectionKind.SUPER_COMPLAINT, InspectionKind.FIRE)


class RecommendationKind(TextChoices):
    """What a report recommends or finds. Causes of concern have their own recommendations and are not counted too."""

    RECOMMENDATION = "recommendation", "Recommendation"
    AREA_FOR_IMPROVEMENT = "area_for_improvement", "Area for improvement"
    CAUSE_OF_CONCERN = "cause_of_concern", "Cause of concern"
    ACCELERATED_CAUSE_OF_CONCERN = "accelerated_cause_of_concern", "Accelerated cause of concern"
    INNOVATIVE_PRACTICE = "innovative_practice", "Innovative practice"

    @property
    def short(self) -> str:
        """The word before a number in a narrow column: "rec 4", "AFI 11"."""
        return SHORT_KIND[self]

    @property
    def is_tracked(self) -> bool:
        """Whether a recommendation of this kind is tracked, once for each force.

        Innovative practice requires nothing. A cause of concern is tracked through the recommendations that refer to
        it.
        """
        return self in TRACKED_KINDS


SHORT_KIND = {
    RecommendationKind.RECOMMENDATION: "rec",
    RecommendationKind.AREA_FOR_IMPROVEMENT: "AFI",
    RecommendationKind.CAUSE_OF_CONCERN: "cause",
    RecommendationKind.ACCELERATED_CAUSE_OF_CONCERN: "accelerated cause",
    RecommendationKind.INNOVATIVE_PRACTICE: "practice",
}
TRACKED_KINDS = (RecommendationKind.RECOMMENDATION, RecommendationKind.AREA_FOR_IMPROVEMENT)
CAUSE_KINDS = (RecommendationKind.CAUSE_OF_CONCERN, RecommendationKind.ACCELERATED_CAUSE_OF_CONCERN)


class DeadlineKind(TextChoices):
    """How the inspectorate's deadline words were read (deadlines.py)."""

    IMMEDIATE = "immediate", "Immediate"
    RELATIVE = "relative", "Relative to publication"
    DATE = "date", "A date"
    MONTH = "month", "A month"
    NONE = "none", "None"


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


class PaperState(TextChoices):
    """The states of a scrutiny report."""

    DRAFT = "draft", "Draft"
    FINALISED = "finalised", "Finalised"


class BuildKind(TextChoices):
    """The purpose of a build of a paper's file."""

    FINALISE = "finalise", "Finalise the paper"
    PREVIEW = "preview", "PDF of the draft"


class BuildState(TextChoices):
    """The states of a background build of a file."""

    WAITING = "waiting", "Waiting for its turn"
    RUNNING = "running", "Being made"
    DONE = "done", "Made"
    FAILED = "failed", "Not made"


class BuildStep(TextChoices):
    """The progress of a build of a paper."""

    FIGURES = "figures", "Working out the figures"
    PDF = "pdf", "Making the PDF"
    KEEPING = "keeping", "Keeping figures and file"


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


class MailState(TextChoices):
    """The states of an e-mail: claimed before it is sent, so that it can't be sent twice.

    Whether one that was handed over but not marked as sent has arrived is unknown.
    """

    CLAIMED = "claimed", "Being sent"
    HANDED = "handed", "Handed over"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"


class RowOutcome(TextChoices):
    """The effect of a spreadsheet row on the register."""

    CREATED = "created", "New"
    CHANGED = "changed", "Changed"
    UNCHANGED = "unchanged", "Unchanged"


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


class Marking(TextChoices):
    """Government Security Classifications, lowest first. Anything higher does not belong here."""

    OFFICIAL = "official", "OFFICIAL"
    SENSITIVE = "sensitive", "OFFICIAL-SENSITIVE"


class RecipientKind(TextChoices):
    """The kind of recipient of copies (Police Act 1996, section 55(6))."""

    INSPECTORATE = "inspectorate", "The inspectorate"
    HOME_SECRETARY = "home_secretary", "The Home Secretary"
    OTHER = "other", "Other"


class Every(TextChoices):
    """How often a commitment is checked."""

    ONCE = "once", "Once"
    MONTH = "month", "Every month"
    QUARTER = "quarter", "Every quarter"
    HALF_YEAR = "half_year", "Every six months"
    YEAR = "year", "Every year"

    @property
    def months(self) -> int:
        """Months between two checks; 0 if it is checked once."""
        return {"once": 0, "month": 1, "quarter": 3, "half_year": 6, "year": 12}[self]


class CheckOutcome(TextChoices):
    """The result of a check of a commitment."""

    KEPT = "kept", "Kept"
    PARTLY = "partly", "Partly kept"
    NOT_YET = "not_yet", "Not kept yet"
    DROPPED = "dropped", "Dropped"


class LinkKind(TextChoices):
    """How a report is related to another."""

    FOLLOWS = "follows", "Follows"
    COMPANION = "companion", "Companion of"
    SUPERSEDES = "supersedes", "Supersedes"


class PlanState(TextChoices):
    """What the latest announcement says about a planned inspection."""

    AHEAD = "ahead", "Ahead"
    CALLED_OFF = "called_off", "Called off"
    CAME = "came", "Its report was published"


class Grade(TextChoices):
    """HMICFRS's grades, best first. "Adequate" was added with PEEL 2021/22 (PeelCycle.has_adequate)."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    ADEQUATE = "adequate", "Adequate"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"


class Monitoring(TextChoices):
    """How closely HMICFRS monitors a force."""

    SCAN = "scan", "Scan"
    ENGAGE = "engage", "Engage"
