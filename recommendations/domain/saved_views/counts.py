"""How many rows saved views have, and what changed in some of their rows, in one query each."""

import datetime
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, F, Max, Value

from recommendations.compiled_queries import STATEMENTS, Statement, fetched, statement
from recommendations.domain.register import rag
from recommendations.domain.register.filters import Narrowing, changes
from recommendations.domain.register.queries import RegisterQuery, fitting, narrowed
from recommendations.models import Standing, Thresholds, User


class LatestChange(NamedTuple):
    """The latest change to a recommendation (one of ChangedFilter), and its time in UTC."""

    what: str
    at: datetime.datetime


def latest_changes(ids: Sequence[int], asked: Narrowing) -> dict[int, LatestChange]:
    """Return the latest change after the moment in `asked`, by tracked recommendation id, without unchanged ones.

    One query. The caller must have checked that the user can see these.
    """
    first, *rest = (
        each.rows.filter(**{f"{each.tracked}__in": ids})
        .values(of=F(each.tracked), what=Value(what))
        .annotate(last=Max(each.at))
        .values_list("of", "what", "last")
        for what, each in changes(asked).items()
    )
    found: dict[int, LatestChange] = {}
    for of, what, at in first.union(*rest, all=True).order_by():
        if of not in found or at > found[of].at:
            found[of] = LatestChange(what, at)
    return found


def row_counts(asked: Mapping[int, RegisterQuery], user: User, rule: Thresholds) -> dict[int, int]:
    """Return how many rows each of these queries, all about today, has for `user`. One query and one pass."""
    if not asked:
        return {}
    found = fetched(_counting(connection.vendor, tuple(asked.values()), user, (user.role, user.force_id), rule))
    numbers = found[0] if found else [0] * len(asked)
    return dict(zip(asked, numbers, strict=True))


@lru_cache(maxsize=STATEMENTS)
def _counting(
    vendor: str, asked: tuple[RegisterQuery, ...], user: User, role: tuple, rule: Thresholds
) -> Statement | None:
    day = asked[0].day
    rows = rag.judged(Standing.objects.on(day).visible_to(user), day, rule).order_by()
    each = {f"number_{place}": _number(query, user, rule) for place, query in enumerate(asked)}
    # Grouped by values that are the same for all rows: this gives one row, and is not evaluated yet, as aggregate() is.
    return statement(rows.values(all_alike=Value(1)).annotate(**each).values_list(*each))


def _number(query: RegisterQuery, user: User, rule: Thresholds) -> Count:
    return Count("pk", filter=narrowed(query, user) & fitting(query, rule))
