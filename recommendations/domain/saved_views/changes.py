"""What changed in some of a saved view's rows."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import F, Max, Value

from recommendations.domain.register.filters import BaseFilters, changes


class LatestChange(NamedTuple):
    """The latest change to a recommendation (one of ChangedFilter), and its time in UTC."""

    what: str
    at: datetime.datetime


def latest_changes(ids: Sequence[int], filters: BaseFilters) -> dict[int, LatestChange]:
    """Return the latest change after the moment in `filters`, by tracked recommendation id, without unchanged ones.

    One query. The caller must have checked that the user can see these.
    """
    first, *rest = (
        each.rows.filter(**{f"{each.tracked}__in": ids})
        .values(of=F(each.tracked), what=Value(what))
        .annotate(last=Max(each.at))
        .values_list("of", "what", "last")
        for what, each in changes(filters).items()
    )
    found: dict[int, LatestChange] = {}
    for of, what, at in first.union(*rest, all=True).order_by():
        if of not in found or at > found[of].at:
            found[of] = LatestChange(what, at)
    return found
