"""Transfers and successions: which force took over recommendations from another, and when."""

from django.db import models
from django.db.models import F, Q

from recommendations.models.base import DatedQuerySet, DatedRow, Record


class ForceSuccession(Record):
    """A force ends and another takes over its work from a day on. A merger has one row for each force that ends."""

    force = models.OneToOneField("Force", on_delete=models.PROTECT, related_name="succession")
    successor = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="predecessors")
    effective_on = models.DateField("the successor’s first day")
    reason = models.TextField("why")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-effective_on", "force"]
        constraints = [
            models.CheckConstraint(name="forcesuccession_of_another", condition=~Q(force=F("successor"))),
            models.CheckConstraint(name="forcesuccession_says_why", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.successor} succeeds {self.force}"


class Transfer(DatedRow):
    """A transfer of a tracked recommendation to another force's register, from a day on."""

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="transfers")
    from_force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="transfers_out")
    to_force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="transfers_in")
    reason = models.TextField("why")

    objects = DatedQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="transfer_to_another", condition=~Q(from_force=F("to_force"))),
            models.CheckConstraint(name="transfer_says_why", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"Transfer of {self.tracked} to {self.to_force}"
