"""Who was told of a change of forces or bodies on its day, what it said, and the ledger of these emails."""

from django.db import models
from django.db.models import Q

from recommendations.models.base import Guarded
from recommendations.models.reminders.reminders import LedgerMail


class SuccessionNotice(Guarded):
    """What one person is told of a change that was done. Never changed: a correction of the change tells them again."""

    succession = models.ForeignKey("Succession", on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        ordering = ["succession", "person__name", "id"]
        verbose_name = "notice of a change ahead"
        verbose_name_plural = "notices of changes ahead"
        constraints = [
            models.UniqueConstraint(fields=["succession", "person"], name="successionnotice_one_each"),
            models.CheckConstraint(name="successionnotice_says_something", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"Notice to {self.person}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValueError("A notice never changes.")
        super().save(*args, **kwargs)


class SuccessionMail(LedgerMail):
    """The one email with a notice. A ledger row, not a record."""

    notice = models.OneToOneField(SuccessionNotice, on_delete=models.PROTECT, related_name="mail")

    class Meta:
        ordering = ["notice"]
        constraints = [*LedgerMail.Meta.constraints]

    def __str__(self):
        return f"Email of {self.notice}"
