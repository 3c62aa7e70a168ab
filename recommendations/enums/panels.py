"""The vocabulary of panels and their meetings. Pure, like the package; import from there."""

from django.db.models import TextChoices


class PanelKind(TextChoices):
    CHANNEL = "channel", "Channel panel"
    SCRUTINY = "scrutiny", "Scrutiny panel"
    AUDIT = "audit", "Joint audit committee"
    POLICE_AND_CRIME = "police_and_crime", "Police and crime panel"
    ACCOUNTABILITY = "accountability", "Accountability board"
    OTHER = "other", "Other"


class Frequency(TextChoices):
    """How often a panel is expected to meet."""

    MONTHLY = "monthly", "Monthly"
    TWO_MONTHS = "two_months", "Every two months"
    QUARTERLY = "quarterly", "Quarterly"
    TWICE_A_YEAR = "twice_a_year", "Twice a year"
    YEARLY = "yearly", "Yearly"
    AS_NEEDED = "as_needed", "As needed"

    @property
    def longest_gap(self) -> int | None:
        """The most days between two meetings at this frequency, or None for "as needed"."""
        return LONGEST_GAP.get(self)


LONGEST_GAP = {
    Frequency.MONTHLY: 31,
    Frequency.TWO_MONTHS: 62,
    Frequency.QUARTERLY: 92,
    Frequency.TWICE_A_YEAR: 184,
    Frequency.YEARLY: 366,
}


class MeetingState(TextChoices):
    """The states of a panel's meeting. Recording its attendance marks it as held."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class MeetingFileKind(TextChoices):
    """The kind of a meeting's file."""

    MINUTES = "minutes", "Minutes"
    PAPERS = "papers", "Papers"
    OTHER = "other", "Other"


class Presence(TextChoices):
    """How somebody attended a meeting. An observer represents nobody."""

    PRESENT = "present", "Present"
    REMOTE = "remote", "Remote"
    PART = "part", "Part"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent"
    SUBSTITUTE = "substitute", "Substitute"
    OBSERVER = "observer", "Observer"

    @property
    def represents(self) -> bool:
        """Whether somebody who attended in this way represented their body."""
        return self in REPRESENTS


REPRESENTS = (Presence.PRESENT, Presence.REMOTE, Presence.PART, Presence.SUBSTITUTE)
