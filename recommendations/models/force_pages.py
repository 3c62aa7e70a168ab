"""The public page of a force: its releases, which never change, and who gets an e-mail about a new one."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations.enums.force_pages import ReleaseState
from recommendations.models.base import Guarded, RecordQuerySet, StandingManager, Withdrawable
from recommendations.models.reminders import LedgerMail


class ReleaseQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """The office's own. What is released needs no person: domain/force_pages/published.py."""
        return self if user.has_perm("draft_paper") else self.none()

    def released(self):
        """Those that an approving officer released."""
        return self.filter(state=ReleaseState.RELEASED)


class ForceRelease(Withdrawable):
    """What a force's public page says from one release to the next. One person prepares it, another releases it.

    It has its number from the moment of its release. `choices` is what was chosen for it
    (domain/force_pages/data.py).
    """

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="releases")
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.WAITING)
    number = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    choices = models.JSONField(default=dict)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_why = models.TextField("why it was sent back", blank=True, default="")

    objects = StandingManager.from_queryset(ReleaseQuerySet)()
    on_file = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-prepared_at", "-id"]
        verbose_name = "release of a force’s page"
        verbose_name_plural = "releases of forces’ pages"
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(fields=["force", "number"], name="forcerelease_number_once"),
            models.UniqueConstraint(
                fields=["force"], condition=Q(state=ReleaseState.WAITING), name="forcerelease_one_waits"
            ),
            models.CheckConstraint(name="forcerelease_state_known", condition=Q(state__in=ReleaseState.values)),
            models.CheckConstraint(
                name="forcerelease_is_decided",
                condition=Q(state=ReleaseState.WAITING, decided_at__isnull=True)
                | (~Q(state=ReleaseState.WAITING) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="forcerelease_released_has_number",
                condition=Q(state=ReleaseState.RELEASED, number__isnull=False)
                | (~Q(state=ReleaseState.RELEASED) & Q(number__isnull=True, withdrawn_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="forcerelease_released_by_another",
                condition=~Q(state=ReleaseState.RELEASED)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="forcerelease_returned_says_why",
                condition=(Q(state=ReleaseState.RETURNED) & ~Q(returned_why=""))
                | (~Q(state=ReleaseState.RETURNED) & Q(returned_why="")),
            ),
        ]

    def __str__(self):
        return f"{self.force}, public page, release {self.number}" if self.number else f"{self.force}, public page"

    def get_absolute_url(self):
        return reverse("force_release", args=[self.pk])

    def get_public_url(self) -> str:
        return reverse("public_force_release", args=[self.force.slug, self.number])


class ForceFacts(Guarded):
    """All that a release says, as it was prepared. It is added and never changed: what changes is a new release.

    `facts` is domain/force_pages/data.py's PageFacts as JSON; `sha256` that of its canonical text.
    """

    of = models.OneToOneField(ForceRelease, on_delete=models.PROTECT, related_name="says")
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "facts of a force’s page"
        verbose_name_plural = "facts of forces’ pages"

    def __str__(self):
        return f"What {self.of} says"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValueError("What was prepared for release never changes: prepare it again.")
        super().save(*args, **kwargs)


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
