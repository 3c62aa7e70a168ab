"""Tracked recommendations: a recommendation as one force has it, with the latest word of each voice."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations.enums import AssuranceView, DeadlineKind, Outcome, Position, Stage
from recommendations.models.base import RecordQuerySet, StandingManager, Withdrawable


class TrackedQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; their own force's for a force inspection lead; none for committee members."""
        if not user.has_perm("see_register"):
            return self.none()
        if user.force_id:
            return self.filter(force=user.force_id)
        return self

    def with_record(self):
        return self.select_related("recommendation__inspection", "force")


class TrackedRecommendation(Withdrawable):
    """The unit of the register and of every count.

    The fields from `position` down are a cache of the latest dated rows, written by the same verbs
    (domain/register/latest.py): the register filters and sorts by them. As-at questions read the dated rows.
    """

    # Search text follows from other fields, and its recipe may change.
    UNTRAILED = ("search_text",)

    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="tracked")
    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="tracked")
    reference = models.CharField("office reference", max_length=30)
    portal_reference = models.CharField("HMICFRS portal reference", max_length=30, blank=True)
    chief_officer_lead = models.CharField(max_length=120, blank=True)
    business_lead = models.CharField(max_length=120, blank=True)
    opcc_lead = models.CharField("OPCC lead", max_length=120, blank=True)
    directed_to_force = models.BooleanField(default=True)
    tracked_on = models.DateField(help_text="The day from which the force's work on it is followed.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    came_on = models.DateField(null=True, blank=True, editable=False, help_text="Its last transfer from another force.")
    version = models.PositiveIntegerField(default=1, editable=False)

    deadline_kind = models.CharField(max_length=10, choices=DeadlineKind, default=DeadlineKind.NONE)
    deadline_on = models.DateField(null=True, blank=True)
    position = models.CharField("force position", max_length=20, choices=Position, blank=True)
    stage = models.CharField(max_length=40, default=Stage.AWAITING_ALLOCATION)
    last_update_on = models.DateField(null=True, blank=True)
    forecast_on = models.DateField(null=True, blank=True)
    first_target_on = models.DateField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    target_moves = models.PositiveIntegerField(default=0)
    assurance = models.CharField("OPCC assurance", max_length=20, choices=AssuranceView, blank=True)
    assurance_on = models.DateField(null=True, blank=True)
    inspectorate_status = models.CharField("HMICFRS status", max_length=40, blank=True)
    inspectorate_status_on = models.DateField(null=True, blank=True)
    closure_requested_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    search_text = models.TextField(editable=False, default="", help_text="What search reads, with its case folded.")

    rag: str  # its colour on a day, where domain/register/as_at.py on_day asks for it

    objects = StandingManager.from_queryset(TrackedQuerySet)()
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
                name="tracked_closed_with_outcome",
                condition=Q(closed_on__isnull=True, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="tracked_target_has_first",
                condition=Q(target_on__isnull=True, first_target_on__isnull=True, target_moves=0)
                | Q(target_on__isnull=False, first_target_on__isnull=False),
            ),
            models.CheckConstraint(
                name="tracked_not_pending_and_closed",
                condition=Q(closed_on__isnull=True) | Q(closure_requested_on__isnull=True),
            ),
            models.CheckConstraint(
                name="tracked_deadline_has_day",
                condition=Q(deadline_kind=DeadlineKind.NONE, deadline_on__isnull=True)
                | (~Q(deadline_kind=DeadlineKind.NONE) & Q(deadline_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(F("force"), F("closed_on"), name="tracked_open_by_force"),
            models.Index(fields=["opcc_lead", "closed_on"], name="tracked_open_by_lead"),
            # On PostgreSQL the index alone says whose each one is, and since when.
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

    @property
    def is_open(self) -> bool:
        return self.closed_on is None
