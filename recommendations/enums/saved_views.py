"""How wide a column of a saved view is."""

from django.db.models import TextChoices


class ColumnWidth(TextChoices):
    """A column's own width, or a step from it."""

    NARROW = "narrow", "Narrow"
    NORMAL = "normal", "Normal"
    WIDE = "wide", "Wide"
