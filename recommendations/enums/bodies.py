"""The kinds of policing body."""

from django.db.models import TextChoices


class BodyKind(TextChoices):
    COMMISSIONER = "commissioner", "Police and crime commissioner"
    FIRE_COMMISSIONER = "fire_commissioner", "Police, fire and crime commissioner"
    MAYOR = "mayor", "Mayor"
    AUTHORITY = "authority", "Authority"
    BOARD = "board", "Board"
