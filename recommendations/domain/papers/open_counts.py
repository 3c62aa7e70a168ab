"""Count what is open on a day, in the database: by force, kind, colour, stage and date."""

import datetime
from typing import NamedTuple

from django.db.models import Case, Count, Q, Value, When

from recommendations.domain.papers.sections.movement import kind_in_sql
from recommendations.domain.register import rag
from recommendations.models import Thresholds
from recommendations.models.standing import StandingQuerySet


class OpenGroup(NamedTuple):
    """The number of a force's open recommendations that share these values. `kind` is the line of the sum.

    `undated` have neither a deadline nor a target; `unplanned` no forecast after the day.
    """

    force_id: int
    kind: str
    undated: bool
    rag: str
    unplanned: bool
    stage: str
    number: int


def open_groups(standings: StandingQuerySet, day: datetime.date, rule: Thresholds) -> list[OpenGroup]:
    """Return the counts of what was open on a London day, as recorded now. One query."""
    found = standings.on(day).open().order_by()
    found = found.annotate(
        line=kind_in_sql(""),
        undated=_whether(Q(deadline_on__isnull=True, first_target_on__isnull=True)),
        rag=rag.colour(day, rule),
        planned=_whether(Q(forecast_on__gt=day)),
    )
    alike = ("force_id", "line", "undated", "rag", "planned", "stage")
    counted = found.values(*alike).annotate(number=Count("tracked")).values_list(*alike, "number")
    return [
        OpenGroup(force, line, bool(undated), colour, not planned, stage, number)
        for force, line, undated, colour, planned, stage, number in counted
    ]


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0))
