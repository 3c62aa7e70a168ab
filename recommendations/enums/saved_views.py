"""Column widths of saved views."""

from django.db.models import TextChoices


class ColumnWidth(TextChoices):
    """A column's usual width, or one step narrower or wider."""

    NARROW = "narrow", "Narrow"
    NORMAL = "normal", "Normal"
    WIDE = "wide", "Wide"
