"""The states of a release."""

from django.db.models import TextChoices


class ReleaseState(TextChoices):
    """A prepared release waits for an approving officer, who releases it or sends it back."""

    WAITING = "waiting", "Waits for an approving officer"
    RELEASED = "released", "Released"
    RETURNED = "returned", "Sent back"
