"""What becomes of a release of a force's public page that was prepared."""

from django.db.models import TextChoices


class ReleaseState(TextChoices):
    """It waits for an approving officer, who releases it or sends it back."""

    WAITING = "waiting", "Waits for an approving officer"
    RELEASED = "released", "Released"
    RETURNED = "returned", "Sent back"
