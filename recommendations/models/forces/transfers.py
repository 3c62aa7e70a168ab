"""Transfers and successions: which force took over recommendations or other duties from another, and when."""

import datetime

from django.db import models
from django.db.models import F, Q

from recommendations.models.base import DatedQuerySet, DatedRow, Record
from recommendations.periods import say

A_DAY = datetime.timedelta(days=1)


class CameOver(models.Model):
    """A duty that may have come over from another force, or another body, that ended or was followed.

    `came_from` is the last that it came from, `came_on` the first day with the one that has it now.
    """

    came_from = models.ForeignKey(
        "Force", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    came_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_came_from_on_a_day",
                condition=Q(came_from__isnull=True, came_on__isnull=True)
                | Q(came_from__isnull=False, came_on__isnull=False),
            )
        ]

    @property
    def came_over(self) -> str:
        """ "Came from Westmarch Police on 1 April 2027", by the name that it had then; "" if it began where it is."""
        if self.came_from is None or self.came_on is None:
            return ""
        return f"Came from {self.came_from.details_on(self.came_on - A_DAY).name} on {say(self.came_on)}"


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
