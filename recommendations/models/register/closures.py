"""Closures: requested by one person, decided by another. One row for each closed period."""

import datetime
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from recommendations.enums import ClosureState, Outcome
from recommendations.models.base import Record, RecordQuerySet

if TYPE_CHECKING:
    from recommendations.models.register.rechecks import Recheck


def in_force(as_at: datetime.date, known_at: datetime.datetime | None = None, of: str = "") -> Q:
    """The condition that a closure was in force on a London day, as known by `known_at` (UTC). `of` is its path."""
    known = Q() if known_at is None else Q(**{f"{of}decided_at__lte": known_at})
    not_reopened = Q(**{f"{of}reopened_on__isnull": True}) | Q(**{f"{of}reopened_on__gt": as_at})
    if known_at is not None:
        not_reopened |= Q(**{f"{of}reopened_at__gt": known_at})
    return known & not_reopened & Q(**{f"{of}closed_on__lte": as_at})


class ClosureQuerySet(RecordQuerySet):
    def waiting(self):
        return self.filter(state=ClosureState.REQUESTED)

    def in_force(self, as_at, known_at=None):
        """Closures in force on a London day, as known by `known_at` (UTC)."""
        return self.filter(in_force(as_at, known_at))

    def pending(self, as_at, known_at=None):
        """Requests that waited for a decision on a London day, as known by `known_at` (UTC)."""
        undecided = Q(decided_on__isnull=True) | Q(decided_on__gt=as_at)
        if known_at is None:
            return self.filter(undecided, requested_on__lte=as_at)
        return self.filter(undecided | Q(decided_at__gt=known_at), requested_on__lte=as_at, requested_at__lte=known_at)


class Closure(Record):
    """A closure request, its decision, the closed period, and its end by reopening."""

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="closures")
    state = models.CharField(max_length=12, choices=ClosureState, default=ClosureState.REQUESTED)
    outcome = models.CharField(max_length=20, choices=Outcome)
    requested_on = models.DateField()
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    request_reason = models.TextField("why it can be closed")
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

    # Its rechecks, newest first, if domain/register/rechecks/queries.py read them.
    looks: "Collection[Recheck]" = ()

    objects = ClosureQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tracked"],
                condition=Q(state__in=[ClosureState.REQUESTED, ClosureState.CLOSED]),
                name="closure_one_at_a_time",
                violation_error_message="Closure was asked for already.",
            ),
            models.CheckConstraint(
                name="closure_decided_by_another",
                condition=Q(decided_by__isnull=True) | Q(requested_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                violation_error_message="The person who asked for the closure cannot decide it.",
            ),
            models.CheckConstraint(
                name="closure_state_has_its_stamps",
                condition=Q(
                    state=ClosureState.REQUESTED,
                    decided_at__isnull=True,
                    decided_on__isnull=True,
                    closed_on__isnull=True,
                    reopened_at__isnull=True,
                )
                | Q(
                    state=ClosureState.DECLINED,
                    decided_at__isnull=False,
                    decided_on__isnull=False,
                    closed_on__isnull=True,
                    reopened_at__isnull=True,
                )
                | Q(
                    state=ClosureState.CLOSED,
                    decided_at__isnull=False,
                    decided_on__isnull=False,
                    closed_on__isnull=False,
                    reopened_at__isnull=True,
                )
                | Q(
                    state=ClosureState.REOPENED,
                    decided_at__isnull=False,
                    decided_on__isnull=False,
                    closed_on__isnull=False,
                    reopened_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="closure_reopened_on_at",
                condition=Q(reopened_on__isnull=True, reopened_at__isnull=True, reopened_why="")
                | (Q(reopened_on__isnull=False, reopened_at__isnull=False) & ~Q(reopened_why="")),
                violation_error_message="Give the reason for reopening.",
            ),
            models.CheckConstraint(
                name="closure_days_in_order",
                condition=Q(closed_on__isnull=True)
                | (Q(closed_on__lte=Coalesce(F("reopened_on"), F("closed_on"))) & Q(closed_on__lte=F("decided_on"))),
            ),
            models.CheckConstraint(name="closure_says_why", condition=~Q(request_reason="")),
            models.CheckConstraint(
                name="closure_declined_says_why", condition=~Q(state=ClosureState.DECLINED) | ~Q(decision_reason="")
            ),
        ]
        indexes = [
            # On PostgreSQL an index-only scan answers whether a closure was in force on a day.
            models.Index(
                fields=["tracked", "closed_on"],
                include=["decided_at", "reopened_on", "reopened_at"],
                name="closure_period",
            )
        ]

    def __str__(self):
        return f"Closure of {self.tracked}"
