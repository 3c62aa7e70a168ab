"""What was decided of two recommendations that say much the same. Pure."""

from django.db.models import TextChoices


class SimilarVerdict(TextChoices):
    """What a person decided of a pair."""

    LINKED = "linked", "Linked"
    DECLINED = "declined", "Not alike"
