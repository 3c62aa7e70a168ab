"""Parts of a recommendation that one force has completed, each requested by one person and decided by another."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from recommendations.enums import ClosureState
from recommendations.models.base import Record
from recommendations.models.register.closures import ClosureQuerySet


def _stamps(state: ClosureState, *, decided: bool, closed: bool, reopened: bool) -> Q:
    """The condition that a row in this state has exactly these stamps."""
    has = {"decided_on": decided, "decided_at": decided, "closed_on": closed, "reopened_on": reopened}
    return Q(state=state, **{f"{name}__isnull": not there for name, there in has.items()})


class PartDischarged(Record):
    """A request to close a part, its decision, the closed period, and its end by reopening.

    Like a Closure, but for one part. `closed_with` is the closure of the whole that closed it, if it was not closed by
    itself.
    """

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="parts_discharged")
    part = models.ForeignKey("SubRecommendation", on_delete=models.PROTECT, related_name="discharged")
    closed_with = models.ForeignKey("Closure", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    state = models.CharField(max_length=12, choices=ClosureState, default=ClosureState.REQUESTED)
    requested_on = models.DateField()
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    request_reason = models.TextField("what was done")
    evidence = models.TextField("evidence", blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    reopened_on = models.DateField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reopened_why = models.TextField(blank=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = "part done"
        verbose_name_plural = "parts done"
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tracked", "part"],
                condition=Q(state__in=[ClosureState.REQUESTED, ClosureState.CLOSED]),
                name="part_discharged_one_at_a_time",
                violation_error_message="Closure of this part was asked for already.",
            ),
            models.CheckConstraint(
                name="part_discharged_decided_by_another",
                condition=Q(decided_by__isnull=True) | Q(requested_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                violation_error_message="The person who asked to close the part cannot decide it.",
            ),
            models.CheckConstraint(
                name="part_discharged_state_has_its_stamps",
                condition=_stamps(ClosureState.REQUESTED, decided=False, closed=False, reopened=False)
                | _stamps(ClosureState.DECLINED, decided=True, closed=False, reopened=False)
                | _stamps(ClosureState.CLOSED, decided=True, closed=True, reopened=False)
                | _stamps(ClosureState.REOPENED, decided=True, closed=True, reopened=True),
            ),
            models.CheckConstraint(
                name="part_discharged_reopened_on_at",
                condition=Q(reopened_on__isnull=True, reopened_at__isnull=True, reopened_why="")
                | (Q(reopened_on__isnull=False, reopened_at__isnull=False) & ~Q(reopened_why="")),
            ),
            models.CheckConstraint(
                name="part_discharged_days_in_order",
                condition=Q(closed_on__isnull=True)
                | (Q(closed_on__lte=Coalesce(F("reopened_on"), F("closed_on"))) & Q(closed_on__lte=F("decided_on"))),
            ),
            models.CheckConstraint(name="part_discharged_says_what", condition=~Q(request_reason="")),
            models.CheckConstraint(
                name="part_discharged_declined_says_why",
                condition=~Q(state=ClosureState.DECLINED) | ~Q(decision_reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.part} of {self.tracked}"
