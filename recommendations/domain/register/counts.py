"""How many rows many questions to the register have, force by force, in one query."""

from collections import Counter

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from recommendations.domain.register.filters import narrowing
from recommendations.domain.register.queries import Mark, RegisterQuery, fits, mark_columns, marked
from recommendations.models import Thresholds, User


def numbers(asked: dict[str, RegisterQuery], user: User, rule: Thresholds) -> dict[str, Counter]:
    """For each question the number of its rows by force (the id), as `register.listed` would have them.

    The questions are all about today, and ask for nothing but counts, colours, flags and what filters.py
    knows: not for words, leads, stages, forces or an inspection.
    """
    today = RegisterQuery(day=next(iter(asked.values())).day)
    conditions = {name: narrowing(query, user) for name, query in asked.items()}
    places = {name: 1 << place for place, (name, condition) in enumerate(conditions.items()) if condition}
    colour, _, bits = mark_columns(today, rule)
    rows = marked(today, user, rule).order_by().annotate(bits=bits, here=_held(conditions, places))
    found = rows.values("force_id", colour, "bits", "here").annotate(number=Count("pk"))
    totals: dict[str, Counter] = {name: Counter() for name in asked}
    for row in found:
        mark = Mark(row[colour], "", int(row["bits"]))
        for name, query in asked.items():
            if fits(query, mark) and (name not in places or row["here"] & places[name]):
                totals[name][row["force_id"]] += row["number"]
    return totals


def _held(conditions: dict[str, Q], places: dict[str, int]) -> Combinable:
    """The sum of the places of all conditions that hold for a row."""
    held = (
        Case(When(conditions[name], then=place), default=0, output_field=IntegerField())
        for name, place in places.items()
    )
    return sum(held, start=Value(0, IntegerField()))
