"""The office's public commitments, and each check of whether they were kept."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.enums import CheckOutcome, Every
from recommendations.models.base import DatedQuerySet, Record, RecordQuerySet
from recommendations.models.forces.transfers import CameOver
from recommendations.periods import say
from recommendations.sections import Section


class CommitmentQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; none for others, or while commitments are off."""
        return self if user.has_perm("see_responses") and Section.COMMITMENTS.is_on else self.none()

    def running(self):
        """Commitments that still have a check to come."""
        return self.filter(next_on__isnull=False)

    def overdue(self, today):
        """Commitments whose check was due before a London day."""
        return self.filter(next_on__lt=today)


class Commitment(Record, CameOver):
    """A sentence of a published response, with who keeps it, when it is checked and how often.

    `next_on` is the day of the next check, which the verbs derive from `check_on`, the checks and the moves
    (domain/commitments/status.py); None if no check is left.
    """

    of = models.ForeignKey("ResponseVersion", on_delete=models.PROTECT, related_name="commitments")
    comment = models.ForeignKey("Comment", on_delete=models.PROTECT, null=True, blank=True, related_name="commitments")
    quote = models.TextField(help_text="The sentence, word for word.")
    keeper = models.CharField(max_length=120)
    keeper_person = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="The keeper’s account."
    )
    check_on = models.DateField("first check")
    every = models.CharField(max_length=10, choices=Every, default=Every.ONCE)
    next_on = models.DateField("next check", null=True, blank=True)
    came_from = models.ForeignKey(
        "PolicingBody", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    outcome: str | None  # of the latest check, if queried by domain/commitments/queries.py with_latest

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["next_on", "id"]
        constraints = [
            *CameOver.Meta.constraints,
            models.CheckConstraint(name="commitment_has_quote_and_keeper", condition=~Q(quote="") & ~Q(keeper="")),
            models.CheckConstraint(name="commitment_every_known", condition=Q(every__in=Every.values)),
        ]

    def __str__(self):
        return f"Commitment: {self.quote[:60]}"

    def get_absolute_url(self):
        return reverse("commitment", args=[self.pk])


class CommitmentCheck(Record):
    """One dated check: kept, partly, not yet, or dropped with a reason."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="checks")
    effective_on = models.DateField("day")
    outcome = models.CharField(max_length=10, choices=CheckOutcome)
    said = models.TextField("what was found")
    evidence = models.TextField(blank=True)
    next_on = models.DateField("next check", null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["commitment", "-effective_on", "-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(name="commitmentcheck_outcome_known", condition=Q(outcome__in=CheckOutcome.values)),
            models.CheckConstraint(name="commitmentcheck_says_what", condition=~Q(said="")),
            models.CheckConstraint(
                name="commitmentcheck_dropped_is_the_last",
                condition=~Q(outcome=CheckOutcome.DROPPED) | Q(next_on__isnull=True),
            ),
            models.CheckConstraint(
                name="commitmentcheck_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]

    def __str__(self):
        return f"{self.get_outcome_display()} on {say(self.effective_on)}"


class CommitmentMove(Record):
    """The next check was moved to another day, with a reason. The original day stays in `check_on`."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="moves")
    effective_on = models.DateField("day")
    next_on = models.DateField("next check")
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["commitment", "-effective_on", "-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(name="commitmentmove_says_why", condition=~Q(reason="")),
            models.CheckConstraint(name="commitmentmove_is_ahead", condition=Q(next_on__gte=models.F("effective_on"))),
        ]

    def __str__(self):
        return f"Next check on {say(self.next_on)}"
