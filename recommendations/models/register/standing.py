"""The state of each recommendation on any day: one row for each period in which nothing about it changed.

The rows hold what is known now, with every value that lists, counts, colours, filters, sorting or papers need of a day.
Verbs don't write them: when a verb ends, the rows of everything that it touched are derived again (ADR 21).
"""

import datetime
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any, Self

from django.db import connection, models, transaction
from django.db.models import Q, QuerySet

from recommendations import trail
from recommendations.models.audit.trail import TrailHead
from recommendations.models.inspections.inspections import SubRecommendation
from recommendations.models.register.standing_rows import ALWAYS, COLUMNS, FOREVER, READS, derivation
from recommendations.models.register.tracked import TrackedRecommendation

# SQL by hand: rows that are derived and written in one statement, and statistics of the tables before all are

LISTED = ", ".join(COLUMNS)
AT_ONCE = 100  # tracked recommendations whose rows are derived by one query
# Columns of the tracked recommendation itself, which have no dates: as they are now.
UNDATED = (
    "reference",
    "chief_officer_lead",
    "opcc_lead",
    "tracked_on",
    "directed_to_force",
    "deadline_kind",
    "deadline_on",
)
DATED_ROW = ("tracked_id", {"id", "withdrawn_at"})  # of which nothing follows before its `effective_on`
A_DAY = datetime.timedelta(days=1)
# The columns that the rows depend on, by model, and the column with the id of the tracked recommendation.
RESTS_ON = {
    "ForceUpdate": DATED_ROW,
    "Assurance": DATED_ROW,
    "InspectorateStatus": DATED_ROW,
    "TargetDate": DATED_ROW,
    "Restriction": DATED_ROW,
    "Dispute": DATED_ROW,
    "Weight": DATED_ROW,
    "Delay": DATED_ROW,
    "Transfer": DATED_ROW,
    "Enforcement": DATED_ROW,
    "Closure": ("tracked_id", {"id", "decided_on", "closed_on", "reopened_on"}),
    "PartDischarged": ("tracked_id", {"closed_on", "reopened_on"}),
    "Recheck": ("tracked_id", {"id", "withdrawn_at", "decided_on"}),
    "TrackedRecommendation": ("id", {"id", "force_id", "came_on", "withdrawn_at", *UNDATED}),
}
OF_RECOMMENDATION = {"kind", "cause_id"}


@trail.follow
class Touched:
    """Collects the recommendations whose standing the verb's writes change."""

    def __init__(self):
        self.tracked: set[int] = set()
        self.recommendations: set[int] = set()
        self.after = FOREVER  # periods that end on this day or before stay as they are

    def note(self, row: models.Model, changed: Iterable[str]) -> None:
        """Remember a written row if a column that standing depends on changed (for a new row all columns changed)."""
        model = type(row).__name__
        if model == "Recommendation" and "id" not in changed and not OF_RECOMMENDATION.isdisjoint(changed):
            self.recommendations.add(row.pk)
        if isinstance(row, SubRecommendation) and "id" in changed:
            self.recommendations.add(row.recommendation_id)
        if model in RESTS_ON:
            leads, columns = RESTS_ON[model]
            if not columns.isdisjoint(changed):
                self.tracked.add(getattr(row, leads))
                self.after = min(self.after, _last_day_before(row))

    def settle(self) -> None:
        """Derive the rows of all that was touched so far. Nobody else can change what they depend on."""
        self.finish()
        self.tracked, self.recommendations, self.after = set(), set(), FOREVER

    def finish(self) -> None:
        """Derive the rows of all of these again."""
        Standing.objects.follow(self)


class StandingQuerySet(QuerySet):
    def at(self, day: datetime.date) -> Self:
        """The state on a London day of everything on file, withdrawn ones too, as known now: at most one row each."""
        return self.filter(since__lte=day, until__gt=day)

    def on(self, day: datetime.date) -> Self:
        """The state on a London day, as known now: at most one row for each tracked recommendation."""
        return self.at(day).filter(withdrawn=False)

    def current(self) -> Self:
        """Today's state of everything on file, including withdrawn ones: nothing is recorded for a later day."""
        return self.filter(until=FOREVER)

    def now(self) -> Self:
        """Today's state, as known now."""
        return self.current().filter(withdrawn=False)

    def open(self) -> Self:
        """Rows that are not closed."""
        return self.filter(closed_on__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """As TrackedRecommendation.objects.visible_to, for rows of any day: who has it today sees its past too."""
        if not user.has_perm("see_register"):
            return self.none()
        return self.filter(tracked__force=user.force_id) if user.force_id else self

    def follow(self, touched: Touched) -> None:
        """Derive again the rows of all that a verb touched. Call it while no other verb can end."""
        of_these = TrackedRecommendation.on_file.filter(recommendation__in=touched.recommendations)
        asked_by = set(of_these.values_list("pk", flat=True)) if touched.recommendations else set()
        after = ALWAYS if touched.recommendations else touched.after
        self._replace(sorted(touched.tracked | asked_by), after)

    def rebuild(self) -> None:
        """Derive all rows again, replacing whatever is there, while no verb can end."""
        with transaction.atomic():
            list(TrailHead.objects.select_for_update())
            # written at once: the rows follow from records, and are derived again as each verb ends
            self.all().delete()
            _count_what_it_reads()
            self._replace(TrackedRecommendation.on_file.order_by("pk").values_list("pk", flat=True), ALWAYS)

    def wrong(self) -> Iterator[int]:
        """The ids of the tracked recommendations whose rows do not match the records."""
        there, on_file = self.order_by().values_list("tracked"), TrackedRecommendation.on_file.order_by()
        pks = there.union(on_file.values_list("pk")).order_by("tracked")
        for some in batched((pk for (pk,) in pks.iterator()), AT_ONCE):
            stored = (
                f"SELECT {LISTED} FROM {self.model._meta.db_table} WHERE tracked_id IN ({', '.join(map(str, some))})"
            )
            with connection.cursor() as cursor:
                cursor.execute(
                    f"{derivation(some)} SELECT tracked_id FROM ({stored} EXCEPT SELECT {LISTED} FROM derived) gone "
                    f"UNION SELECT tracked_id FROM (SELECT {LISTED} FROM derived EXCEPT {stored}) missing"
                )
                yield from sorted(pk for (pk,) in cursor.fetchall())

    def _replace(self, pks: Iterable[int], after: datetime.date) -> None:
        for some in batched(pks, AT_ONCE):
            # written at once: the rows follow from records, and are derived again as each verb ends
            self.filter(tracked__in=some, until__gt=after).delete()
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {self.model._meta.db_table} ({LISTED}) "
                    f"{derivation(some, after)} SELECT {LISTED} FROM derived"
                )


