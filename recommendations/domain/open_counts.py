"""How many stand open on a day, counted in the database: by force, line of the sum, colour, stage and date.

What is asked of each open line is asked by one look-up in an index that has the answer in it (`forceupdate_latest`,
`targetdate_latest`): of its history no other row is read.
"""

import datetime
import re
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django_cte import CTE, with_cte

from recommendations.domain import rag
from recommendations.domain.as_at import FIRST
from recommendations.domain.movement import kind_in_sql
from recommendations.enums import Stage
from recommendations.models import Closure, ForceUpdate, TargetDate, Thresholds, TrackedRecommendation

FIXED = ("directed_to_force", "deadline_kind", "deadline_on")  # what a colour rests on that no dated row says
PLANNED, UNPLANNED = "+", "-"


class Group(NamedTuple):
    """How many open ones of a force are alike. `kind` is their line of the sum.

    `undated` have neither a deadline nor a target, `unplanned` no forecast that is later than the day.
    """

    force_id: int
    kind: str
    undated: bool
    rag: str
    unplanned: bool
    stage: str
    number: int


def open_on(rows: QuerySet, day: datetime.date, known_at: datetime.datetime) -> QuerySet:
    """Those of `rows` (tracked recommendations) that were tracked by a day and that no closure held closed on it."""
    closed = Closure.objects.in_force(day, known_at).filter(tracked=OuterRef("pk"))
    return rows.filter(~Exists(closed), tracked_on__lte=day)


def open_groups(rows: QuerySet, day: datetime.date, rule: Thresholds, known_at: datetime.datetime) -> list[Group]:
    """The open ones among `rows` (tracked recommendations) on a London day, as known at a moment (UTC). One query."""
    lines = CTE(_lines(open_on(rows, day, known_at), day, known_at), name="lines", materialized=True)
    found = with_cte(lines, select=lines.queryset()).annotate(**NOBODY_SAID)
    undated = Q(deadline_on__isnull=True, at_first_target_on__isnull=True)
    found = found.annotate(
        undated=Case(When(undated, then=Value(True)), default=Value(False)),
        said=Coalesce(Subquery(_latest(day, rule, known_at)), _in_a_word(day, rule)),
    )
    alike = ("force_id", "kind", "undated", "said")
    counted = found.values(*alike).annotate(number=Count("line")).values_list(*alike, "number")
    return [_group(*row) for row in counted]


def _lines(rows: QuerySet, day: datetime.date, known_at: datetime.datetime) -> QuerySet:
    """Each line with its first target, which is asked for where there is no deadline: else nothing rests on it."""
    targets = TargetDate.objects.filter(tracked=OuterRef("pk")).standing(day, known_at).order_by(*FIRST)
    target = Case(When(deadline_on__isnull=True, then=Subquery(targets.values("target_on")[:1])))
    return rows.order_by().values(
        "force_id", *FIXED, line=F("pk"), kind=kind_in_sql("recommendation__"), at_first_target_on=target
    )


NO_DAY = Cast(Value(None), DateField())
NOBODY_SAID = {
    "at_position": Value(""),
    "at_stage": Value(str(Stage.AWAITING_ALLOCATION)),
    "at_forecast_on": NO_DAY,
    "at_closed_on": NO_DAY,
}


def _latest(day: datetime.date, rule: Thresholds, known_at: datetime.datetime) -> QuerySet:
    """What the force's latest update makes of a line, in a word: a sub-query has one value, each more is a look-up."""
    updates = ForceUpdate.objects.filter(tracked=OuterRef("line")).standing(day, known_at).latest_first()
    fields = {name: TrackedRecommendation._meta.get_field(name) for name in FIXED}
    of_line = {name: ExpressionWrapper(OuterRef(name), field) for name, field in fields.items()}
    of_line["at_first_target_on"] = ExpressionWrapper(OuterRef("at_first_target_on"), DateField())
    said = {"at_position": F("position"), "at_stage": F("stage"), "at_forecast_on": F("forecast_on")}
    updates = updates.annotate(**of_line, **said, at_closed_on=NO_DAY)
    return updates.values(word=_in_a_word(day, rule))[:1]


def _in_a_word(day: datetime.date, rule: Thresholds) -> Concat:
    """Colour, plan and stage: "red+in_progress"."""
    planned = When(at_forecast_on__gt=day, then=Value(PLANNED))
    plan = Case(planned, default=Value(UNPLANNED), output_field=CharField())
    return Concat(rag.colour(day, rule, "at_"), plan, "at_stage", output_field=CharField())


def _group(force_id: int, kind: str, undated: bool, said: str, number: int) -> Group:
    colour, plan, stage = re.fullmatch(r"(\w+)([+-])(.*)", said).groups()
    return Group(force_id, kind, bool(undated), colour, plan == UNPLANNED, stage, number)
