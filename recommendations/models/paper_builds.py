"""Files of papers that are made outside the request: work that a person asked for. No records: what comes of it is."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.enums import BuildKind, BuildState, BuildStep

UNFINISHED = (BuildState.WAITING, BuildState.RUNNING)


class PaperBuildQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for the office, nothing for anybody else: what is made is of a draft."""
        return self if user.has_perm("draft_paper") else self.none()

    def unfinished(self):
        """What waits or is worked on."""
        return self.filter(state__in=UNFINISHED)


class PaperBuild(models.Model):
    """One making of a paper's file: to finalise the paper, or the PDF of a draft. Who asked for it is who finalises.

    `beat_at` is when whoever works on it last said so. `attempts` is how often it was begun, and tells one worker from
    another. `problem` says why nothing came of it, in words for a person. `content` is the PDF of a draft.
    """

    paper = models.ForeignKey("ScrutinyReport", on_delete=models.CASCADE, related_name="builds")
    kind = models.CharField(max_length=10, choices=BuildKind)
    state = models.CharField(max_length=10, choices=BuildState, default=BuildState.WAITING)
    step = models.CharField(max_length=10, choices=BuildStep, blank=True)
    asked_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    content = models.BinaryField(null=True, blank=True)

    objects = PaperBuildQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "kind"], condition=Q(state__in=UNFINISHED), name="paperbuild_one_unfinished"
            ),
            models.CheckConstraint(name="paperbuild_kind_known", condition=Q(kind__in=BuildKind.values)),
            models.CheckConstraint(
                name="paperbuild_state_has_its_moments",
                condition=Q(state=BuildState.WAITING, ended_at__isnull=True)
                | Q(state=BuildState.RUNNING, started_at__isnull=False, beat_at__isnull=False, ended_at__isnull=True)
                | Q(state__in=(BuildState.DONE, BuildState.FAILED), ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="paperbuild_failed_says_why",
                condition=(Q(state=BuildState.FAILED) & ~Q(problem="")) | (~Q(state=BuildState.FAILED) & Q(problem="")),
            ),
            models.CheckConstraint(
                name="paperbuild_content_of_a_draft",
                condition=Q(content__isnull=True) | Q(kind=BuildKind.PREVIEW, state=BuildState.DONE),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.paper}"

    def get_absolute_url(self):
        return reverse("paper_build", args=[self.paper_id, self.pk])

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED
