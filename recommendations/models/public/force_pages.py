"""A force's public page: its releases, which never change, and the subscribers who are emailed about new ones."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.digests import digest
from recommendations.models.public.releases import Release, ReleasedFacts
from recommendations.models.reminders.reminders import LedgerMail
from recommendations.models.sealed_rows import SealedRow


class ForceRelease(Release):
    """A release of a force's public page. `choices` has the office's choices for it (domain/force_pages/data.py)."""

    subject = "force_page"
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
