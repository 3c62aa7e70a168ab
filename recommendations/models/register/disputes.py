"""Disputes: why a force does not accept a recommendation, the reply, and the office's decision."""

from django.db import models
from django.db.models import F, Q

from recommendations.enums.disputes import DisputeDecision, DisputeStep
from recommendations.models.base import DatedQuerySet, DatedRow, latest_index
from recommendations.periods import say


class Dispute(DatedRow):
    """One step of a dispute. The latest row of each step is in force.

    `asked_by` recorded the force's reason, so another person makes the decision; `review_on` is the day on which the
    office reviews it.
    """

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="disputes")
    step = models.CharField(max_length=12, choices=DisputeStep)
    text = models.TextField("what was said")
    said_by = models.CharField("said by", max_length=120, blank=True)
    decision = models.CharField("decision", max_length=12, choices=DisputeDecision, blank=True)
    review_on = models.DateField("review on", null=True, blank=True)
    asked_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = "step of a dispute"
        verbose_name_plural = "steps of disputes"
        indexes = [latest_index("dispute")]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="dispute_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="dispute_decision_decides",
                condition=Q(step=DisputeStep.DECISION, decision__in=DisputeDecision.values)
                | (~Q(step=DisputeStep.DECISION) & Q(decision="", review_on__isnull=True, asked_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="dispute_decided_by_another",
                condition=Q(recorded_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(recorded_by=F("asked_by")),
                violation_error_message="The person who recorded the reason of the force cannot decide on it.",
            ),
        ]

    def __str__(self):
        return f"{self.get_step_display()} on {self.tracked}, {say(self.effective_on)}"
