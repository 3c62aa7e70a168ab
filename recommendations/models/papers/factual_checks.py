"""Factual checks: a draft paper sent to the force, and the force's corrections."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.enums import CorrectionAnswer, FactualReply, PaperState
from recommendations.models.base import Record, RecordQuerySet
from recommendations.periods import say


class CheckQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; its own for a force's inspection leads; none for others."""
        if user.has_perm("draft_paper"):
            return self
        return self.filter(force=user.force_id) if user.has_perm("check_paper") and user.force_id else self.none()

    def running(self):
        """Checks that the force can still reply to: of a draft paper, without a reply, and not ended."""
        return self.filter(reply="", ended_at__isnull=True, paper__state=PaperState.DRAFT)


class FactualCheck(Record):
    """A request to a force to check the facts of a draft by a day. Each request is a row; the reply is kept."""

    paper = models.ForeignKey("ScrutinyReport", on_delete=models.PROTECT, related_name="factual_checks")
    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="factual_checks")
    due_on = models.DateField("reply by")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reply = models.CharField(max_length=12, choices=FactualReply, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_why = models.TextField("why the office went on", blank=True)

    unanswered: int  # how many corrections, if queried by domain/home/factual_checks.py

    # What the page of a paper adds (views/papers/status.py).
    runs: bool
    late: bool
    state: str
    open: int

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper"],
                condition=Q(reply="", ended_at__isnull=True),
                name="factualcheck_one_runs",
                violation_error_message="This paper is with the force already.",
            ),
            models.CheckConstraint(
                name="factualcheck_reply_is_dated",
                condition=Q(reply="", replied_at__isnull=True, replied_by__isnull=True)
                | Q(reply__in=FactualReply.values, replied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="factualcheck_ended_says_why",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_why="")
                | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
            ),
            models.CheckConstraint(
                name="factualcheck_replied_or_ended", condition=Q(replied_at__isnull=True) | Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self):
        return f"Factual check by {self.force}, asked for by {say(self.due_on)}"

    def get_absolute_url(self):
        return reverse("factual_check", args=[self.pk])


class CorrectionQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Visible like the check that they belong to."""
        return self.filter(of__in=FactualCheck.objects.visible_to(user))

    def open(self):
        """Corrections to drafts that the office has not answered."""
        return self.filter(answer="", of__paper__state=PaperState.DRAFT)


class FactualCorrection(Record):
    """A line of a draft that the force says is wrong. The force's words are never edited; the office answers them."""

    of = models.ForeignKey(FactualCheck, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveSmallIntegerField()
    line = models.CharField("which line", max_length=120)
    wrong = models.TextField("what is wrong")
    should_say = models.TextField("what it should say")
    answer = models.CharField(max_length=12, choices=CorrectionAnswer, blank=True)
    answer_why = models.TextField("why", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["of", "number"]
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="factualcorrection_number_once"),
            models.CheckConstraint(
                name="factualcorrection_says_what", condition=~Q(line="") & ~Q(wrong="") & ~Q(should_say="")
            ),
            models.CheckConstraint(
                name="factualcorrection_answer_is_whole",
                condition=Q(answer="", answer_why="", answered_at__isnull=True, answered_by__isnull=True)
                | Q(answer=CorrectionAnswer.ACCEPTED, answered_at__isnull=False)
                | (Q(answer=CorrectionAnswer.NOT_ACCEPTED, answered_at__isnull=False) & ~Q(answer_why="")),
                violation_error_message="Say why the correction is not accepted.",
            ),
        ]

    def __str__(self):
        return f"Correction {self.number}: {self.line}"
