"""Independent custody visiting: suites, and visits as counts and findings. Nothing about any detainee."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations.models.base import ActiveManager, Record, RecordQuerySet, Withdrawable
from recommendations.models.forces.bodies import in_order
from recommendations.periods import say
from recommendations.permissions import May

NO_DETAINEES = "Nothing about a detainee: no name, no cell, no number, no reason for detention."


class SuiteQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office and administrators, none for others."""
        return self if user.has_perm(May.RECORD_MEETINGS) or user.has_perm(May.ADMINISTER) else self.none()

    def within(self, first, last):
        """The suites in existence on any day from `first` to `last`."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=last), Q(until__isnull=True) | Q(until__gte=first))


class CustodySuite(Record):
    """A custody suite of a force, with the days from and until which it exists."""

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="suites")
    name = models.CharField(max_length=120)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = SuiteQuerySet.as_manager()

    class Meta:
        ordering = ["force", "name"]
        constraints = [
            in_order("custodysuite_dates_in_order"),
            models.UniqueConstraint(
                fields=["force", "name"],
                name="custodysuite_once",
                violation_error_message="This force has a suite of this name.",
            ),
        ]

    def __str__(self):
        return self.name


class VisitQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office, none for others."""
        return self if user.has_perm(May.RECORD_MEETINGS) else self.none()

    def within(self, first, last):
        """The visits from `first` to `last`, inclusive."""
        return self.filter(on__gte=first, on__lte=last)


class CustodyVisit(Withdrawable):
    """One visit: when, by how many visitors, and how many people were held, offered a visit, seen or refused."""

    suite = models.ForeignKey(CustodySuite, on_delete=models.PROTECT, related_name="visits")
    on = models.DateField("day")
    start = models.TimeField("start time")
    end = models.TimeField("end time", null=True, blank=True)
    visitors = models.PositiveSmallIntegerField()
    tact_trained = models.PositiveSmallIntegerField("trained for TACT detainees", default=0)
    held = models.PositiveSmallIntegerField("detainees held")
    offered = models.PositiveSmallIntegerField("offered a visit")
    seen = models.PositiveSmallIntegerField()
    refused = models.PositiveSmallIntegerField()
    findings = models.TextField(blank=True, help_text=NO_DETAINEES)
    answer = models.TextField("the force’s answer", blank=True, help_text=NO_DETAINEES)
    answered_on = models.DateField("day of the answer", null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActiveManager.from_queryset(VisitQuerySet)()
    on_file = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-start", "-id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                name="custodyvisit_times_in_order", condition=Q(end__isnull=True) | Q(end__gt=F("start"))
            ),
            models.CheckConstraint(
                name="custodyvisit_trained_among_visitors",
                condition=Q(visitors__gte=1, tact_trained__lte=F("visitors")),
            ),
            models.CheckConstraint(name="custodyvisit_offered_among_held", condition=Q(offered__lte=F("held"))),
            models.CheckConstraint(
                name="custodyvisit_seen_and_refused_among_offered",
                condition=Q(offered__gte=F("seen") + F("refused")),
            ),
            models.CheckConstraint(
                name="custodyvisit_answer_has_its_day",
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_on__gte=F("on"))),
            ),
        ]

    def __str__(self):
        return f"{self.suite}, {say(self.on)}"

    def get_absolute_url(self):
        return reverse("custody_visit", args=[self.pk])

    @property
    def counts_words(self) -> str:
        """ "12 held, 10 offered a visit, 8 seen, 1 refused"."""
        return f"{self.held} held, {self.offered} offered a visit, {self.seen} seen, {self.refused} refused"
