"""How the rows of Standing are derived from the records: one statement, for some recommendations and all days."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Lead
from django_cte import CTE, with_cte

from recommendations.enums import Position, Stage
from recommendations.enums.disputes import DisputeStep
from recommendations.models.inspections.inspections import SubRecommendation
from recommendations.models.register.closures import Closure
from recommendations.models.register.disputes import Dispute
from recommendations.models.register.parts import PartDischarged
from recommendations.models.register.rechecks import Recheck
from recommendations.models.register.restrictions import Restriction
from recommendations.models.register.risk import Delay, Weight
from recommendations.models.register.tracked import TrackedRecommendation
from recommendations.models.register.voices import Assurance, ForceUpdate, InspectorateStatus, TargetDate

ALWAYS, FOREVER = datetime.date.min, datetime.date.max
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


def derived_rows(tracked: Collection[int], columns: Sequence[str], after: datetime.date = ALWAYS) -> QuerySet:
    """The rows of some tracked recommendations (ids), derived from the records as they are now: `columns`, in their
    order; of the periods that end after a day.

    A period runs from each day on which something began or ended until the next such day. For the first day of each
    period, the dated rows are queried as for any day: each voice once, for its current row.
    """
    days = CTE(_days(tracked), name="days", materialized=True)
    following = Window(Lead("day"), partition_by="line", order_by="day")
    until = Coalesce(following, Value(FOREVER), output_field=DateField())
    known = days.queryset().filter(day__isnull=False).order_by()
    stretches = CTE(known.values("line", "day", until=until), name="stretches")
    lines = stretches.join(TrackedRecommendation.on_file.order_by(), pk=stretches.col.line)
    found = with_cte(days, stretches, select=lines).annotate(day=stretches.col.day, until=stretches.col.until)
    found = found.filter(day__gte=F("tracked_on"), until__gt=after)
    speaking = _speaking(OuterRef("day"))
    found = found.annotate(**{f"{name}_id": Subquery(rows.values("pk")[:1]) for name, (_, rows) in speaking.items()})
    joined = {name: (relation, Q(**{f"{relation}__pk": F(f"{name}_id")})) for name, (relation, _) in speaking.items()}
    found = found.annotate(**{name: FilteredRelation(on, condition=same) for name, (on, same) in joined.items()})
    said = {**_record_columns(), **_voice_columns(), **_closure_columns()}
    found = found.annotate(**{f"of_{name}": value for name, value in said.items()})
    return found.values_list(*(f"of_{name}" if name in said else name for name in columns))


def _speaking(day: OuterRef) -> dict[str, tuple[str, QuerySet]]:
    """Return the dated rows whose first is current on a day, and the relation to them, by the alias for the join."""

    def latest(model: Any) -> QuerySet:
        return model.objects.filter(tracked=OuterRef("pk")).standing(day).latest_first()

    closed = Closure.objects.filter(tracked=OuterRef("pk")).in_force(day).order_by("-closed_on", "-id")
    looks = Recheck.objects.filter(tracked=OuterRef("pk")).of_closed(day).latest_first()
    return {
        "update": ("updates", latest(ForceUpdate)),
        "assured": ("assurances", latest(Assurance)),
        "heard": ("statuses", latest(InspectorateStatus)),
        "aimed": ("targets", latest(TargetDate)),
        "restrict": ("restrictions", latest(Restriction)),
        "decided": ("disputes", latest(Dispute).filter(step=DisputeStep.DECISION)),
        "weighed": ("weights", latest(Weight)),
        "delayed": ("delays", latest(Delay)),
        "closed": ("closures", closed),
        "look": ("rechecks", looks),
    }


def _record_columns() -> dict[str, Combinable]:
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


def _voice_columns() -> dict[str, Combinable]:
    """What the current row of each voice says, and the targets."""
    targets = TargetDate.objects.filter(tracked=OuterRef("pk")).standing(OuterRef("day")).latest_first()
    number = targets.order_by().values("tracked").annotate(number=Count("pk") - 1).values("number")
    not_accepted = Q(update__position=Position.NOT_ACCEPTED)
    return {
        "position": Coalesce(F("update__position"), Value("")),
        "stage": Coalesce(F("update__stage"), Value(str(Stage.AWAITING_ALLOCATION))),
        "last_update_on": F("update__effective_on"),
        "forecast_on": F("update__forecast_on"),
        "first_target_on": Subquery(targets.reverse().values("target_on")[:1]),
        "target_on": F("aimed__target_on"),
        "target_moves": Coalesce(Subquery(number), Value(0)),
        "assurance": Coalesce(F("assured__view"), Value("")),
        "assurance_on": F("assured__effective_on"),
        "revisit_on": F("assured__revisit_on"),
        "inspectorate_status": Coalesce(F("heard__status"), Value("")),
        "inspectorate_status_on": F("heard__effective_on"),
        "restricted": Coalesce(F("restrict__restricted"), Value(False)),
        "dispute_decision": Case(
            When(not_accepted, then=Coalesce(F("decided__decision"), Value(""))), default=Value("")
        ),
        "dispute_review_on": Case(When(not_accepted, then=F("decided__review_on"))),
        "risk": Coalesce(F("weighed__risk"), Value("")),
        "risk_on": F("weighed__effective_on"),
        "themes": Coalesce(F("weighed__themes"), Value("")),
        "delay_cause": Coalesce(F("delayed__cause"), Value("")),
        "mitigated": Case(When(delayed__mitigation__gt="", then=Value(True)), default=Value(False)),
    }


def _closure_columns() -> dict[str, Combinable]:
    """The closure in force on the day, else the waiting request."""
    pending = Closure.objects.filter(tracked=OuterRef("pk")).pending(OuterRef("day")).order_by("-requested_at", "-id")
    requested_on = Subquery(pending.values("requested_on")[:1])
    return {
        "closed_on": F("closed__closed_on"),
        "outcome": Coalesce(F("closed__outcome"), Value("")),
        "closure_requested_on": Case(When(closed__isnull=True, then=requested_on), output_field=DateField()),
        "parts_done": Coalesce(Subquery(_parts_done().values("number")), Value(0)),
        "recheck": Coalesce(F("look__answer"), Value("")),
        "look_again_on": F("look__look_on"),
    }


def _parts_done() -> QuerySet:
    """The number of parts that were closed on the day."""
    done = PartDischarged.objects.filter(tracked=OuterRef("pk")).in_force(OuterRef("day")).order_by()
    return done.values("tracked").annotate(number=Count("part", distinct=True))


def _days(tracked: Collection[int]) -> QuerySet:
    """The distinct days on which something began or ended, including the first of each. Some are NULL."""
    lines, of_lines = TrackedRecommendation.on_file.filter(pk__in=tracked).order_by(), Q(tracked__in=tracked)
    parts = [(model.objects.filter(of_lines).standing(), "effective_on") for model in VOICES]
    closures = Closure.objects.filter(of_lines)
    parts += [(closures, day) for day in ("requested_on", "decided_on", "closed_on", "reopened_on")]
    parts += [(PartDischarged.objects.filter(of_lines), day) for day in ("closed_on", "reopened_on")]
    parts.append((Recheck.objects.filter(of_lines).standing(), "decided_on"))
    others = (rows.order_by().values(line=F("tracked_id"), day=F(day)) for rows, day in parts)
    return lines.values(line=F("pk"), day=F("tracked_on")).union(*others).order_by()
