"""Directions with force of law, tied to the recommendations that they enforce."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from recommendations.models.base import DatedQuerySet, DatedRow, latest_index


class EnforcementQuerySet(DatedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of a register that this user may see."""
        if not user.has_perm("see_register"):
            return self.none()
        return self.filter(tracked__force=user.force_id) if user.force_id else self


class Enforcement(DatedRow):
    """A direction enforces a recommendation from a day on, or no longer (without `due_on`). The latest row counts.

    `direction` is the direction as it was added, a publication of a source of the kind "direction". `due_on` is the day
    that it states, which counts before any other. `words` are what it says of this recommendation, or why it ended.
    """

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="enforcements")
    direction = models.ForeignKey("Inspection", on_delete=models.PROTECT, related_name="enforces")
    due_on = models.DateField("stated day", null=True, blank=True)
    words = models.TextField("what it says", blank=True)

    objects = EnforcementQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        indexes = [latest_index("enforcement", "due_on")]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                name="enforcement_ends_with_reason", condition=Q(due_on__isnull=False) | ~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} on {self.tracked}"
