"""PEEL grades: how the inspectorate graded a force, area by area, in one cycle. Cycles are never compared."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations.enums import Grade
from recommendations.models.base import DatedQuerySet, DatedRow, Record


class PeelCycle(Record):
    """One cycle of PEEL assessments, with its own areas and grades."""

    name = models.CharField(max_length=60, unique=True, help_text="As HMICFRS calls it: PEEL 2023–25.")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    has_adequate = models.BooleanField(
        "“adequate” is one of its grades",
        default=True,
        help_text="Five grades since PEEL 2021/22. Four before, without “adequate”.",
    )

    class Meta:
        ordering = ["-since", "-id"]
        verbose_name = "PEEL cycle"
        constraints = [
            models.CheckConstraint(
                name="peelcycle_dates_in_order",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="The end is before the start.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def scale(self) -> list[Grade]:
        """The grades of this cycle, best first."""
        return [each for each in Grade if self.has_adequate or each != Grade.ADEQUATE]


class GradeQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """All for the office; a force inspection lead sees those of their own force."""
        if not user.has_perm("see_inspections"):
            return self.none()
        return self.filter(force=user.force_id) if user.force_id else self


class PeelGrade(DatedRow):
    """One grade, from the day on which the inspectorate gave it. The latest of a cycle and area is in force."""

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="grades")
    cycle = models.ForeignKey(PeelCycle, on_delete=models.PROTECT, related_name="grades")
    area = models.CharField(max_length=200, help_text="The question or area, in the words of the report.")
    grade = models.CharField(max_length=24, choices=Grade)
    source = models.TextField("where this was read or heard")
    inspection = models.ForeignKey(
        "Inspection", on_delete=models.PROTECT, null=True, blank=True, related_name="grades", verbose_name="report"
    )

    # The previous grade in the same cycle, if queried by domain/inspections/grade_queries.py.
    before: str | None
    before_on: datetime.date | None

    objects = GradeQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = "PEEL grade"
        indexes = [
            models.Index(
                fields=["force", "cycle", "area", "-effective_on", "-recorded_at", "-id"], name="peelgrade_latest"
            ),
        ]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="peelgrade_grade_known", condition=Q(grade__in=Grade.values)),
            models.CheckConstraint(name="peelgrade_says_what_and_where", condition=~Q(area="") & ~Q(source="")),
        ]

    def __str__(self):
        return f"{self.area}: {self.get_grade_display()}"

    def get_absolute_url(self):
        return reverse("force", args=[self.force.slug]) + "#grades"
