"""Tracked recommendations: a recommendation as one force has it."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse

from recommendations.enums import DeadlineKind
from recommendations.models.base import ActiveManager, RecordQuerySet, Withdrawable

if TYPE_CHECKING:
    from recommendations.models.forces.transfers import Transfer
    from recommendations.models.inspections.inspections import SubRecommendation
    from recommendations.models.register.closures import Closure
    from recommendations.models.register.enforcements import Enforcement
    from recommendations.models.register.parts import PartDischarged
    from recommendations.models.register.restrictions import Restriction
    from recommendations.models.register.standing import Standing


class TrackedQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; a force inspection lead sees their own force's; none for committee members."""
        if not user.has_perm("see_register"):
            return self.none()
        if user.force_id:
            return self.filter(force=user.force_id)
        return self

    def open(self):
        """Those that are not closed today."""
        return self.filter(pk__in=_standings().now().open().values("tracked"))

    def with_record(self):
        return self.select_related("recommendation__inspection", "force")

    def with_standing(self, standings=None):
        """Prefetch `standing` from these rows (a queryset of Standing of one day; None: today). One more query."""
        rows = _standings().current() if standings is None else standings
        return self.prefetch_related(Prefetch("standings", rows, to_attr="prefetched_state"))


def _standings():
    """All rows of Standing, whose module imports this one."""
    return apps.get_model("recommendations", "Standing").objects


class TrackedRecommendation(Withdrawable):
    """The unit of the register and of every count. Its state on a day is a row of Standing (standing.py)."""

    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="tracked")
    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="tracked")
    reference = models.CharField("office reference", max_length=30)
    portal_reference = models.CharField("HMICFRS portal reference", max_length=30, blank=True)
    chief_officer_lead = models.CharField(max_length=120, blank=True)
    business_lead = models.CharField(max_length=120, blank=True)
    opcc_lead = models.CharField("OPCC lead", max_length=120, blank=True)
    opcc_person = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="The account of the lead."
    )
    planned_action = models.TextField(
        blank=True, default="", help_text="What is done about it, for the action plan of a fire inspection."
    )
    directed_to_force = models.BooleanField(default=True)
    tracked_on = models.DateField(help_text="The day from which the force's work on it is followed.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    came_on = models.DateField(null=True, blank=True, editable=False, help_text="Its last transfer from another force.")
    version = models.PositiveIntegerField(default=1, editable=False)

    deadline_kind = models.CharField(max_length=10, choices=DeadlineKind, default=DeadlineKind.NONE)
    deadline_on = models.DateField(null=True, blank=True)

    # What its page loads once for its parts (views/register/tracked_page.py).
    closure_rows: "list[Closure]"
    waiting: "Closure | None"
    restriction: "Restriction | None"
    enforcement: "Enforcement | None"
    addressees: list[str]
    prefetched_state: list[Any]
    similar: Any

    objects = ActiveManager.from_queryset(TrackedQuerySet)()
    on_file = TrackedQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["recommendation", "force"],
                condition=Q(withdrawn_at__isnull=True, came_on__isnull=True),
                name="tracked_once_per_force",
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(withdrawn_at__isnull=True),
                name="tracked_reference_once",
                violation_error_message="This reference is used already. Enter another one.",
            ),
            models.CheckConstraint(
                name="tracked_deadline_has_day",
                condition=Q(deadline_kind=DeadlineKind.NONE, deadline_on__isnull=True)
                | (~Q(deadline_kind=DeadlineKind.NONE) & Q(deadline_on__isnull=False)),
            ),
        ]
        indexes = [
            # The distinct leads, for the register's filters.
            models.Index(
                fields=["opcc_lead", "force"], condition=Q(withdrawn_at__isnull=True), name="tracked_opcc_lead"
            ),
            models.Index(
                fields=["chief_officer_lead", "force"],
                condition=Q(withdrawn_at__isnull=True),
                name="tracked_chief_officer_lead",
            ),
            # On PostgreSQL an index-only scan gives the force of each, and since when.
            models.Index(
                fields=["force", "tracked_on"],
                include=["id", "recommendation", "recorded_at", "withdrawn_at"],
                name="tracked_since",
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("tracked", args=[self.pk])

    @cached_property
    def standing(self) -> "Standing":
        """Its state today, as known now, unless TrackedQuerySet.with_standing prefetched that of another day."""
        if prefetched := getattr(self, "prefetched_state", None):
            return prefetched[0]
        return self.standings.current().get()

    @cached_property
    def its_parts(self) -> "list[SubRecommendation]":
        """The parts of the recommendation, in order. No query if it has none."""
        return list(self.recommendation.parts.order_by("position", "id")) if self.standing.parts else []

    @cached_property
    def part_rows(self) -> "list[PartDischarged]":
        """The requests and decisions on its parts, newest first. No query if it has none."""
        people = ("requested_by", "decided_by", "reopened_by")
        found = self.parts_discharged.select_related("part", "closed_with", *people)
        return list(found) if self.standing.parts else []

    @cached_property
    def transfer_rows(self) -> "list[Transfer]":
        """Its transfers between forces, withdrawn ones too, newest first. No query if it was never transferred."""
        if self.came_on is None:
            return []
        forces = ("from_force__former_details", "to_force__former_details")
        return list(self.transfers.prefetch_related("from_force", "to_force", *forces))

    def refresh_from_db(self, *args, **kwargs):
        super().refresh_from_db(*args, **kwargs)
        for name in ("standing", "prefetched_state", "its_parts", "part_rows", "transfer_rows"):
            self.__dict__.pop(name, None)
