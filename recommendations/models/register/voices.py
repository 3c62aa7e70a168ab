"""The dated rows of the voices: the force's, the office's and the inspectorate's, and the target.

Rows are added and never overwritten; a wrong one is withdrawn, with a reason.
"""

from django.db import models
from django.db.models import Q

from recommendations.enums import AssuranceView, Position, Stage
from recommendations.models.base import DatedQuerySet, DatedRow, latest_index, recorded_index
from recommendations.periods import say


class ForceUpdate(DatedRow):
    """The force's voice: what was done, and with it the force's position, stage and forecast of that day."""

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="updates")
    done = models.TextField("what was done")
    evidence = models.TextField("evidence", blank=True)
    said_by = models.CharField("said by", max_length=120, blank=True)
    position = models.CharField("force position", max_length=20, choices=Position, blank=True)
    stage = models.CharField(max_length=40, default=Stage.IN_PROGRESS)
    forecast_on = models.DateField("forecast", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        indexes = [latest_index("forceupdate", "position", "stage", "forecast_on"), recorded_index("forceupdate")]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="forceupdate_says_what", condition=~Q(done="")),
        ]

    def __str__(self):
        return f"Force update on {self.tracked}, {say(self.effective_on)}"


class Assurance(DatedRow):
    """The office's voice: how far it is assured, and why."""

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="assurances")
    view = models.CharField("view", max_length=20, choices=AssuranceView)
    rationale = models.TextField("why")
    looked_at = models.TextField("evidence looked at", blank=True)
    revisit_on = models.DateField("look again on", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        indexes = [latest_index("assurance", "view"), recorded_index("assurance")]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="assurance_says_why", condition=~Q(rationale="")),
            models.CheckConstraint(name="assurance_view_known", condition=Q(view__in=AssuranceView.values)),
        ]

    def __str__(self):
        return f"OPCC assurance on {self.tracked}, {say(self.effective_on)}"


class InspectorateStatus(DatedRow):
    """The inspectorate's voice, as last heard."""

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="statuses")
    status = models.CharField("HMICFRS status", max_length=40)
    source = models.TextField("where this was read or heard", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        verbose_name_plural = "inspectorate statuses"
        indexes = [latest_index("inspectoratestatus", "status"), recorded_index("inspectoratestatus")]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="inspectoratestatus_says_what", condition=~Q(status="")),
        ]

    def __str__(self):
        return f"HMICFRS status of {self.tracked}, {say(self.effective_on)}"


class TargetDate(DatedRow):
    """The force's target: the first is set, each later one is a move and needs a reason."""

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="targets")
    target_on = models.DateField("target")
    reason = models.TextField("reason", blank=True)
    set_by = models.CharField("who set it", max_length=120, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        indexes = [latest_index("targetdate", "target_on"), recorded_index("targetdate")]

    def __str__(self):
        return f"Target of {self.tracked}, {say(self.target_on)}"
