"""Notices to a person: a record was assigned to them, or a note mentions them. They are not records.

A verb that assigns a record to a person adds the notice when it ends.
"""

from collections.abc import Iterable

from django.db import models

from recommendations import trail
from recommendations.enums.ownership import NoticeKind, RecordKind
from recommendations.models.reminders.reminders import LedgerMail

# For each model, its kind and the column of its assignee.
GIVEN = {
    "TrackedRecommendation": (RecordKind.RECOMMENDATION, "opcc_person_id"),
    "Commitment": (RecordKind.COMMITMENT, "keeper_person_id"),
    "UpdateRound": (RecordKind.ROUND, "keeper_id"),
    "Response": (RecordKind.RESPONSE, "keeper_id"),
}


class NoticeMail(LedgerMail):
    """One email with a person's notices of one day. If it fails, it is tried again."""

    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="notice_mails")
    day = models.DateField()

    class Meta:
        ordering = ["-day", "person"]
        constraints = [
            *LedgerMail.Meta.constraints,
            models.UniqueConstraint(fields=["person", "day"], name="noticemail_one_a_day"),
        ]

    def __str__(self):
        return f"Notices to {self.person}, {self.day}"


class PersonalNotice(models.Model):
    """One notice, shown on the first page and, if the person chose so, sent by email."""

    person = models.ForeignKey("User", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    about = models.CharField(max_length=20, choices=RecordKind)
    about_id = models.PositiveBigIntegerField()
    note = models.ForeignKey("OfficeNote", on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    at = models.DateTimeField()
    by = models.ForeignKey("User", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    mail = models.ForeignKey(NoticeMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "-at"], name="notice_of_person")]
        constraints = [
            models.CheckConstraint(name="notice_kind_known", condition=models.Q(kind__in=NoticeKind.values)),
            models.CheckConstraint(name="notice_about_known", condition=models.Q(about__in=RecordKind.values)),
            models.CheckConstraint(
                name="notice_named_in_a_note",
                condition=models.Q(kind=NoticeKind.NAMED, note__isnull=False)
                | (~models.Q(kind=NoticeKind.NAMED) & models.Q(note__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_about_display()} {self.about_id}"


@trail.follow
class GivenTo:
    """Adds a notice for each person to whom a verb assigned a record, except the one who acted."""

    def __init__(self) -> None:
        self.given: dict[tuple[RecordKind, int], int] = {}

    def note(self, row: models.Model, changed: Iterable[str]) -> None:
        """Remember the assignee of a row, if changed."""
        about, column = GIVEN.get(type(row).__name__, (None, ""))
        if about and column in changed and (person := getattr(row, column)):
            self.given[about, row.pk] = person

    def finish(self) -> None:
        """Add a notice for each of them, but of a register that is taken over: its people were told there."""
        act = trail.acting()
        if act is None or not self.given or act.verb == "take_over":
            return
        by = act.by.pk if act.by else None
        told = [
            PersonalNotice(person_id=person, kind=NoticeKind.GIVEN, about=about, about_id=pk, at=act.at, by_id=by)
            for (about, pk), person in self.given.items()
            if person != by
        ]
        # written at once: a notice is no record
        PersonalNotice.objects.bulk_create(told, batch_size=trail.BATCH)
