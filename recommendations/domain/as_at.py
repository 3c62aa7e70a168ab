"""The register as it stood on a day, as known at a moment: the latest values from the dated rows, in SQL."""

import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
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
    TrackedRecommendation,
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
    ids = rows.order_by().values("pk")
    standing = CTE(_standing(ids, day, known_at), name="standing", materialized=True)
    found = with_cte(standing, select=standing.join(TrackedRecommendation.objects.all(), pk=standing.col.pk))
    found = found.annotate(**{PREFIX + name: getattr(standing.col, PREFIX + name) for name in FIELDS})
    found = found.annotate(at_counts_from=rag.counts_from(PREFIX), at_close_down_on=rag.close_down_on(PREFIX))
    return found.annotate(at_rag=rag.colour(day, rule, PREFIX))


FIELDS = (
    "position",
    "stage",
    "last_update_on",
    "forecast_on",
    "target_on",
    "first_target_on",
    "target_moves",
    "assurance",
    "assurance_on",
    "inspectorate_status",
    "inspectorate_status_on",
    "closed_on",
    "outcome",
    "closure_requested_on",
)


def _standing(ids, day, known_at):
    """One row for each tracked recommendation, with the latest row of each voice looked up by its index."""

    def latest(model, column):
        dated = model.objects.filter(tracked=OuterRef("pk")).standing(day, known_at)
        return Subquery(dated.latest_first().values(column)[:1])

    def first_target():
        dated = TargetDate.objects.filter(tracked=OuterRef("pk")).standing(day, known_at)
        return Subquery(dated.order_by("effective_on", "recorded_at", "id").values("target_on")[:1])

    def moves():
        dated = TargetDate.objects.filter(tracked=OuterRef("pk")).standing(day, known_at)
        return Subquery(dated.order_by().values("tracked").annotate(moves=Count("pk") - 1).values("moves"))

    def closure(rows, column):
        return Subquery(rows.filter(tracked=OuterRef("pk")).order_by("-requested_at", "-id").values(column)[:1])

    closed, pending = Closure.objects.in_force(day, known_at), Closure.objects.pending(day, known_at)
    return TrackedRecommendation.objects.filter(pk__in=ids).values(
        "pk",
        at_position=Coalesce(latest(ForceUpdate, "position"), Value("")),
        at_stage=Coalesce(latest(ForceUpdate, "stage"), Value(Stage.AWAITING_ALLOCATION)),
        at_last_update_on=latest(ForceUpdate, "effective_on"),
        at_forecast_on=latest(ForceUpdate, "forecast_on"),
        at_target_on=latest(TargetDate, "target_on"),
        at_first_target_on=first_target(),
        at_target_moves=Coalesce(moves(), 0),
        at_assurance=Coalesce(latest(Assurance, "view"), Value("")),
        at_assurance_on=latest(Assurance, "effective_on"),
        at_inspectorate_status=Coalesce(latest(InspectorateStatus, "status"), Value("")),
        at_inspectorate_status_on=latest(InspectorateStatus, "effective_on"),
        at_closed_on=closure(closed, "closed_on"),
        at_outcome=Coalesce(closure(closed, "outcome"), Value("")),
        at_closure_requested_on=closure(pending, "requested_on"),
    )
