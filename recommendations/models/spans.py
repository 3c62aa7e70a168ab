"""Spans: the stretches of days in which an open recommendation stood alike, worked out from the records.

They hold what is known now, so that how everything stood on a day is read in one pass and not looked up line by line.
No verb writes them: when a verb ends, the trail has them made anew for whatever it touched (ADR 18).
"""

import datetime
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import batched

from django.db import connection, models, transaction
from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, Lead
from django_cte import CTE, with_cte

from recommendations import trail
from recommendations.enums import Stage
from recommendations.models.closures import Closure
from recommendations.models.tracked import TrackedRecommendation
from recommendations.models.trail import TrailHead
from recommendations.models.voices import ForceUpdate, TargetDate

# SQL by hand: to derive spans where they are kept

FOREVER = datetime.date.max
ANY_ONE = -1  # the id in a statement for one, for which its own is put
AT_ONCE = 1_000  # tracked recommendations whose spans are made by one statement
# Which columns spans rest on, by model, and the column that leads from there to the tracked recommendation.
RESTS_ON = {
    "ForceUpdate": ("tracked_id", {"id", "withdrawn_at"}),
    "TargetDate": ("tracked_id", {"id", "withdrawn_at"}),
    "Closure": ("tracked_id", {"closed_on", "reopened_on"}),
    "TrackedRecommendation": (
        "id",
        {"id", "force_id", "directed_to_force", "deadline_kind", "deadline_on", "tracked_on", "withdrawn_at"},
    ),
}
OF_RECOMMENDATION = {"kind", "cause_id"}


@trail.follow
class Touched:
    """Whose spans the writes of a verb change, as far as it has come."""

    def __init__(self):
        self.tracked: set[int] = set()
        self.recommendations: set[int] = set()

    def note(self, row: models.Model, changed: Iterable[str]) -> None:
        """Take down a row that was written, and which of its columns changed: of a new one all."""
        model = type(row).__name__
        if model == "Recommendation" and "id" not in changed and not OF_RECOMMENDATION.isdisjoint(changed):
            self.recommendations.add(row.pk)
        if model in RESTS_ON:
            leads, columns = RESTS_ON[model]
            if not columns.isdisjoint(changed):
                self.tracked.add(getattr(row, leads))

    def finish(self) -> None:
        """Make the spans of all these again."""
        Span.objects.follow(self)


