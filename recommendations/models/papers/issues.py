"""Issues of finalised papers to committee meetings, the readers who are told, and the ledger of those emails."""

from typing import Any

from django.db import models
from django.db.models import Q

from recommendations.models.base import ActiveManager, Record, RecordQuerySet, Withdrawable
from recommendations.models.papers.papers import ScrutinyReport
from recommendations.models.reminders.reminders import LedgerMail
from recommendations.periods import say


class IssueQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Issues of papers that this user may see."""
        return self.filter(paper__in=ScrutinyReport.objects.visible_to(user))


class PaperIssue(Withdrawable):
    """An item on a committee's agenda: a finalised paper issued to a meeting. Withdrawn only with a reason."""

    paper = models.ForeignKey(ScrutinyReport, on_delete=models.PROTECT, related_name="meetings")
    panel = models.ForeignKey("Panel", on_delete=models.PROTECT, related_name="issued_papers", verbose_name="committee")
    meeting_on = models.DateField("day of the meeting")
    meeting = models.ForeignKey("Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="tabled")
    item = models.CharField("item number", max_length=20)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_how = models.CharField("how it was sent", max_length=120)

    # What the page of a paper adds (views/papers/status.py).
    words: str
    told: list[Any]

    objects = ActiveManager.from_queryset(IssueQuerySet)()
    on_file = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["meeting_on", "id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["paper", "panel", "meeting_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="paperissue_once_to_a_meeting",
                violation_error_message="The paper was issued to this meeting already.",
            ),
            models.CheckConstraint(name="paperissue_says_item_and_how", condition=~Q(item="") & ~Q(sent_how="")),
        ]

    def __str__(self):
        return f"{self.panel}, {say(self.meeting_on)}, item {self.item}"


class ReaderQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; nobody else sees the readers."""
        return self if user.has_perm("draft_paper") else self.none()


class PaperReader(Record):
    """A person who is emailed about an issue, chosen when it was made."""

    issue = models.ForeignKey(PaperIssue, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")

    objects = ReaderQuerySet.as_manager()

    class Meta:
        ordering = ["issue", "person__name", "id"]
        constraints = [models.UniqueConstraint(fields=["issue", "person"], name="paperreader_once_an_issue")]

    def __str__(self):
        return f"{self.person}: {self.issue}"


class PaperMail(LedgerMail):
    """The one email to a reader of an issued paper. A ledger row, not a record."""

    reader = models.OneToOneField(PaperReader, on_delete=models.PROTECT, related_name="mail")

    class Meta:
        ordering = ["reader"]
        constraints = [*LedgerMail.Meta.constraints]

    def __str__(self):
        return f"Email to {self.reader}"
