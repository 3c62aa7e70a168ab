"""Large files of the register, built outside the request. Not records; the trail records each download."""

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.enums import BuildState
from recommendations.enums.builds import ExportForm, ExportStep
from recommendations.models.builds import UNFINISHED, Build, BuildQuerySet, build_constraints

KEPT = datetime.timedelta(days=1)  # from the request


class RegisterExportQuerySet(BuildQuerySet):
    def visible_to(self, user):
        """The user's own, unless their role or force changed since the request: then they may see other records."""
        if not user.has_perm("see_register"):
            return self.none()
        return self.filter(asked_by=user, role=user.role, force=user.force_id)

    def kept_at(self, at: datetime.datetime):
        """Files not yet expired at a moment."""
        return self.filter(asked_at__gt=at - KEPT)


class RegisterExport(Build):
    """One build of a register file. `query` is the query string.

    `role` and `force` are those of the requester, who alone can download it. `about` is the trail's text for a
    download.
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
