"""Notes between colleagues about a record. They stay inside the office."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.enums.ownership import RecordKind
from recommendations.models.base import ActiveManager, RecordQuerySet, Withdrawable


class NoteQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office, none for others."""
        return self if user.has_perm("write_notes") else self.none()

    def on(self, kind: RecordKind, pk: int):
        """Notes about one record, latest first."""
        return self.filter(about=kind, about_id=pk).order_by("-written_at", "-pk")


class OfficeNote(Withdrawable):
    """One note on one record. Its text is in no other record, paper or export."""

    about = models.CharField(max_length=20, choices=RecordKind)
    about_id = models.PositiveBigIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    # The name, force and inspection of its record, if queried by domain/search/of_notes.py.
    named: str | None
    of_force: int | None
    of_inspection: int | None

    objects = ActiveManager.from_queryset(NoteQuerySet)()
    on_file = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["about", "about_id", "-written_at"], name="note_on_record")]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(name="note_about_known", condition=Q(about__in=RecordKind.values)),
            models.CheckConstraint(name="note_says_something", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"Note {self.pk} on {self.get_about_display().lower()} {self.about_id}"

    def get_absolute_url(self):
        """The page of its record's notes, at this one."""
        return f"{reverse('record_notes', args=[self.about, self.about_id])}#office-note-{self.pk}"
