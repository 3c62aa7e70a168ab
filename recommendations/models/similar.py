"""Similar recommendations of one force, as a person decided. Suggestions are not records."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from recommendations.enums.similar import SimilarVerdict
from recommendations.models.base import Record, RecordQuerySet

OF_PAIRS = ("link_similar", "decline_similar", "end_links")  # the verbs that write pairs


class SimilarPairQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Pairs with both ends on a register that this user may see."""
        if not user.has_perm("see_register"):
            return self.none()
        return self.filter(one__force=user.force_id, other__force=user.force_id) if user.force_id else self

    def of(self, *pks: int) -> Self:
        """Pairs that contain one of these tracked recommendations (ids)."""
        return self.filter(Q(one__in=pks) | Q(other__in=pks))

    def subjects_beside(self, tracked: Any) -> Q:
        """The condition that a trail entry's subject was ever paired with `tracked`: such an entry may name both."""
        pairs = self.order_by()
        ends = (pairs.filter(one=tracked).values("other"), pairs.filter(other=tracked).values("one"))
        beside = Q(*(Q(subject_id__in=each) for each in ends), _connector=Q.OR)
        return beside & Q(subject_model=tracked._meta.label_lower)

    def linked(self, as_at: Any = None, known_at: Any = None) -> Self:
        """Links in force on a day (London; None: today), as known at a moment (UTC; None: now)."""
        found = self.filter(verdict=SimilarVerdict.LINKED)
        if as_at is None and known_at is None:
            return found.filter(ended_on__isnull=True)
        if as_at is not None:
            found = found.filter(effective_on__lte=as_at)
        ended = Q() if as_at is None else Q(ended_on__lte=as_at)
        if known_at is not None:
            found, ended = found.filter(recorded_at__lte=known_at), ended & Q(ended_at__lte=known_at)
        return found.exclude(ended, ended_on__isnull=False)


class SimilarPair(Record):
    """Two tracked recommendations that are linked from a day on, or were found not to be similar.

    `one` has the lower id. All members of a linked group are linked with each other. A link ends with a reason; a pair
    once decided is not suggested again.
    """

    one = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="similar_after")
    other = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="similar_before")
    verdict = models.CharField(max_length=10, choices=SimilarVerdict)
    effective_on = models.DateField("day")
    reason = models.TextField("why", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField("link ended on", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_why = models.TextField("why it ended", blank=True)

    objects = SimilarPairQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(ended_on__isnull=True), name="similarpair_once"
            ),
            models.CheckConstraint(name="similarpair_in_order", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(name="similarpair_verdict_known", condition=Q(verdict__in=SimilarVerdict.values)),
            models.CheckConstraint(
                name="similarpair_ended_whole",
                condition=Q(ended_on__isnull=True, ended_at__isnull=True, ended_by__isnull=True, ended_why="")
                | (Q(ended_on__isnull=False, ended_at__isnull=False) & ~Q(ended_why="")),
            ),
            models.CheckConstraint(
                name="similarpair_ends_after",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("effective_on")),
            ),
        ]

    def __str__(self):
        return f"{self.one} and {self.other}"
