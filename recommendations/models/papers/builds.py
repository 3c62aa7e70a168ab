"""Background builds of papers' files, requested by a person. Not records; the finalised papers are."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.digests import digest
from recommendations.enums import BuildKind, BuildState, BuildStep
from recommendations.models.builds import UNFINISHED, Build, BuildQuerySet, build_constraints
from recommendations.models.sealed_rows import SealedRow


class PaperBuildQuerySet(BuildQuerySet):
    def visible_to(self, user):
        """All for the office, none for others, because drafts are built."""
        return self if user.has_perm("draft_paper") else self.none()


class PaperBuild(SealedRow, Build):
    """One build: to finalise a paper, or a draft's PDF. Who requested a finalisation counts as having finalised it,
    so the request is sealed.

    `content` is a draft's PDF.
    """

    paper = models.ForeignKey("ScrutinyReport", on_delete=models.CASCADE, related_name="builds")
    kind = models.CharField(max_length=10, choices=BuildKind)
    step = models.CharField(max_length=10, choices=BuildStep, blank=True)

    objects = PaperBuildQuerySet.as_manager()

    class Meta(Build.Meta):
        verbose_name = "build of a paper"
        verbose_name_plural = "builds of papers"
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "kind"], condition=Q(state__in=UNFINISHED), name="paperbuild_one_unfinished"
            ),
            models.CheckConstraint(name="paperbuild_kind_known", condition=Q(kind__in=BuildKind.values)),
            *build_constraints("paperbuild"),
            models.CheckConstraint(
                name="paperbuild_content_of_a_draft",
                condition=Q(content__isnull=True) | Q(kind=BuildKind.PREVIEW, state=BuildState.DONE),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.paper}"

    def sealed_values(self) -> list:
        return ["build of a paper", self.paper_id, self.kind, self.asked_by_id, digest(self.asked_at)]

    @property
    def says_what(self) -> str:
        return f"{self.get_kind_display()} {self.paper_id}"

    def get_absolute_url(self):
        return reverse("paper_build", args=[self.paper_id, self.pk])
