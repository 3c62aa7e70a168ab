"""A register that another office handed over: what came, and its part of that office's audit trail.

The records that came are in the ordinary tables. What is here is how they stood at the other office, so that its
papers can be compiled again and its trail verified. Written once (domain/handing_over/), and removed only where a
register is given back before anything was built on it.
"""

from django.db import models
from django.db.models import Q

from recommendations.models.base import Guarded, Record, RecordQuerySet


class ReceivedRegister(Record):
    """One force's register, taken over from another office."""

    force = models.ForeignKey(
        "Force", on_delete=models.PROTECT, null=True, related_name="received", help_text="None once it was undone."
    )
    force_name = models.CharField(max_length=120)
    origin = models.CharField("the office that handed it over", max_length=200)
    handed_over_on = models.DateField()
    head_count = models.PositiveBigIntegerField("entries in the other office’s trail")
    head_hash = models.CharField(max_length=64)
    fingerprint = models.CharField("SHA-256 of the bag’s manifests", max_length=64)
    taken_over_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_why = models.TextField(blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(undone_at__isnull=True), name="receivedregister_once"
            ),
            models.CheckConstraint(
                name="receivedregister_has_a_force",
                condition=Q(force__isnull=True) ^ Q(undone_at__isnull=True),
            ),
            models.CheckConstraint(
                name="receivedregister_undone_says_why",
                condition=Q(undone_at__isnull=True, undone_why="") | (Q(undone_at__isnull=False) & ~Q(undone_why="")),
            ),
        ]

    def __str__(self):
        return f"{self.force_name} from {self.origin}"


class ReceivedEntry(Guarded):
    """An entry of the other office's trail that speaks of these records. The fields are those of TrailEntry.

    `is_whole`: it speaks of nothing else, so that its hash can be made again. Of any other only its hash and what it
    changed in these records came.
    """

    register = models.ForeignKey(ReceivedRegister, on_delete=models.PROTECT, related_name="entries")
    is_whole = models.BooleanField()
    key = models.PositiveBigIntegerField("its id at the other office")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by_key = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject_model = models.CharField(max_length=80, blank=True)
    subject_key = models.BigIntegerField(null=True)
    about = models.CharField(max_length=400, blank=True)
    reason = models.TextField(blank=True)
    changes = models.TextField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    scheme = models.PositiveSmallIntegerField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["register", "sequence"]
        verbose_name = "received trail entry"
        verbose_name_plural = "received trail entries"
        constraints = [models.UniqueConstraint(fields=["register", "sequence"], name="receivedentry_once")]
        indexes = [models.Index(fields=["register", "subject_model", "subject_key"], name="receivedentry_by_subject")]

    def __str__(self):
        return f"{self.sequence}: {self.verb}"


class ReceivedRecord(Guarded):
    """A row as it stood at the other office, its history there, and the id of the record that it is here."""

    register = models.ForeignKey(ReceivedRegister, on_delete=models.PROTECT, related_name="records")
    model = models.CharField(max_length=80)
    key = models.BigIntegerField("its id at the other office")
    record = models.BigIntegerField("its id here", null=True)
    is_new = models.BooleanField("whether it was added here, not matched with one that was here")
    row = models.TextField()
    saves = models.TextField("its history")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["register", "model", "key"]
        constraints = [models.UniqueConstraint(fields=["register", "model", "key"], name="receivedrecord_once")]
        indexes = [models.Index(fields=["model", "record"], name="receivedrecord_here")]

    def __str__(self):
        return f"{self.model} {self.key}"
