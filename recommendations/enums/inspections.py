"""Inspections, what their reports recommend, and what HMICFRS says of forces."""

from django.db.models import TextChoices


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
