"""Large files of the register, made outside the request. No records: that one was taken out is on the trail."""

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.enums import BuildState
from recommendations.enums.register_exports import ExportForm, ExportStep
from recommendations.models.builds import UNFINISHED, Build, BuildQuerySet, build_constraints

KEPT = datetime.timedelta(days=1)  # from asking for a file


class RegisterExportQuerySet(BuildQuerySet):
    def visible_to(self, user):
        """A person's own, while they see what they saw as they asked: of another role or force they see others."""
        if not user.has_perm("see_register"):
            return self.none()
        return self.filter(asked_by=user, role=user.role, force=user.force_id)

    def kept_at(self, at: datetime.datetime):
        """Those that are not gone by a moment."""
        return self.filter(asked_at__gt=at - KEPT)


class RegisterExport(Build):
    """One making of a file of the register. `query` is the question, as an address has it.

    `role` and `force` are those of whoever asked, who alone can fetch it. `about` is what the trail says when they do.
    """

    form = models.CharField(max_length=10, choices=ExportForm)
    query = models.TextField(blank=True)
    role = models.CharField(max_length=30)
    force = models.ForeignKey("Force", on_delete=models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=10, choices=ExportStep, blank=True)
    name = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=400, blank=True)

    objects = RegisterExportQuerySet.as_manager()

    class Meta(Build.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by"], condition=Q(state__in=UNFINISHED), name="registerexport_one_unfinished"
            ),
            models.CheckConstraint(name="registerexport_form_known", condition=Q(form__in=ExportForm.values)),
            *build_constraints("registerexport"),
            models.CheckConstraint(
                name="registerexport_content_when_done",
                condition=Q(content__isnull=False, state=BuildState.DONE)
                | (Q(content__isnull=True) & ~Q(state=BuildState.DONE)),
            ),
        ]

    def __str__(self):
        return f"Register, {self.form}, asked for by {self.asked_by}"

    @property
    def says_what(self) -> str:
        return f"register, {self.form}"

    def get_absolute_url(self):
        return reverse("register_export", args=[self.pk])
