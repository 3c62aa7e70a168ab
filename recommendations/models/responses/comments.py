"""The chief officer's comments in a response: invited, submitted, never edited; and the copies sent out."""

import datetime

from django.db import models
from django.db.models import F, Q

from recommendations.enums import RecipientKind
from recommendations.models.base import Record, RecordQuerySet
from recommendations.models.forces.transfers import CameOver
from recommendations.models.reminders.reminders import LedgerMail


class OfAForce(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; its own for a force; none for others."""
        if user.force_id:
            return self.filter(force=user.force_id)
        return self if user.has_perm("see_responses") else self.none()


class Invitation(Record, CameOver):
    """An invitation to a force's chief officer to comment by a day set by the body (Police Act 1996, s.55(4))."""

    response = models.ForeignKey("Response", on_delete=models.PROTECT, related_name="invitations")
    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="invitations")
    due_on = models.DateField("comments by")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    sent_to = models.CharField("sent to", max_length=200, blank=True)
    sent_how = models.CharField("how", max_length=120, blank=True)
    mailed_to = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sent by email to"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfAForce.as_manager()

    class Meta:
        ordering = ["response", "force"]
        constraints = [
            *CameOver.Meta.constraints,
            models.UniqueConstraint(
                fields=["response", "force"],
                name="invitation_once",
                violation_error_message="This chief officer was invited already.",
            ),
            models.CheckConstraint(
                name="invitation_sent_says_to_whom",
                condition=Q(sent_on__isnull=True, sent_to="", sent_how="")
                | (Q(sent_on__isnull=False, sent_on__lte=F("due_on")) & ~Q(sent_to="")),
                violation_error_message="The invitation was sent after the day by which comments are asked for.",
            ),
            models.CheckConstraint(
                name="invitation_mailed_was_sent", condition=Q(mailed_to__isnull=True) | Q(sent_on__isnull=False)
            ),
        ]

    def __str__(self):
        return f"Invitation to {self.force}: {self.response}"

    def force_on(self, day: datetime.date):
        """The force whose chief officer was invited as of a day: before it came over, the one that it came from."""
        return self.came_from if self.came_from and self.came_on and day < self.came_on else self.force


class InvitationMail(LedgerMail):
    """The one email with an invitation's letter to `mailed_to`. A ledger row, not a record."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="mail")

    class Meta:
        ordering = ["invitation"]
        constraints = [*LedgerMail.Meta.constraints]

    def __str__(self):
        return f"Email of {self.invitation}"


class ChiefOfficerQuerySet(OfAForce):
    def standing(self):
        return self.filter(withdrawn_at__isnull=True)


class ChiefOfficerComments(Record):
    """A chief officer's comments, verbatim, dated and signed. Never edited: later comments are a new row."""

    response = models.ForeignKey("Response", on_delete=models.PROTECT, related_name="chief_officers")
    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="chief_officers")
    text = models.TextField()
    signed_by = models.CharField(max_length=120)
    signed_as = models.CharField("rank or title", max_length=120)
    dated_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source_name = models.CharField("file", max_length=200, blank=True)
    file = models.OneToOneField("IssuedFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.TextField(blank=True)

    objects = ChiefOfficerQuerySet.as_manager()

    class Meta:
        ordering = ["response", "force", "-recorded_at", "-id"]
        verbose_name_plural = "chief officer comments"
        constraints = [
            models.CheckConstraint(name="chiefofficercomments_has_text", condition=~Q(text="")),
            models.CheckConstraint(name="chiefofficercomments_signed", condition=~Q(signed_by="")),
            models.CheckConstraint(
                name="chiefofficercomments_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
            models.UniqueConstraint(
                fields=["response", "force"],
                condition=Q(withdrawn_at__isnull=True),
                name="chiefofficercomments_one_stands",
                violation_error_message="Comments of this chief officer are here already.",
            ),
        ]

    def __str__(self):
        return f"Comments of {self.signed_by}, {self.force}: {self.response}"


class Recipient(Record):
    """A recipient of copies of each response: a setting of the office, with none built in."""

    kind = models.CharField(max_length=20, choices=RecipientKind)
    name = models.CharField(max_length=160, unique=True)
    address = models.TextField(blank=True, help_text="As on an envelope: one line of the address per line.")
    email = models.EmailField(blank=True)
    until = models.DateField(null=True, blank=True, help_text="The last day on which copies go there.")

    class Meta:
        ordering = ["kind", "name"]
        constraints = [models.CheckConstraint(name="recipient_kind_known", condition=Q(kind__in=RecipientKind.values))]

    def __str__(self):
        return self.name

    def has_ended(self, on) -> bool:
        """Whether copies are no longer sent there on a day."""
        return self.until is not None and self.until < on


class Copy(Record):
    """A copy of a published version sent to a recipient on a day (Police Act 1996, s.55(6))."""

    of = models.ForeignKey("ResponseVersion", on_delete=models.PROTECT, related_name="copies")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="copies")
    sent_to = models.CharField(max_length=300, help_text="Name and address of that day.")
    sent_on = models.DateField()
    sent_how = models.CharField("how", max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["of", "sent_on", "id"]
        verbose_name_plural = "copies"
        constraints = [
            models.UniqueConstraint(
                fields=["of", "recipient"],
                name="copy_once",
                violation_error_message="A copy of this version was sent there already.",
            )
        ]

    def __str__(self):
        return f"Copy of {self.of} to {self.recipient}"
