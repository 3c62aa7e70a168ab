"""How many rows each of many register queries has, force by force, in two queries."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Case, CharField, Count, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django_cte import CTE, with_cte

from recommendations.domain.ownership.mine import my_standings
from recommendations.domain.register.filters import NO_NUMBER, changed_rows
from recommendations.domain.register.queries import (
    CountedRows,
    FacetKey,
    RegisterQuery,
    base_filters_q,
    facet_columns,
    faceted_rows,
    matches,
)
from recommendations.models import Standing, Thresholds, User

type Queries = Mapping[Any, RegisterQuery]


def numbers[Name](queries: Mapping[Name, RegisterQuery], user: User, rule: Thresholds) -> dict[Name, Counter[int]]:
    """For each of these queries, all about today, its number of rows by force id, as a Listing would give.

    Queries about changes that have no other filter than `show` (all) and `mine`, which then all of them have, or none,
    are counted from the changes; all others together, from the rows.
    """
    changes = {name: query for name, query in queries.items() if _asks_for_changes_alone(query)}
    others = {name: query for name, query in queries.items() if name not in changes}
    totals: dict[Name, Counter[int]] = {name: Counter() for name in queries}
    for name, force, number in _counted_changes(changes, user) if changes else ():
        totals[name][force] = number
    for colour, stage, source, bits, passed, force, number in _groups(others, user, rule) if others else ():
        mark = FacetKey(colour, stage, source, bits)
        for place, (name, query) in enumerate(others.items()):
            if passed & 1 << place and matches(query, mark) and (not query.forces or force in query.forces):
                totals[name][force] += number
    return totals


def _asks_for_changes_alone(query: RegisterQuery) -> bool:
    alone = RegisterQuery(day=query.day, show=CountedRows.ALL, mine=query.mine)
    return bool(query.changed) and replace(query, changed="", since=None) == alone


def _groups(queries: Queries, user: User, rule: Thresholds) -> QuerySet:
    """Rows grouped so that each query has all rows of a group or none: mark, queries passed, force, number."""
    first, *_ = queries.values()
    everything = RegisterQuery(day=first.day, by_source=any(query.sources for query in queries.values()))
    rows = faceted_rows(everything, user, rule).order_by()
    alike = rows.values_list(*facet_columns(everything, user, rule), _passed(queries, user), "force_id")
    return alike.annotate(number=Count("tracked"))


def _passed(queries: Queries, user: User) -> Combinable:
    """A bit mask of the queries whose filters without a count let a row through."""
    conditions = {1 << place: base_filters_q(query, user) for place, query in enumerate(queries.values())}
    always = sum(bit for bit, condition in conditions.items() if not condition)
    bits = (
        Case(When(condition, then=bit), default=0, output_field=IntegerField())
        for bit, condition in conditions.items()
        if condition
    )
    return sum(bits, start=NO_NUMBER + always)


def _counted_changes(queries: Queries, user: User) -> QuerySet:
    """Rows of: query name, force, number."""
    found = CTE(_changes(queries, user), name="changes", materialized=True)
    current = Standing.objects.now().visible_to(user).order_by()
    if any(query.mine for query in queries.values()):
        current = current.filter(my_standings(user))
    rows = with_cte(found, select=found.join(current, tracked=found.col.changed_id))
    return rows.annotate(name=found.col.name).values_list("name", "force_id").annotate(number=Count("tracked"))


def _changes(queries: Queries, user: User) -> QuerySet:
    """For each query about changes (`name`), the tracked recommendations (`changed_id`) that it finds."""
    first, *rest = (
        changed_rows(query, user).annotate(name=Value(name, CharField())).values("name", "changed_id")
        for name, query in queries.items()
    )
    return first.union(*rest).order_by()
