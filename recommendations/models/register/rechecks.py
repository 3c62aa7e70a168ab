"""Rechecks of closures: on which day, by what measure, and whether the closure held."""

from django.db import models
from django.db.models import F, Q

from recommendations.enums.register import RecheckAnswer
from recommendations.models.base import DatedQuerySet, DatedRow, latest_index
from recommendations.models.register.closures import in_force
from recommendations.periods import say


class RecheckQuerySet(DatedQuerySet):
    def speaking(self, as_at=None, known_at=None):
        """Rows in force on a London day, as known by `known_at` (UTC), without slips declined by then."""
        declined = Q(agreed=False)
        if as_at is not None:
            declined &= Q(decided_on__lte=as_at)
        if known_at is not None:
            declined &= Q(decided_at__lte=known_at)
        return self.standing(as_at, known_at).exclude(declined)

    def of_closed(self, as_at, known_at=None):
        """Rows on closures in force on that day; those on other closures no longer count."""
        return self.speaking(as_at, known_at).filter(in_force(as_at, known_at, "closure__"))

    def waiting(self):
        """Slips that wait for a decision, on recommendations that are still closed."""
        open_question = Q(answer=RecheckAnswer.SLIPPED, agreed__isnull=True, closure__reopened_on__isnull=True)
        return self.standing().filter(open_question)


class Recheck(DatedRow):
    """A planned recheck of a closure with its measure, or the result of one. The latest row is in force.

    `look_on` is set if a recheck is planned, and with it `held_if`, written in advance. A slip waits until another
    person agrees, which reopens the recommendation, or declines.
    """

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="rechecks")
    closure = models.ForeignKey("Closure", on_delete=models.PROTECT, related_name="rechecks")
    answer = models.CharField(max_length=10, choices=RecheckAnswer)
    look_on = models.DateField("look again on", null=True, blank=True)
    held_if = models.TextField("how we will know it lasted", blank=True)
    saw = models.TextField("what was seen", blank=True)
    shown_by = models.ForeignKey(
        "Indicator",
        verbose_name="the indicator that shows it",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rechecks",
    )
    agreed = models.BooleanField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.TextField(blank=True)

    objects = RecheckQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        indexes = [latest_index("recheck")]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="recheck_answer_known", condition=Q(answer__in=RecheckAnswer.values)),
            models.CheckConstraint(
                name="recheck_day_has_its_measure",
                condition=(Q(answer=RecheckAnswer.AGAIN, look_on__isnull=False) & ~Q(held_if=""))
                | (~Q(answer=RecheckAnswer.AGAIN) & Q(look_on__isnull=True)),
                violation_error_message="Say what shows that it has held.",
            ),
            models.CheckConstraint(
                name="recheck_says_what_was_seen",
                condition=~Q(answer__in=[RecheckAnswer.HELD, RecheckAnswer.SLIPPED]) | ~Q(saw=""),
                violation_error_message="Say what you saw.",
            ),
            models.CheckConstraint(
                name="recheck_shown_by_an_indicator_if_seen", condition=Q(shown_by__isnull=True) | ~Q(saw="")
            ),
            models.CheckConstraint(
                name="recheck_decision_has_its_stamps",
                condition=Q(
                    agreed__isnull=True,
                    decided_on__isnull=True,
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    decision_reason="",
                )
                | Q(
                    answer=RecheckAnswer.SLIPPED,
                    agreed__isnull=False,
                    decided_on__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="recheck_decided_by_another",
                condition=Q(decided_by__isnull=True) | Q(recorded_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
                violation_error_message="The person who found that it slipped cannot decide it.",
            ),
            models.CheckConstraint(
                name="recheck_declined_says_why", condition=~Q(agreed=False) | ~Q(decision_reason="")
            ),
        ]

    def __str__(self):
        return f"{self.get_answer_display()}: {self.tracked}, {say(self.effective_on)}"
