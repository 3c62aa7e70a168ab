"""The facts behind the register's rows, read in one place for both the page and exports."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.db.models.expressions import Combinable

from recommendations.domain.forces.details import short_name_on
from recommendations.domain.register.queries import RegisterQuery, faceted_rows
from recommendations.domain.register.rag_reasons import DATED as RESTING
from recommendations.domain.register.rag_reasons import FIXED
from recommendations.models import Thresholds, User
from recommendations.search_words import NO_WORDS

# What both read, by column of Standing: NOW is read as it is now, DATED and the force as at the day of the query.
NOW = {"pk": "tracked_id", **{name: name for name in ("reference", "chief_officer_lead", "tracked_on", *FIXED)}}
NOW |= {"kind": "kind", "number": "tracked__recommendation__number", "force": "force__short_name"}
DATED = (
    *RESTING,
    "stage",
    "last_update_on",
    "target_moves",
    "assurance",
    "assurance_on",
    "inspectorate_status",
    "inspectorate_status_on",
    "parts",
    "parts_done",
    "risk",
    "risk_on",
    "themes",
    "delay_cause",
)


class RecordFacts:
    """Type hints for the named tuples that have the columns of NOW and DATED."""

    __slots__ = ()

    pk: int
    reference: str
    chief_officer_lead: str
    tracked_on: datetime.date
    deadline_kind: str
    deadline_on: datetime.date | None
    directed_to_force: bool
    kind: str
    number: str
    force: str
    rag: str
    counts_from: datetime.date | None
    direction_due_on: datetime.date | None
    position: str
    forecast_on: datetime.date | None
    closed_on: datetime.date | None
    outcome: str
    closure_requested_on: datetime.date | None
    stage: str
    last_update_on: datetime.date | None
    target_moves: int
    assurance: str
    assurance_on: datetime.date | None
    inspectorate_status: str
    inspectorate_status_on: datetime.date | None
    parts: int
    parts_done: int
    risk: str
    risk_on: datetime.date | None
    themes: str
    delay_cause: str


def facts_of[Shape: NamedTuple](
    query: RegisterQuery,
    ids: Sequence[int],
    user: User,
    rule: Thresholds,
    shape: type[Shape],
    now: Mapping[str, str | Combinable],
    dated: Sequence[str] = (),
) -> list[Shape]:
    """The facts on the recommendations with these ids, in their order, as far as `user` may see them. One query.

    The ids, a thousand at most, are those of a Listing of the query, so the search for words is not repeated.
    `shape` is a named tuple of NOW, `now` (name → column of Standing, or expression, as it is now), DATED and `dated`
    (columns of Standing), in this order.
    """
    found = faceted_rows(replace(query, words=NO_WORDS), user, rule, only=ids).order_by()
    columns = (*(NOW | {"force": force_name(query)}).values(), *now.values(), *DATED, *dated)
    by_id = {values[0]: shape._make(values) for values in found.values_list(*columns)}
    return [by_id[pk] for pk in ids if pk in by_id]


def force_name(query: RegisterQuery) -> str | Combinable:
    """The short name of the force of Standing rows: on a past day the one that it had then."""
    if not query.past:
        return NOW["force"]
    return short_name_on(query.day)
