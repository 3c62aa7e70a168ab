"""Action plans for fire inspections: each version as published, with its facts and its PDF."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.enums.force_pages import ReleaseState
from recommendations.models.public.releases import Release, ReleasedFacts


class ActionPlan(Release):
    """A version of a fire and rescue service's action plan. `pdf` is the file as published.

    `pdf_sha256` is the digest of the facts that the file was made from: once they are redacted, the file is withheld.
    """

    subject = "action_plan"
    pdf = models.ForeignKey("IssuedFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pdf_sha256 = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta(Release.Meta):
        constraints = [
            *Release.Meta.constraints,
            models.CheckConstraint(
                name="actionplan_released_has_pdf",
                condition=Q(state=ReleaseState.RELEASED, pdf__isnull=False)
                | (~Q(state=ReleaseState.RELEASED) & Q(pdf__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"{self.force}, action plan, version {self.number}" if self.number else f"{self.force}, action plan"

    def get_absolute_url(self):
        return reverse("action_plan_version", args=[self.pk])

    def get_public_url(self) -> str:
        return reverse("public_action_plan_version", args=[self.force.slug, self.number])


class ActionPlanFacts(ReleasedFacts):
    """The complete facts of a version: PlanFacts of domain/action_plans/data.py."""

    of = models.OneToOneField(ActionPlan, on_delete=models.PROTECT, related_name="says")

    class Meta:
        verbose_name = "facts of an action plan"
        verbose_name_plural = "facts of action plans"

    def __str__(self):
        return f"What {self.of} says"
