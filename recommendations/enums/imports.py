"""The import of a register."""

from django.db.models import TextChoices


class RowOutcome(TextChoices):
    """The effect of a spreadsheet row on the register."""

    CREATED = "created", "New"
    CHANGED = "changed", "Changed"
    UNCHANGED = "unchanged", "Unchanged"