class SpanQuerySet(QuerySet):
    def on(self, day: datetime.date):
        """What stood open on a London day, as known now: of each tracked recommendation one row at most."""
        return self.filter(since__lte=day, until__gt=day)

    def follow(self, touched: Touched) -> None:
        """Make the spans anew of all that a verb touched. Call it when no other verb can end meanwhile."""
        of_these = TrackedRecommendation.on_file.filter(recommendation__in=touched.recommendations)
        asked_by = set(of_these.values_list("pk", flat=True)) if touched.recommendations else set()
        for some in batched(sorted(touched.tracked | asked_by), AT_ONCE):
            # written at once: spans follow from records, and are derived again as each verb ends
            self.filter(tracked__in=some).delete()
            if len(some) == 1:
                self._insert_one(*some)
            else:
                self._insert(TrackedRecommendation.objects.filter(pk__in=some))

    def make_all_anew(self) -> None:
        """Make every span anew, whatever is there, while no verb can end."""
        with transaction.atomic():
            list(TrailHead.objects.select_for_update())
            # written at once: spans follow from records, and are derived again as each verb ends
            self.all().delete()
            self._insert(TrackedRecommendation.objects.all())

    def wrong(self) -> Iterator[int]:
        """Each tracked recommendation (id) whose spans are not what the records say."""
        there, on_file = self.order_by().values_list("tracked"), TrackedRecommendation.on_file.order_by()
        pks = there.union(on_file.values_list("pk")).order_by("tracked")
        for some in batched((pk for (pk,) in pks.iterator()), AT_ONCE):
            kept = set(self.order_by().filter(tracked__in=some).values_list(*COLUMNS))
            said = set(derived(TrackedRecommendation.objects.filter(pk__in=some)))
            yield from sorted({row[0] for row in kept ^ said})

    def _insert_one(self, pk: int) -> None:
        sql, params = _insertion_of_one(connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(sql, [pk if each == ANY_ONE else each for each in params])

    def _insert(self, tracked: QuerySet) -> None:
        with connection.cursor() as cursor:
            cursor.execute(*_insertion(tracked))


def _insertion(tracked: QuerySet) -> tuple[str, tuple]:
    """The statement that inserts the spans of some tracked recommendations, and its parameters."""
    sql, params = derived(tracked).query.get_compiler(connection=connection).as_sql()
    table, *columns = (connection.ops.quote_name(name) for name in (Span._meta.db_table, *map(_column, COLUMNS)))
    return f"INSERT INTO {table} ({', '.join(columns)}) {sql}", params


@cache
def _insertion_of_one(vendor: str) -> tuple[str, tuple]:
    """The same for the one with the id ANY_ONE, put together once: that takes twenty times as long as to run it."""
    return _insertion(TrackedRecommendation.objects.filter(pk=ANY_ONE))


def _column(name: str) -> str:
    field = Span._meta.get_field(name)
    assert isinstance(field, models.Field)
    return str(field.column)


def _follows(model: str, **options) -> models.ForeignKey:
    """A reference without a constraint: records are not deleted, and what is inserted with thousands is not checked."""
    return models.ForeignKey(model, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, **options)


class Span(models.Model):
    """Days from `since` up to, and without, `until` on which something was open and nobody said anything new of it.

    It has what a colour rests on, with the names that the tracked recommendation has for it, and by what it is counted.
    """

    tracked = _follows("TrackedRecommendation", related_name="spans")
    force = _follows("Force", related_name="+")
    since = models.DateField()
    until = models.DateField()
    kind = models.CharField(max_length=30)
    cause = _follows("Recommendation", null=True, related_name="+")
    directed_to_force = models.BooleanField()
    deadline_kind = models.CharField(max_length=10)
    deadline_on = models.DateField(null=True)
    position = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=40)
    forecast_on = models.DateField(null=True)
    first_target_on = models.DateField(null=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tracked", "since"], name="span_once")]
        indexes = [
            # On PostgreSQL the index alone answers how everything stood on a day: the latest days are at its end.
            models.Index(
                fields=["force", "until"],
                include=[
                    "since",
                    "tracked",
                    "kind",
                    "cause",
                    "directed_to_force",
                    "deadline_kind",
                    "deadline_on",
                    "position",
                    "stage",
                    "forecast_on",
                    "first_target_on",
                ],
                name="span_standing",
            )
        ]

    def __str__(self):
        return f"{self.tracked_id}, {self.since} to {self.until}"


COLUMNS = tuple(field.name for field in Span._meta.concrete_fields if not field.primary_key)


def derived(tracked: QuerySet) -> QuerySet:
    """The spans of some tracked recommendations as the records say them now: rows with COLUMNS, in their order.

    A line stands alike from each day on which something of it began or ended until the next such day. For the first
    day of each stretch the dated rows are asked as for any day.
    """
    days = CTE(_days(tracked), name="days", materialized=True)
    following = Window(Lead("day"), partition_by="line", order_by="day")
    until = Coalesce(following, Value(FOREVER), output_field=DateField())
    stretches = CTE(days.queryset().order_by().values("line", "day", until=until), name="stretches")
    rows = stretches.join(TrackedRecommendation.objects.order_by(), pk=stretches.col.line)
    found = with_cte(days, stretches, select=rows).annotate(day=stretches.col.day, until=stretches.col.until)
    found = found.filter(~Exists(Closure.objects.in_force(OuterRef("day")).filter(tracked=OuterRef("pk"))))
    updates = ForceUpdate.objects.filter(tracked=OuterRef("pk")).standing(OuterRef("day")).latest_first()
    targets = TargetDate.objects.filter(tracked=OuterRef("pk")).standing(OuterRef("day")).latest_first().reverse()
    said = {
        "tracked": F("pk"),
        "since": F("day"),
        "kind": F("recommendation__kind"),
        "cause": F("recommendation__cause"),
        "position": Coalesce(Subquery(updates.values("position")[:1]), Value("")),
        "stage": Coalesce(Subquery(updates.values("stage")[:1]), Value(str(Stage.AWAITING_ALLOCATION))),
        "forecast_on": Subquery(updates.values("forecast_on")[:1]),
        "first_target_on": Subquery(targets.values("target_on")[:1]),
    }
    found = found.annotate(**{f"of_{name}": value for name, value in said.items()})
    return found.values_list(*(f"of_{name}" if name in said else name for name in COLUMNS))


def _days(tracked: QuerySet) -> QuerySet:
    """Each day on which something of a line began or ended, once, the first of its days among them."""
    lines = tracked.order_by()
    of_lines = {"tracked__in": lines.values("pk")}
    updates = ForceUpdate.objects.filter(**of_lines).standing()
    targets = TargetDate.objects.filter(**of_lines).standing()
    closures = Closure.objects.filter(**of_lines)
    parts = [(updates, "effective_on"), (targets, "effective_on"), (closures, "closed_on"), (closures, "reopened_on")]
    later = (
        rows.order_by().filter(**{f"{day}__gt": F("tracked__tracked_on")}).values(line=F("tracked_id"), day=F(day))
        for rows, day in parts
    )
    return lines.values(line=F("pk"), day=F("tracked_on")).union(*later).order_by()
