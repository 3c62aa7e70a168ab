"""The monitoring stage: how closely the inspectorate monitors a force."""

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.enums import Monitoring
from recommendations.models.base import DatedQuerySet, DatedRow


class MonitoringQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """All for the office; a force inspection lead sees those of their own force."""
        if not user.has_perm("see_inspections"):
            return self.none()
        return self.filter(force=user.force_id) if user.force_id else self


class MonitoringStage(DatedRow):
    """A force's monitoring stage from a day on. The latest is in force."""

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField("monitoring stage", max_length=10, choices=Monitoring)
    source = models.TextField("where this was read or heard")

    until: datetime.date | None  # when the next one began, if queried by domain/inspections/monitoring.py

    objects = MonitoringQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        indexes = [
            models.Index(fields=["force", "-effective_on", "-recorded_at", "-id"], name="monitoringstage_latest"),
        ]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="monitoringstage_stage_known", condition=Q(stage__in=Monitoring.values)),
            models.CheckConstraint(name="monitoringstage_says_where", condition=~Q(source="")),
        ]

    def __str__(self):
        return f"{self.force}: {self.get_stage_display()}"

    def get_absolute_url(self):
        return reverse("force", args=[self.force.slug]) + "#monitoring"
