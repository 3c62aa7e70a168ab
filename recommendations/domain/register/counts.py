"""How many rows many questions to the register have, force by force, in one query."""

from collections import Counter, defaultdict

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from recommendations.domain.register.filters import narrowing
from recommendations.domain.register.queries import Mark, RegisterQuery, fits, mark_columns, marked
from recommendations.models import Thresholds, User


def numbers(asked: dict[str, RegisterQuery], user: User, rule: Thresholds) -> dict[str, Counter]:
    """For each question the number of its rows by force (the id), as a Listing would have them.

    The questions are all about today, and ask for nothing but counts, colours, flags and what filters.py
    knows: not for words, leads, stages, forces or an inspection.
    """
    today = RegisterQuery(day=next(iter(asked.values())).day)
    conditions = {name: narrowing(query, user) for name, query in asked.items()}
    places = {name: 1 << place for place, (name, condition) in enumerate(conditions.items()) if condition}
    colour, _, bits = mark_columns(today, rule)
    rows = marked(today, user, rule).order_by().values_list(colour, bits, _held(conditions, places), "force_id")
    groups: dict[tuple, list[tuple[int, int]]] = defaultdict(list)
    for *alike, force, number in rows.annotate(number=Count("tracked")):
        groups[tuple(alike)].append((force, number))
    totals: dict[str, Counter] = {name: Counter() for name in asked}
    for (colour, bits, here), by_force in groups.items():
        mark = Mark(colour, "", bits)
        for name, query in asked.items():
            if (name not in places or here & places[name]) and fits(query, mark):
                totals[name].update(dict(by_force))
    return totals


def _held(conditions: dict[str, Q], places: dict[str, int]) -> Combinable:
    """The sum of the places of all conditions that hold for a row."""
    held = (
        Case(When(conditions[name], then=place), default=0, output_field=IntegerField())
        for name, place in places.items()
    )
    return sum(held, start=Value(0, IntegerField()))
