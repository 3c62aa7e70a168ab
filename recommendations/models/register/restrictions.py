"""Restrictions of tracked recommendations to closed papers."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from recommendations.models.base import DatedQuerySet, DatedRow


class RestrictionQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """All for those who prepare papers, none for others."""
        return self if user.has_perm("restrict") else self.none()

    def in_force(self, as_at=None, known_at=None):
        """The latest row of each recommendation on a day, as known at a moment, if it restricts."""
        said = Restriction.objects.filter(tracked=OuterRef("tracked")).standing(as_at, known_at)
        return self.filter(pk=Subquery(said.latest_first().values("pk")[:1]), restricted=True)


class Restriction(DatedRow):
    """A recommendation is restricted from a day on, or no longer. The latest row is in force."""

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="restrictions")
    restricted = models.BooleanField(default=True)

    reason = models.TextField("why")

    objects = RestrictionQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="restriction_says_why", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{'Restriction' if self.restricted else 'Lifted restriction'} of {self.tracked}"
