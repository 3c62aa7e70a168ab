"""Ledgers of emails, reminders switched off by a person, and the last look at the first page. Not records.

The office's rules for reminders are records.
"""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from recommendations.enums import MailState, ReminderKind
from recommendations.enums.reminders import ReminderTo, ReminderTopic
from recommendations.models.base import Record, RecordQuerySet
from recommendations.periods import say

ABOUT_ROUNDS = ReminderTopic.ROUND
RULED = tuple(each for each in ReminderTopic if each != ABOUT_ROUNDS)  # topics that the office has rules for


class LedgerMail(models.Model):
    """An email of a ledger. It is claimed before it is sent, so it can't be sent twice.

    A failed one is claimed again, with one more attempt. `problem` is why it failed.
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
    """One reminder email to one person on one day. A failed one is claimed again on another day."""

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
    """An item of a reminder email. No person is sent the same item twice.

    For a round: the round and the reason. For anything else: the topic, the record (`subject`, of the topic's model),
    the day that it is about, and the step (the number of days before, or a ReminderStep).
    """

    mail = models.ForeignKey(ReminderMail, on_delete=models.CASCADE, related_name="items")
    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey("UpdateRound", on_delete=models.PROTECT, null=True, blank=True, related_name="reminders")
    kind = models.CharField(max_length=10, choices=ReminderKind, blank=True)
    topic = models.CharField(max_length=12, choices=ReminderTopic, blank=True)
    subject = models.PositiveBigIntegerField(null=True, blank=True)
    about_on = models.DateField("the day that it is about", null=True, blank=True)
    step = models.CharField(max_length=6, blank=True)

    class Meta:
        ordering = ["mail", "round", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "round", "kind"], name="reminderitem_once"),
            models.UniqueConstraint(
                fields=["person", "topic", "subject", "about_on", "step"],
                condition=Q(round__isnull=True),
                name="reminderitem_topic_once",
            ),
            models.CheckConstraint(
                name="reminderitem_is_whole",
                condition=Q(round__isnull=False, topic="", step="", subject__isnull=True, about_on__isnull=True)
                & ~Q(kind="")
                | Q(round__isnull=True, kind="", topic__in=RULED, subject__isnull=False, about_on__isnull=False)
                & ~Q(step=""),
            ),
        ]

    def __str__(self):
        if self.round_id:
            return f"{self.get_kind_display()}: {self.round}"
        return f"{self.get_topic_display()} {self.subject}, {self.step}"

    @property
    def trail_facts(self) -> list:
        """What the trail records of it (domain/mails/mail_ledger.py)."""
        if self.round_id:
            return [self.round_id, self.kind, self.person_id]
        assert self.about_on is not None  # reminderitem_is_whole
        return [self.topic, self.subject, self.about_on.isoformat(), self.step, self.person_id]


class ReminderSwitch(models.Model):
    """A topic whose reminders a person has switched off. A preference, not a record."""

    person = models.ForeignKey("User", on_delete=models.CASCADE, related_name="reminders_off")
    topic = models.CharField(max_length=12, choices=ReminderTopic)

    class Meta:
        ordering = ["person", "topic"]
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="reminderswitch_once"),
            models.CheckConstraint(name="reminderswitch_topic_known", condition=Q(topic__in=ReminderTopic.values)),
        ]

    def __str__(self):
        return f"{self.person}: no reminders of {self.get_topic_display()}"


@dataclass(frozen=True)
class ReminderPlan:
    """When and to whom reminders of a topic go. `late_days` None: no further reminder when it is late."""

    is_on: bool = True
    days_before: tuple[int, ...] = (0,)
    day_after: bool = False
    to: str = ReminderTo.NAMED
    tell_force: bool = False
    late_days: int | None = None


DEFAULT_PLANS = {
    ReminderTopic.RESPONSE: ReminderPlan(
        days_before=(28, 14, 7, 1), day_after=True, to=ReminderTo.OFFICERS, late_days=1
    ),
    ReminderTopic.CLOSURE: ReminderPlan(late_days=5),
    ReminderTopic.APPROVAL: ReminderPlan(late_days=5),
    ReminderTopic.PAPER: ReminderPlan(late_days=14),
    ReminderTopic.RETURNED: ReminderPlan(),
    ReminderTopic.TARGET: ReminderPlan(days_before=(7, 0), late_days=14),
    ReminderTopic.ACTION: ReminderPlan(days_before=(7, 0), day_after=True, tell_force=True),
    ReminderTopic.COMMITMENT: ReminderPlan(late_days=14),
    ReminderTopic.ASSURANCE: ReminderPlan(late_days=14),
    ReminderTopic.DISPUTE: ReminderPlan(late_days=14),
    ReminderTopic.RECHECK: ReminderPlan(days_before=(14, 0), late_days=14),
}


class ReminderRuleQuerySet(RecordQuerySet):
    def on(self, day: datetime.date) -> dict[ReminderTopic, ReminderPlan]:
        """The plan of each topic on a London day: the office's, else the built-in one."""
        rules: models.QuerySet[ReminderRule] = self.filter(since__lte=day).order_by("since")
        return DEFAULT_PLANS | {ReminderTopic(rule.topic): rule.plan for rule in rules}


class ReminderRule(Record):
    """The office's own rule for a topic from one day on. Changes are new rows."""

    topic = models.CharField(max_length=12, choices=ReminderTopic)
    since = models.DateField()
    is_on = models.BooleanField("reminders are sent", default=True)
    days_before = models.CharField(max_length=40, blank=True)
    day_after = models.BooleanField("on the first working day after", default=False)
    to = models.CharField(max_length=10, choices=ReminderTo, default=ReminderTo.NAMED)
    tell_force = models.BooleanField("the force’s lead too", default=False)
    late_days = models.PositiveSmallIntegerField("days late", null=True, blank=True)

    objects = ReminderRuleQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "-since"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "since"], name="reminderrule_once_a_day"),
            models.CheckConstraint(name="reminderrule_topic_known", condition=Q(topic__in=RULED)),
            models.CheckConstraint(name="reminderrule_to_known", condition=Q(to__in=ReminderTo.values)),
        ]

    def __str__(self):
        return f"Reminders, {self.get_topic_display().lower()}, from {say(self.since)}"

    @property
    def plan(self) -> ReminderPlan:
        days = tuple(int(each) for each in self.days_before.split(",") if each)
        return ReminderPlan(self.is_on, days, self.day_after, self.to, self.tell_force, self.late_days)


class LastLook(models.Model):
    """The moment from which the first page counts changes for a person."""

    person = models.OneToOneField("User", on_delete=models.CASCADE, related_name="last_look")
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.person} looked"
