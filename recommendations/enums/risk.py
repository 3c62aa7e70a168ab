"""The risk of an open recommendation, and causes of delay. The labels are the office's (models.Label)."""

from django.db.models import TextChoices


class Risk(TextChoices):
    """One scale for recommendations of every source: how bad it is while this stays open. Worst first."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class DelayCause(TextChoices):
    """Why the work is late, according to the force."""

    RESOURCES = "resources", "Resources"
    DEPENDENCY = "dependency", "Dependency on others"
    TECHNOLOGY = "technology", "Technology"
    PROCUREMENT = "procurement", "Procurement"
    SCOPE = "scope", "Change of scope"
    DISPUTED = "disputed", "Disputed"
    OTHER = "other", "Other"
