"""Files of papers that are made outside the request: work that a person asked for. No records: what comes of it is."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.enums import BuildKind, BuildState, BuildStep
from recommendations.models.builds import UNFINISHED, Build, BuildQuerySet, build_constraints


class PaperBuildQuerySet(BuildQuerySet):
    def visible_to(self, user):
        """All for the office, nothing for anybody else: what is made is of a draft."""
        return self if user.has_perm("draft_paper") else self.none()


class PaperBuild(Build):
    """One making of a paper's file: to finalise the paper, or the PDF of a draft. Who asked for it is who finalises.

    `content` is the PDF of a draft.
    """

    paper = models.ForeignKey("ScrutinyReport", on_delete=models.CASCADE, related_name="builds")
    kind = models.CharField(max_length=10, choices=BuildKind)
    step = models.CharField(max_length=10, choices=BuildStep, blank=True)

    objects = PaperBuildQuerySet.as_manager()

    class Meta(Build.Meta):
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

    @property
    def says_what(self) -> str:
        return f"{self.get_kind_display()} {self.paper_id}"

    def get_absolute_url(self):
        return reverse("paper_build", args=[self.paper_id, self.pk])
