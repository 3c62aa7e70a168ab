"""How much an open recommendation matters, and why it is late. The labels are the office's (models.Label)."""

from django.db.models import TextChoices


class Risk(TextChoices):
    """One scale for the recommendations of every source: how bad it is while this stays open. Worst first."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class DelayCause(TextChoices):
    """Why the work is late, as the force says it."""

    RESOURCES = "resources", "Resources"
    DEPENDENCY = "dependency", "Dependency on others"
    TECHNOLOGY = "technology", "Technology"
    PROCUREMENT = "procurement", "Procurement"
    SCOPE = "scope", "Change of scope"
    DISPUTED = "disputed", "Disputed"
    OTHER = "other", "Other"
