"""The public page of a force: its releases, which never change, and who gets an e-mail about a new one."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.models.releases import Release, ReleasedFacts
from recommendations.models.reminders import LedgerMail


class ForceRelease(Release):
    """What a force's public page says from one release to the next. `choices` is what was chosen for it
    (domain/force_pages/data.py).
    """

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="releases")
    choices = models.JSONField(default=dict)

    class Meta(Release.Meta):
        verbose_name = "release of a force’s page"
        verbose_name_plural = "releases of forces’ pages"

    def __str__(self):
        return f"{self.force}, public page, release {self.number}" if self.number else f"{self.force}, public page"

    def get_absolute_url(self):
        return reverse("force_release", args=[self.pk])

    def get_public_url(self) -> str:
        return reverse("public_force_release", args=[self.force.slug, self.number])


class ForceFacts(ReleasedFacts):
    """All that a release says: domain/force_pages/data.py's PageFacts."""

    of = models.OneToOneField(ForceRelease, on_delete=models.PROTECT, related_name="says")

    class Meta:
        verbose_name = "facts of a force’s page"
        verbose_name_plural = "facts of forces’ pages"

    def __str__(self):
        return f"What {self.of} says"


class ForceSubscriber(models.Model):
    """An address that gets an e-mail about each new release of a force's page, once it was confirmed.

    No record: it is deleted when its owner ends the e-mails, and some days after it was not confirmed. `token` is the
    secret part of the links in its e-mails.
    """

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    token = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["force", "id"]
        constraints = [models.UniqueConstraint(fields=["force", "email"], name="forcesubscriber_once")]

    def __str__(self):
        return f"Subscriber {self.pk}"


class ForceMail(LedgerMail):
    """An e-mail to a subscriber: about a release, or without one to confirm the address. The ledger's row, no record.

    It names the subscriber by number alone: the address is gone once its owner ended the e-mails.
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
        return f"E-mail {self.pk} to subscriber {self.subscriber}"
