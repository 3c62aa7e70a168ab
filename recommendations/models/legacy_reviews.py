"""Legacy reviews: what was open before a force or a policing body changes, and what becomes of each of these."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations.enums.legacy_reviews import ASKS_FOR_CLOSURE, LegacyVerdict
from recommendations.models.base import ActiveManager, DatedQuerySet, DatedRow, Record, RecordQuerySet, Withdrawable

LONGEST_TITLE = 80


class LegacyReviewQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for the office, none for others: a force reads nothing of a review."""
        return self if user.has_perm("edit_tracked") else self.none()


class LegacyReview(Withdrawable):
    """A review of everything that was open for some forces on the day it began. Once finished it never changes."""

    title = models.CharField(max_length=LONGEST_TITLE, help_text="As papers print it.")
    effective_on = models.DateField("day of the change", help_text="The day that the review prepares for or follows.")
    started_on = models.DateField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    finished_on = models.DateField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActiveManager.from_queryset(LegacyReviewQuerySet)()
    on_file = LegacyReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(name="legacyreview_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="legacyreview_finished_whole",
                condition=Q(finished_on__isnull=True, finished_at__isnull=True, finished_by__isnull=True)
                | Q(finished_on__isnull=False, finished_at__isnull=False, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("legacy_review", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.finished_on is None and self.withdrawn_at is None


class LegacyLine(Record):
    """A recommendation that was open when a review began, and the force that it was tracked for on that day."""

    review = models.ForeignKey(LegacyReview, on_delete=models.PROTECT, related_name="lines")
    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="legacy_lines")
    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["review", "id"]
        constraints = [models.UniqueConstraint(fields=["review", "tracked"], name="legacyline_once")]

    def __str__(self) -> str:
        return f"{self.tracked} in {self.review}"


class LegacyJudgement(DatedRow):
    """A judgement of one recommendation in a review. The latest one counts until the review is finished.

    `words` are what the office asks now, beside the source's own words, which never change. `superseded_by` is the
    recommendation of the same force that takes its place. `closure` is the request that another person decides.
    """

    review = models.ForeignKey(LegacyReview, on_delete=models.PROTECT, related_name="judgements")
    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="legacy_judgements")
    verdict = models.CharField("judgement", max_length=12, choices=LegacyVerdict)
    reason = models.TextField("why")
    words = models.TextField("what the office asks now", blank=True)
    superseded_by = models.ForeignKey(
        "TrackedRecommendation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closure = models.ForeignKey("Closure", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="legacyjudgement_says_why", condition=~Q(reason="")),
            models.CheckConstraint(name="legacyjudgement_verdict_known", condition=Q(verdict__in=LegacyVerdict.values)),
            models.CheckConstraint(
                name="legacyjudgement_reframed_has_words",
                condition=Q(verdict=LegacyVerdict.REFRAMED) & ~Q(words="")
                | ~Q(verdict=LegacyVerdict.REFRAMED) & Q(words=""),
            ),
            models.CheckConstraint(
                name="legacyjudgement_superseded_by_another",
                condition=Q(verdict=LegacyVerdict.SUPERSEDED, superseded_by__isnull=False)
                & ~Q(superseded_by=F("tracked"))
                | ~Q(verdict=LegacyVerdict.SUPERSEDED) & Q(superseded_by__isnull=True),
            ),
            models.CheckConstraint(
                name="legacyjudgement_closes_by_request",
                condition=Q(verdict__in=ASKS_FOR_CLOSURE, closure__isnull=False)
                | ~Q(verdict__in=ASKS_FOR_CLOSURE) & Q(closure__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tracked}: {self.get_verdict_display()}"
