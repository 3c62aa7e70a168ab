"""The rows of the chained trail, and the tokens of submitted forms. Written by trail.py and
domain/submission/idempotency.py.
"""

from django.db import models

from recommendations import trail
from recommendations.models.audit.retention import former_name


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **values):
        raise TypeError("the trail is only added to")

    def with_former(self):
        """Annotate `former`, the number by which a former officer is shown; None for others."""
        return self.annotate(former=models.F("by__former__number"))

    def delete(self):
        raise TypeError("the trail is only added to")

    def bulk_create(self, *args, **kwargs):
        raise TypeError("the trail is added to entry by entry")

    def bulk_update(self, *args, **kwargs):
        raise TypeError("the trail is only added to")

    delete.alters_data = True  # type: ignore[attr-defined]  # Django's mark on a method
    delete.queryset_only = True  # type: ignore[attr-defined]  # the same


class TrailEntry(models.Model):
    """One verb: who, when, what, why, the digests of changed fields, and the hash of the entry before."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject_model = models.CharField(max_length=80, blank=True)
    subject_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=400, blank=True)
    reason = models.TextField(blank=True)
    changes = models.TextField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    scheme = models.PositiveSmallIntegerField(default=1)  # how the hash is made: a number in trail.SCHEMES

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject_model", "subject_id", "sequence"], name="trail_by_subject")]
        verbose_name_plural = "trail entries"

    def __str__(self):
        return f"{self.sequence}: {self.verb}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("the trail is only added to")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("the trail is only added to")

    @property
    def who(self) -> str:
        """The actor's name as pages show it; for a former officer the number, if queried `with_former`."""
        return former_name(getattr(self, "former", None)) or self.by_name


class TrailHead(models.Model):
    """The one row with the chain's length and last hash. Its lock orders the verbs.

    `key_seal` shows which SECRET_KEY the database belongs to (domain/audit/secret_key.py).
    """

    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True, default="")
    key_seal = models.CharField(max_length=64, blank=True, default="")

    def __str__(self):
        return f"{self.count} entries"


trail.use_models(entry=TrailEntry, head=TrailHead)


class Submission(models.Model):
    """A submitted form. Its token is unique, so the same form sent twice has one effect
    (domain/submission/idempotency.py).
    """

    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    led_to = models.CharField(max_length=300, blank=True)

    def __str__(self):
        return self.token
