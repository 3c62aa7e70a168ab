"""The ledgers of e-mails, and when somebody last looked. No records: what was done by them is in the trail or sent."""

from django.db import models

from recommendations.enums import MailState, ReminderKind


class LedgerMail(models.Model):
    """An e-mail of a ledger. It is claimed before it is sent, so it cannot be sent twice.

    One that did not go is taken up again with one more attempt. `problem` says why one did not go.
    """

    state = models.CharField(max_length=10, choices=MailState, default=MailState.CLAIMED)
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=1)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_state_known", condition=models.Q(state__in=MailState.values)),
            models.CheckConstraint(
                name="%(class)s_sent_at",
                condition=models.Q(state=MailState.SENT, sent_at__isnull=False)
                | (~models.Q(state=MailState.SENT) & models.Q(sent_at__isnull=True)),
            ),
        ]


class ReminderMail(LedgerMail):
    """One e-mail to one person on one day. One that did not go is taken up again with another day."""

    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="reminders")
    day = models.DateField()

    class Meta:
        ordering = ["-day", "person"]
        constraints = [
            *LedgerMail.Meta.constraints,
            models.UniqueConstraint(fields=["person", "day"], name="remindermail_one_a_day"),
        ]

    def __str__(self):
        return f"Reminder to {self.person}, {self.day}"


class ReminderItem(models.Model):
    """What an e-mail was about: one round, one reason. Nobody is told the same twice."""

    mail = models.ForeignKey(ReminderMail, on_delete=models.CASCADE, related_name="items")
    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey("UpdateRound", on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=10, choices=ReminderKind)

    class Meta:
        ordering = ["mail", "round", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "round", "kind"], name="reminderitem_once")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.round}"


class LastLook(models.Model):
    """Up to when a person has seen what changed: the first page counts from here."""

    person = models.OneToOneField("User", on_delete=models.CASCADE, related_name="last_look")
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.person} looked"
