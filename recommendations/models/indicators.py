"""Indicators: numbers that show whether the work helped, with their values by period."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from recommendations.enums.indicators import Better, IndicatorEvery, IndicatorUnit
from recommendations.models.base import ActiveManager, RecordQuerySet, Withdrawable
from recommendations.models.evidence import exactly_one
from recommendations.models.forces.transfers import CameOver
from recommendations.periods import Period, say
from recommendations.sections import Section

LATEST_VALUES = ("indicator", "start", "-recorded_at", "-id")


class IndicatorQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for the office, a lead's own force's; none for others, or while indicators are off."""
        if not (user.has_perm("see_register") and Section.INDICATORS.is_on):
            return self.none()
        return self.filter(force=user.force_id) if user.force_id else self


def _figure(label: str, **options: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=14, decimal_places=2, **options)


class Indicator(Withdrawable, CameOver):
    """What is counted for a force, and what it should become. Its values are IndicatorValue.

    `hides_small`: numbers from 1 to 4 are shown as "fewer than 5". `force_enters`: the force adds values too.
    """

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="indicators")
    name = models.CharField("what is counted", max_length=160)
    definition = models.TextField("what counts, and what does not")
    source = models.CharField("where the numbers come from", max_length=200)
    unit = models.CharField(max_length=10, choices=IndicatorUnit, default=IndicatorUnit.NUMBER)
    better = models.CharField("which is better", max_length=4, choices=Better, default=Better.DOWN)
    every = models.CharField("how often it is counted", max_length=10, choices=IndicatorEvery)
    baseline = _figure("baseline", null=True, blank=True)
    baseline_on = models.DateField("day of the baseline", null=True, blank=True)
    target = _figure("target", null=True, blank=True)
    target_on = models.DateField("target to be reached by", null=True, blank=True)
    hides_small = models.BooleanField("show 1 to 4 as “fewer than 5”", default=False)
    force_enters = models.BooleanField("the force enters values too", default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActiveManager.from_queryset(IndicatorQuerySet)()
    on_file = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            *CameOver.Meta.constraints,
            models.UniqueConstraint(
                "force", Lower("name"), condition=Q(withdrawn_at__isnull=True), name="indicator_once_per_force"
            ),
            models.CheckConstraint(name="indicator_has_words", condition=~Q(name="") & ~Q(definition="")),
            models.CheckConstraint(name="indicator_unit_known", condition=Q(unit__in=IndicatorUnit.values)),
            models.CheckConstraint(name="indicator_better_known", condition=Q(better__in=Better.values)),
            models.CheckConstraint(name="indicator_every_known", condition=Q(every__in=IndicatorEvery.values)),
            models.CheckConstraint(
                name="indicator_baseline_has_its_day",
                condition=Q(baseline__isnull=True, baseline_on__isnull=True)
                | Q(baseline__isnull=False, baseline_on__isnull=False),
            ),
            models.CheckConstraint(
                name="indicator_target_has_its_day",
                condition=Q(target__isnull=True, target_on__isnull=True)
                | Q(target__isnull=False, target_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicator", args=[self.pk])

    def value_words(self, value: Decimal) -> str:
        """A value with its unit."""
        return IndicatorUnit(self.unit).words(value)

    def period_words(self, period: Period) -> str:
        """A period in words, by how often it is counted."""
        return IndicatorEvery(self.every).name_of(period)


class IndicatorLink(Withdrawable):
    """What an indicator is of, beside its force: a recommendation, or a commitment."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="links")
    tracked = models.ForeignKey(
        "TrackedRecommendation", on_delete=models.PROTECT, null=True, blank=True, related_name="indicator_links"
    )
    commitment = models.ForeignKey(
        "Commitment", on_delete=models.PROTECT, null=True, blank=True, related_name="indicator_links"
    )
    recorded_at = models.DateTimeField()

    objects = ActiveManager.from_queryset(RecordQuerySet)()
    on_file = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(name="indicatorlink_of_one_thing", condition=exactly_one("tracked", "commitment")),
            models.UniqueConstraint(
                fields=["indicator", "tracked"], condition=Q(withdrawn_at__isnull=True), name="indicatorlink_once"
            ),
            models.UniqueConstraint(
                fields=["indicator", "commitment"],
                condition=Q(withdrawn_at__isnull=True),
                name="indicatorlink_commitment_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.tracked or self.commitment}"


class IndicatorSheet(Withdrawable):
    """Values that were entered together, from a sheet or by a program, and are undone together.

    `name` is the file's, "Pasted", or whose token sent them: "Sent by Power BI".
    """

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActiveManager.from_queryset(RecordQuerySet)()
    on_file = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [*Withdrawable.Meta.constraints]

    def __str__(self) -> str:
        return self.name


class IndicatorValueQuerySet(RecordQuerySet):
    def standing(self, known_at=None) -> Self:
        """Those that are not withdrawn, as known at a moment (UTC)."""
        if known_at is None:
            return self.filter(withdrawn_at__isnull=True)
        stands = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at)
        return self.filter(stands, recorded_at__lte=known_at)


class IndicatorValue(Withdrawable):
    """What was counted in a period, by whom it was said. Of several for a period, the last recorded one counts."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    start = models.DateField("first day")
    end = models.DateField("last day")
    value = _figure("value")
    said_by = models.CharField("who said it", max_length=120)
    sheet = models.ForeignKey(IndicatorSheet, on_delete=models.PROTECT, null=True, blank=True, related_name="values")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActiveManager.from_queryset(IndicatorValueQuerySet)()
    on_file = IndicatorValueQuerySet.as_manager()

    class Meta:
        ordering = LATEST_VALUES
        indexes = [models.Index(fields=["indicator", "-end", "-recorded_at", "-id"], name="indicatorvalue_latest")]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(name="indicatorvalue_period_in_order", condition=Q(end__gte=F("start"))),
            models.CheckConstraint(name="indicatorvalue_says_who", condition=~Q(said_by="")),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.indicator.period_words(self.period)}"

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    @property
    def words(self) -> str:
        """The value with its unit."""
        return self.indicator.value_words(self.value)


class DefinitionChange(Withdrawable):
    """From a day on the numbers count something else: what they counted before, and why they changed."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="changes")
    changed_on = models.DateField("first day of the new definition")
    was = models.TextField("the definition before")
    note = models.TextField("what changed", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActiveManager.from_queryset(IndicatorValueQuerySet)()
    on_file = IndicatorValueQuerySet.as_manager()

    class Meta:
        ordering = ["changed_on", "id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(name="definitionchange_says_from_what", condition=~Q(was="")),
        ]

    def __str__(self) -> str:
        return f"Definition changed on {say(self.changed_on)}"
