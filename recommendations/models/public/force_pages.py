"""A force's public page: its releases, which never change, and the subscribers who are emailed about new ones."""

import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from recommendations.digests import digest
from recommendations.enums import InspectionKind
from recommendations.enums.force_pages import ReleaseState
from recommendations.enums.sources import OF_HMICFRS
from recommendations.models.base import ActiveManager
from recommendations.models.inspections.grades import PeelGrade
from recommendations.models.inspections.inspections import Inspection
from recommendations.models.public.releases import Release, ReleasedFacts, ReleaseQuerySet
from recommendations.models.reminders.reminders import LedgerMail
from recommendations.models.sealed_rows import SealedRow
from recommendations.periods import say


class ForceReleaseQuerySet(ReleaseQuerySet):
    def with_what_is_newer(self):
        """What the public reads of each force that has no release waiting, with what came since it was prepared.

        `newest_report` is the id of the newest annual report of HMICFRS on the force, `report_title` and `report_on`
        its title and day; `graded_on` is the latest day of the grades recorded since, or None.
        """
        waiting = ForceRelease.objects.filter(force=OuterRef("force"), state=ReleaseState.WAITING)
        newer = ForceRelease.on_file.released().filter(force=OuterRef("force"), number__gt=OuterRef("number"))
        reports = Inspection.objects.filter(
            covers__force=OuterRef("force"), source__in=OF_HMICFRS, kind=InspectionKind.PEEL
        ).order_by("-published_on", "-pk")
        grades = PeelGrade.objects.filter(
            force=OuterRef("force"), withdrawn_at__isnull=True, recorded_at__gt=OuterRef("prepared_at")
        ).order_by("-effective_on")
        return (
            self.released()
            .filter(~Exists(waiting), ~Exists(newer))
            .annotate(
                newest_report=Subquery(reports.values("pk")[:1]),
                report_title=Subquery(reports.values("title")[:1]),
                report_on=Subquery(reports.values("published_on")[:1]),
                graded_on=Subquery(grades.values("effective_on")[:1]),
            )
        )


class ForceRelease(Release):
    """A release of a force's public page. `choices` has the office's choices for it (domain/force_pages/data.py)."""

    subject = "force_page"
    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="releases")
    choices = models.JSONField(default=dict)

    # What `with_what_is_newer` adds.
    newest_report: int | None
    report_title: str
    report_on: datetime.date
    graded_on: datetime.date | None

    objects = ActiveManager.from_queryset(ForceReleaseQuerySet)()
    on_file = ForceReleaseQuerySet.as_manager()

    class Meta(Release.Meta):
        verbose_name = "release of a force’s page"
        verbose_name_plural = "releases of forces’ pages"

    def __str__(self):
        return f"{self.force}, public page, release {self.number}" if self.number else f"{self.force}, public page"

    def get_absolute_url(self):
        return reverse("force_release", args=[self.pk])

    @property
    def newer_words(self) -> str:
        """What came since it was prepared, in words, after `with_what_is_newer`; "" if nothing did."""
        if self.newest_report and self.newest_report != self.choices.get("report"):
            return f"“{self.report_title}” of {say(self.report_on)}"
        return f"the grades of {say(self.graded_on)}" if self.graded_on else ""

    def get_public_url(self) -> str:
        return reverse("public_force_release", args=[self.force.slug, self.number])


class ForceFacts(ReleasedFacts):
    """The complete facts of a release: PageFacts of domain/force_pages/data.py."""

    of = models.OneToOneField(ForceRelease, on_delete=models.PROTECT, related_name="says")

    class Meta:
        verbose_name = "facts of a force’s page"
        verbose_name_plural = "facts of forces’ pages"

    def __str__(self):
        return f"What {self.of} says"


class ForceSubscriber(SealedRow):
    """An address that is emailed about each new release of a force's page, once confirmed.

    Not a record: deleted when its owner unsubscribes, or if not confirmed within some days. `token` is the secret in
    the links of its emails. An address that was written past the program gets no email.
    """

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    token = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "subscriber of a force’s page"
        verbose_name_plural = "subscribers of forces’ pages"
        ordering = ["force", "id"]
        constraints = [models.UniqueConstraint(fields=["force", "email"], name="forcesubscriber_once")]

    def __str__(self):
        return f"Subscriber {self.pk}"

    def sealed_values(self) -> list:
        moments = [digest(self.asked_at), digest(self.confirmed_at)]
        return ["subscriber", self.force_id, self.email, self.token, *moments]


class ForceMail(LedgerMail):
    """An email to a subscriber: about a release, or (without one) to confirm the address. A ledger row, not a record.

    It has only the subscriber's number: the address is deleted when its owner unsubscribes.
    """

    subscriber = models.PositiveBigIntegerField()
    release = models.ForeignKey(ForceRelease, on_delete=models.PROTECT, null=True, blank=True, related_name="mails")

    class Meta:
        ordering = ["subscriber", "id"]
        constraints = [
            *LedgerMail.Meta.constraints,
            models.UniqueConstraint(fields=["subscriber", "release"], name="forcemail_once_a_release"),
            models.UniqueConstraint(
                fields=["subscriber"], condition=Q(release__isnull=True), name="forcemail_confirmation_once"
            ),
        ]

    def __str__(self):
        return f"Email {self.pk} to subscriber {self.subscriber}"
