"""How the rows of Standing are derived from the records: one statement, for some recommendations and all days."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Count, DateField, F, OuterRef, QuerySet, Subquery, Value, When, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Lead
from django_cte import CTE, with_cte

from recommendations.enums import Position, Stage
from recommendations.enums.disputes import DisputeStep
from recommendations.models.closures import Closure
from recommendations.models.disputes import Dispute
from recommendations.models.inspections import SubRecommendation
from recommendations.models.parts import PartDischarged
from recommendations.models.rechecks import Recheck
from recommendations.models.restrictions import Restriction
from recommendations.models.risk import Delay, Weight
from recommendations.models.tracked import TrackedRecommendation
from recommendations.models.voices import Assurance, ForceUpdate, InspectorateStatus, TargetDate

FOREVER = datetime.date.max
VOICES: tuple[Any, ...] = (
    ForceUpdate,
    Assurance,
    InspectorateStatus,
    TargetDate,
    Restriction,
    Dispute,
    Weight,
    Delay,
    Recheck,
)
READS = (TrackedRecommendation, SubRecommendation, Closure, PartDischarged, *VOICES)
MITIGATED = Case(When(mitigation="", then=Value(False)), default=Value(True))


def derived(tracked: QuerySet, columns: Sequence[str]) -> QuerySet:
    """The rows of some tracked recommendations, derived from the records as they are now: `columns`, in their order.

    A period runs from each day on which something began or ended until the next such day. For the first day of each
    period, the dated rows are queried as for any day.
    """
    days = CTE(_days(tracked), name="days", materialized=True)
    following = Window(Lead("day"), partition_by="line", order_by="day")
    until = Coalesce(following, Value(FOREVER), output_field=DateField())
    stretches = CTE(days.queryset().order_by().values("line", "day", until=until), name="stretches")
    rows = stretches.join(TrackedRecommendation.on_file.order_by(), pk=stretches.col.line)
    found = with_cte(days, stretches, select=rows).annotate(day=stretches.col.day, until=stretches.col.until)
    said = {**_of_record(), **_of_voices(), **_of_closures()}
    found = found.annotate(**{f"of_{name}": value for name, value in said.items()})
    return found.values_list(*(f"of_{name}" if name in said else name for name in columns))


def _of_record() -> dict[str, Combinable]:
    return {
        "tracked": F("pk"),
        "since": F("day"),
        "withdrawn": Case(When(withdrawn_at__isnull=True, then=Value(False)), default=Value(True)),
        "kind": F("recommendation__kind"),
        "cause": F("recommendation__cause"),
        "parts": part_count(),
    }


def part_count() -> Combinable:
    """The current number of parts of a row's recommendation, whatever the day."""
    parts = SubRecommendation.objects.filter(recommendation=OuterRef("recommendation")).order_by()
    return Coalesce(Subquery(parts.values("recommendation").annotate(number=Count("pk")).values("number")), Value(0))


def _of_voices() -> dict[str, Combinable]:
    """The latest row of each voice on the day, and the targets."""

    def on_the_day(model: Any) -> QuerySet:
        return model.objects.filter(tracked=OuterRef("pk")).standing(OuterRef("day")).latest_first()

    def latest(model: Any, column: str, otherwise: Any = None) -> Combinable:
        found = Subquery(on_the_day(model).values(column)[:1])
        return found if otherwise is None else Coalesce(found, Value(otherwise))

    targets = on_the_day(TargetDate)
    decided = on_the_day(Dispute).filter(step=DisputeStep.DECISION)
    disputed = When(of_position=Position.NOT_ACCEPTED, then=Subquery(decided.values("decision")[:1]))
    again = When(of_position=Position.NOT_ACCEPTED, then=Subquery(decided.values("review_on")[:1]))
    number = targets.order_by().values("tracked").annotate(number=Count("pk") - 1).values("number")
    return {
        "position": latest(ForceUpdate, "position", ""),
        "stage": latest(ForceUpdate, "stage", str(Stage.AWAITING_ALLOCATION)),
        "last_update_on": latest(ForceUpdate, "effective_on"),
        "forecast_on": latest(ForceUpdate, "forecast_on"),
        "first_target_on": Subquery(targets.reverse().values("target_on")[:1]),
        "target_on": Subquery(targets.values("target_on")[:1]),
        "target_moves": Coalesce(Subquery(number), Value(0)),
        "assurance": latest(Assurance, "view", ""),
        "assurance_on": latest(Assurance, "effective_on"),
        "revisit_on": latest(Assurance, "revisit_on"),
        "inspectorate_status": latest(InspectorateStatus, "status", ""),
        "inspectorate_status_on": latest(InspectorateStatus, "effective_on"),
        "restricted": latest(Restriction, "restricted", False),
        "dispute_decision": Coalesce(Case(disputed), Value("")),
        "dispute_review_on": Case(again, output_field=DateField()),
        "risk": latest(Weight, "risk", ""),
        "risk_on": latest(Weight, "effective_on"),
        "themes": latest(Weight, "themes", ""),
        "delay_cause": latest(Delay, "cause", ""),
        "mitigated": Coalesce(Subquery(on_the_day(Delay).values(given=MITIGATED)[:1]), Value(False)),
    }


def _of_closures() -> dict[str, Combinable]:
    """The closure in force on the day, else the waiting request."""
    of_line = Closure.objects.filter(tracked=OuterRef("pk"))
    closed = of_line.in_force(OuterRef("day")).order_by("-closed_on", "-id")
    pending = of_line.pending(OuterRef("day")).order_by("-requested_at", "-id")
    closed_on = Subquery(closed.values("closed_on")[:1])
    requested_on = Subquery(pending.values("requested_on")[:1])
    look = Recheck.objects.filter(tracked=OuterRef("pk")).of_closed(OuterRef("day")).latest_first()
    return {
        "closed_on": closed_on,
        "outcome": Coalesce(Subquery(closed.values("outcome")[:1]), Value("")),
        "closure_requested_on": Case(When(of_closed_on__isnull=True, then=requested_on), output_field=DateField()),
        "parts_done": Coalesce(Subquery(_parts_done().values("number")), Value(0)),
        "recheck": Coalesce(Subquery(look.values("answer")[:1]), Value("")),
        "look_again_on": Subquery(look.values("look_on")[:1]),
    }


def _parts_done() -> QuerySet:
    """The number of parts that were closed on the day."""
    done = PartDischarged.objects.filter(tracked=OuterRef("pk")).in_force(OuterRef("day")).order_by()
    return done.values("tracked").annotate(number=Count("part", distinct=True))


def _days(tracked: QuerySet) -> QuerySet:
    """The distinct days on which something about a recommendation began or ended, including its first."""
    lines = tracked.order_by()
    of_lines = {"tracked__in": lines.values("pk")}
    parts = [(model.objects.filter(**of_lines).standing(), "effective_on") for model in VOICES]
    closures = Closure.objects.filter(**of_lines)
    parts += [(closures, day) for day in ("requested_on", "decided_on", "closed_on", "reopened_on")]
    parts += [(PartDischarged.objects.filter(**of_lines), day) for day in ("closed_on", "reopened_on")]
    parts.append((Recheck.objects.filter(**of_lines).standing(), "decided_on"))
    later = (
        rows.order_by().filter(**{f"{day}__gt": F("tracked__tracked_on")}).values(line=F("tracked_id"), day=F(day))
        for rows, day in parts
    )
    return lines.values(line=F("pk"), day=F("tracked_on")).union(*later).order_by()
