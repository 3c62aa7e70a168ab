"""The kinds and states of changes of forces and policing bodies that are entered ahead."""

from django.db.models import TextChoices


class SuccessionKind(TextChoices):
    NEW_BODY = "new_body", "A new policing body follows"
    OTHER_BODY = "other_body", "A force goes over to another policing body"
    MERGER = "merger", "Forces merge"
    SPLIT = "split", "A force is split"
    FORCE_DETAILS = "force_details", "A force has a new name, chief officer or address"
    BODY_DETAILS = "body_details", "A policing body has a new name, head or address"

    @property
    def is_of_bodies(self) -> bool:
        """Whether another body oversees forces from the day on."""
        return self in (SuccessionKind.NEW_BODY, SuccessionKind.OTHER_BODY)

    @property
    def is_of_registers(self) -> bool:
        """Whether recommendations go over to another force's register on the day."""
        return self in (SuccessionKind.MERGER, SuccessionKind.SPLIT)


class SuccessionState(TextChoices):
    ENTERED = "entered", "Waits to be confirmed"
    CONFIRMED = "confirmed", "Confirmed"
    DONE = "done", "Done"
    WITHDRAWN = "withdrawn", "Withdrawn"
