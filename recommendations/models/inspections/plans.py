"""Planned inspections: what the inspectorate announced that it will inspect, and when."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations.enums import InspectionKind, PlanState
from recommendations.models.base import (
    ActiveManager,
    DatedQuerySet,
    DatedRow,
    RecordQuerySet,
    Withdrawable,
)
from recommendations.models.forces.transfers import CameOver


class PlanQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; a force inspection lead sees those of their own force."""
        if not user.has_perm("see_inspections"):
            return self.none()
        return self.filter(force=user.force_id) if user.force_id else self


class PlannedInspection(Withdrawable, CameOver):
    """A coming inspection of one force. Its announcements say when it is expected."""

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=InspectionKind)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActiveManager.from_queryset(PlanQuerySet)()
    on_file = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["force", "id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            *CameOver.Meta.constraints,
            models.CheckConstraint(name="plan_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(name="plan_kind_known", condition=Q(kind__in=InspectionKind.values)),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("plan", args=[self.pk])


class AnnouncementQuerySet(DatedQuerySet):
    def visible_to(self, user):
        if not user.has_perm("see_inspections"):
            return self.none()
        return self.filter(plan__force=user.force_id) if user.force_id else self


class PlanAnnouncement(DatedRow):
    """An announcement about a plan, with its day and source: when it is expected, that it is cancelled, or its report.

    The latest is in force. `expected` is verbatim; `from_on` and `until_on` are what it was read as, or were entered.
    """

    plan = models.ForeignKey(PlannedInspection, on_delete=models.PROTECT, related_name="announcements")
    state = models.CharField("what it says", max_length=12, choices=PlanState, default=PlanState.AHEAD)
    expected = models.CharField(max_length=120, help_text="As it was said: autumn 2026.")
    from_on = models.DateField("expected from", null=True, blank=True)
    until_on = models.DateField("expected until", null=True, blank=True)
    source = models.TextField("where this was read or heard")
    inspection = models.ForeignKey(
        "Inspection", on_delete=models.PROTECT, null=True, blank=True, related_name="announced", verbose_name="report"
    )

    objects = AnnouncementQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = "announcement"
        indexes = [
            models.Index(fields=["plan", "-effective_on", "-recorded_at", "-id"], name="planannouncement_latest"),
        ]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="planannouncement_state_known", condition=Q(state__in=PlanState.values)),
            models.CheckConstraint(
                name="planannouncement_says_when_and_where", condition=~Q(expected="") & ~Q(source="")
            ),
            models.CheckConstraint(
                name="planannouncement_came_with_a_report",
                condition=Q(state=PlanState.CAME, inspection__isnull=False)
                | (~Q(state=PlanState.CAME) & Q(inspection__isnull=True)),
            ),
            models.CheckConstraint(
                name="planannouncement_days_in_order",
                condition=Q(from_on__isnull=True, until_on__isnull=True)
                | Q(from_on__isnull=False, until_on__isnull=False, until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self):
        return f"{self.plan}: {self.expected}"
