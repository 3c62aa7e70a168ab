"""How many rows each of many register queries has, force by force, in one SQL statement."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from django.db import connection
from django.db.models import Case, CharField, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django_cte import CTE, with_cte

from recommendations.compiled_queries import STATEMENTS, Statement, fetched, statement
from recommendations.domain.ownership.mine import my_standings
from recommendations.domain.register.filters import NO_NUMBER, NO_WORD, changed, narrowing
from recommendations.domain.register.queries import Mark, RegisterQuery, fits, mark_columns, marked
from recommendations.models import Standing, Thresholds, User

Asked = dict[str, RegisterQuery]


def numbers(asked: Asked, user: User, rule: Thresholds) -> dict[str, Counter]:
    """For each named query, its number of rows by force id, as a Listing would give.

    All queries must be about today. Some may ask only what changed, of all rows; the others may ask open rows for
    counts, colours, flags and the filters of filters.py, but not for words, leads, stages, forces or an inspection.
    Either all queries about changes have `mine`, or none.
    """
    found = _statement(connection.vendor, tuple(asked.items()), user, (user.role, user.force_id), rule)
    groups: dict[tuple, dict[int, int]] = defaultdict(dict)
    totals: dict[str, Counter] = {name: Counter() for name in asked}
    for name, *alike, force, number in fetched(found):
        of = totals[name] if name else groups[tuple(alike)]
        of[force] = number
    others = {name: query for name, query in asked.items() if not query.changed}
    places = _places(_conditions(others, user))
    for (colour, bits, here), by_force in groups.items():
        for name in _asking(others, places, Mark(colour, "", "", bits), here):
            totals[name].update(by_force)
    return totals


def _conditions(others: Asked, user: User) -> dict[str, Q]:
    return {name: narrowing(query, user) for name, query in others.items()}


def _places(conditions: dict[str, Q]) -> dict[str, int]:
    return {name: 1 << place for place, (name, condition) in enumerate(conditions.items()) if condition}


def _asking(others: Asked, places: dict[str, int], mark: Mark, here: int) -> Iterator[str]:
    """The names of the queries that match rows with this mark and with the conditions in the bit mask `here`."""
    return (name for name, query in others.items() if (name not in places or here & places[name]) and fits(query, mark))


@lru_cache(maxsize=STATEMENTS)
def _statement(vendor: str, asked: tuple, user: User, role: tuple, rule: Thresholds) -> Statement | None:
    """Rows of: query name ("" for a group of open rows); colour, bits, condition bits of the group; force; number."""
    changes = {name: query for name, query in asked if query.changed}
    groups = _groups({name: query for name, query in asked if not query.changed}, user, rule)
    found = CTE(_changes(changes, user), name="changes", materialized=True)
    current = Standing.objects.now().visible_to(user).order_by()
    if any(query.mine for query in changes.values()):
        current = current.filter(my_standings(user))
    rows = found.join(current, tracked=found.col.changed_id)
    by_name = rows.annotate(name=found.col.name).values_list("name", NO_WORD, NO_NUMBER, NO_NUMBER, "force_id")
    union = groups.union(by_name.annotate(number=Count("tracked")), all=True).order_by()
    return statement(with_cte(found, select=union))


def _groups(others: Asked, user: User, rule: Thresholds) -> QuerySet:
    """The open rows, grouped so that every query treats all rows of a group alike."""
    today = RegisterQuery(day=next(iter(others.values())).day)
    bits = {bit for query in others.values() for bit in (*query.flags, query.show)}
    colour, _, _, sum_of_bits = mark_columns(today, rule, bits)
    conditions = _conditions(others, user)
    rows = marked(today, user, rule).open().order_by()
    alike = rows.values_list(NO_WORD, colour, sum_of_bits, _held(conditions, _places(conditions)), "force_id")
    return alike.annotate(number=Count("tracked"))


def _changes(changes: Asked, user: User) -> QuerySet:
    """For each query about changes (`name`), the tracked recommendations (`changed_id`) that it finds."""
    first, *rest = (
        changed(query, user).annotate(name=Value(name, CharField())).values("name", "changed_id")
        for name, query in changes.items()
    )
    return first.union(*rest).order_by()


def _held(conditions: dict[str, Q], places: dict[str, int]) -> Combinable:
    """A bit mask of the conditions that a row meets."""
    held = (
        Case(When(conditions[name], then=place), default=0, output_field=IntegerField())
        for name, place in places.items()
    )
    return sum(held, start=NO_NUMBER)