def rebuild_if_empty(**signal: Any) -> None:
    """Derive the rows if a migration emptied the table, as one that adds a column does."""
    if not Standing.objects.exists() and TrackedRecommendation.on_file.exists():
        Standing.objects.rebuild()


def _count_what_it_reads() -> None:
    """Update statistics: without them, as after a restore, PostgreSQL plans for empty tables and takes minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in READS)}")


def _last_day_before(row: Any) -> datetime.date:
    """The periods that end on this day, or before, are the same with a written row as without it."""
    return row.effective_on - A_DAY if RESTS_ON[type(row).__name__] is DATED_ROW else ALWAYS


def _follows(model: str, **options: Any) -> models.ForeignKey:
    """A foreign key without a constraint: records are never deleted, and bulk inserts need no check."""
    return models.ForeignKey(model, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, **options)


class Standing(models.Model):
    """The state of a tracked recommendation from `since` up to, but not including, `until`.

    Its colour depends on the day and the rule of that day: domain/register/rag.py computes it in SQL from these
    columns. `force` is the force that it was with on those days, after a transfer another one than today's.
    """

    tracked = _follows("TrackedRecommendation", related_name="standings")
    # as_at computes a column of this name, which must not be one of the tracked recommendation's
    force = _follows("Force", related_name="+", db_column="force_of_day_id")
    since = models.DateField()
    until = models.DateField()
    withdrawn = models.BooleanField()
    reference = models.CharField(max_length=30)
    chief_officer_lead = models.CharField(max_length=120, blank=True)
    opcc_lead = models.CharField(max_length=120, blank=True)
    tracked_on = models.DateField()
    kind = models.CharField(max_length=30)
    cause = _follows("Recommendation", null=True, related_name="+")
    directed_to_force = models.BooleanField()
    deadline_kind = models.CharField(max_length=10)
    deadline_on = models.DateField(null=True)
    direction_due_on = models.DateField(null=True)
    position = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=40)
    last_update_on = models.DateField(null=True)
    forecast_on = models.DateField(null=True)
    first_target_on = models.DateField(null=True)
    target_on = models.DateField(null=True)
    target_moves = models.PositiveIntegerField()
    assurance = models.CharField(max_length=20, blank=True)
    assurance_on = models.DateField(null=True)
    revisit_on = models.DateField(null=True)
    inspectorate_status = models.CharField(max_length=40, blank=True)
    inspectorate_status_on = models.DateField(null=True)
    closure_requested_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    recheck = models.CharField(max_length=10, blank=True)
    look_again_on = models.DateField(null=True)
    restricted = models.BooleanField()
    parts = models.PositiveIntegerField()
    parts_done = models.PositiveIntegerField()
    dispute_decision = models.CharField(max_length=12, blank=True)
    dispute_review_on = models.DateField(null=True)
    risk = models.CharField(max_length=40, blank=True)
    risk_on = models.DateField(null=True)
    themes = models.CharField(max_length=1000, blank=True)
    delay_cause = models.CharField(max_length=40, blank=True)
    mitigated = models.BooleanField()

    # Annotations of domain/register/rag.py for a day.
    rag: str
    counts_from: datetime.date | None
    close_down_on: datetime.date | None

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tracked", "since"], name="standing_once"),
            models.CheckConstraint(
                name="standing_closed_with_outcome",
                condition=Q(closed_on__isnull=True, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="standing_target_has_first",
                condition=Q(target_on__isnull=True, first_target_on__isnull=True, target_moves=0)
                | Q(target_on__isnull=False, first_target_on__isnull=False),
            ),
            models.CheckConstraint(
                name="standing_not_pending_and_closed",
                condition=Q(closed_on__isnull=True) | Q(closure_requested_on__isnull=True),
            ),
            models.CheckConstraint(
                name="standing_rechecks_the_closed",
                condition=Q(closed_on__isnull=False) | Q(recheck="", look_again_on__isnull=True),
            ),
        ]
        indexes = [
            # Counts for a day read nothing else: the latest days are at its end.
            models.Index(
                fields=[
                    "until",
                    "force",
                    "since",
                    "tracked",
                    "reference",
                    "kind",
                    "cause",
                    "directed_to_force",
                    "deadline_kind",
                    "deadline_on",
                    "position",
                    "stage",
                    "tracked_on",
                    "last_update_on",
                    "forecast_on",
                    "first_target_on",
                    "revisit_on",
                    "closure_requested_on",
                    "closed_on",
                    "recheck",
                    "look_again_on",
                    "dispute_review_on",
                    "direction_due_on",
                ],
                condition=Q(withdrawn=False),
                name="standing_counts",
            )
        ]

    def __str__(self):
        return f"{self.reference}, {self.since} to {self.until}"
