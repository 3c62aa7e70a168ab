"""The register as it stood on a day, as known at a moment: the latest values from the dated rows, in SQL."""

import datetime

from django.db.models import Case, Count, F, QuerySet, Value, When, Window
from django.db.models.functions import Coalesce, FirstValue, RowNumber
from django.db.models.lookups import IsNull
from django.db.models.sql.constants import LOUTER
from django_cte import CTE, with_cte

from recommendations.domain import rag
from recommendations.enums import Stage
from recommendations.models import (
    Assurance,
    Closure,
    ForceUpdate,
    InspectorateStatus,
    TargetDate,
    Thresholds,
)

PREFIX = "at_"


def on_day(rows: QuerySet, day: datetime.date, rule: Thresholds) -> QuerySet:
    """`rows` (tracked recommendations) with `counts_from`, `close_down_on` and `rag` for `day`, from today's cache."""
    rows = rows.annotate(counts_from=rag.counts_from(), close_down_on=rag.close_down_on())
    return rows.annotate(rag=rag.colour(day, rule))


def as_at(rows: QuerySet, day: datetime.date, rule: Thresholds, known_at: datetime.datetime | None = None) -> QuerySet:
    """`rows` as they stood on `day` (London), as known at `known_at` (UTC; None: as known now).

    Each cached field comes back as `at_<field>`, with `at_counts_from`, `at_close_down_on` and `at_rag`. Rows that
    were not tracked by that day, or not recorded by that moment, are left out.
    """
    rows = rows.filter(tracked_on__lte=day)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    chosen = CTE(rows.order_by().values("pk"), name="chosen", materialized=True)
    parts = _parts(chosen, day, known_at)
    for part in parts:
        rows = part.join(rows, pk=part.col.tracked_id, _join_type=LOUTER)
    rows = with_cte(chosen, *parts, select=rows).annotate(**_values(*parts))
    rows = rows.annotate(at_counts_from=rag.counts_from(PREFIX), at_close_down_on=rag.close_down_on(PREFIX))
    return rows.annotate(at_rag=rag.colour(day, rule, PREFIX))


LATEST = tuple(F(name).desc() for name in ("effective_on", "recorded_at", "id"))
FIRST = tuple(F(name).asc() for name in ("effective_on", "recorded_at", "id"))


def _parts(chosen: CTE, day, known_at) -> list[CTE]:
    """For each voice, the target and the closures: one row for each chosen recommendation that has any."""

    def of_chosen(rows):
        return rows.filter(tracked__in=chosen.queryset().values("pk")).order_by()

    def dated(model):
        return of_chosen(model.objects.standing(day, known_at))

    targets = dated(TargetDate).annotate(
        first=Window(FirstValue("target_on"), partition_by="tracked", order_by=FIRST),
        number=Window(Count("pk"), partition_by="tracked"),
    )
    closed = of_chosen(Closure.objects.in_force(day, known_at))
    pending = of_chosen(Closure.objects.pending(day, known_at))
    return [
        _first("said", dated(ForceUpdate), LATEST, "position", "stage", "effective_on", "forecast_on"),
        _first("assured", dated(Assurance), LATEST, "view", "effective_on"),
        _first("heard", dated(InspectorateStatus), LATEST, "status", "effective_on"),
        _first("aimed", targets, LATEST, "target_on", "first", "number"),
        _first("closed", closed, (F("closed_on").desc(), F("id").desc()), "closed_on", "outcome"),
        _first("asked", pending, (F("requested_at").desc(), F("id").desc()), "requested_on"),
    ]


def _first(name: str, rows: QuerySet, order, *columns: str) -> CTE:
    """The first row of each tracked recommendation in an order: one pass over an index instead of a look-up a row."""
    place = Window(RowNumber(), partition_by="tracked", order_by=order)
    return CTE(rows.annotate(place=place).filter(place=1).values("tracked_id", *columns), name=name)


def _values(said: CTE, assured: CTE, heard: CTE, aimed: CTE, closed: CTE, asked: CTE) -> dict:
    """The cached fields, from the joined rows. No row means what an empty cache says."""
    return {
        "at_position": Coalesce(said.col.position, Value("")),
        "at_stage": Coalesce(said.col.stage, Value(Stage.AWAITING_ALLOCATION)),
        "at_last_update_on": said.col.effective_on,
        "at_forecast_on": said.col.forecast_on,
        "at_target_on": aimed.col.target_on,
        "at_first_target_on": aimed.col.first,
        "at_target_moves": Coalesce(aimed.col.number - 1, 0),
        "at_assurance": Coalesce(assured.col.view, Value("")),
        "at_assurance_on": assured.col.effective_on,
        "at_inspectorate_status": Coalesce(heard.col.status, Value("")),
        "at_inspectorate_status_on": heard.col.effective_on,
        "at_closed_on": closed.col.closed_on,
        "at_outcome": Coalesce(closed.col.outcome, Value("")),
        "at_closure_requested_on": Case(When(IsNull(closed.col.closed_on, True), then=asked.col.requested_on)),
    }
