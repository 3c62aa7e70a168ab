"""Actions: whose they are, and how each stands."""

from django.db.models import TextChoices


class ActionVoice(TextChoices):
    """Who does it."""

    FORCE = "force", "Force"
    OFFICE = "office", "OPCC"


class ActionState(TextChoices):
    """How an action stands."""

    TO_DO = "to_do", "To do"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


OPEN_STATES = (ActionState.TO_DO, ActionState.UNDER_WAY)
