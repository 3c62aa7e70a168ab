"""What the rows of the register rest on, read once and in one way: the page and what is taken out put it into words."""

from recommendations.domain.register.queries import RegisterQuery, marked
from recommendations.domain.register.rag_reasons import DATED as RESTING
from recommendations.domain.register.rag_reasons import FIXED
from recommendations.models import Thresholds

# What both read: as it is now, and as of the day of the query (what a colour rests on among it).
NOW = {"pk": "pk", **{name: name for name in ("reference", "chief_officer_lead", "tracked_on", *FIXED)}}
NOW |= {"kind": "recommendation__kind", "number": "recommendation__number", "force": "force__short_name"}
DATED = (
    *RESTING,
    "stage",
    "last_update_on",
    "target_moves",
    "assurance",
    "assurance_on",
    "inspectorate_status",
    "inspectorate_status_on",
)
MOST_NAMED = 1_000  # ids in one question; for more, all that the filters let through is read


def facts_of(query: RegisterQuery, ids, user, rule: Thresholds, shape: type, now: dict, dated=()) -> list:
    """What is known of the recommendations with these ids, in their order, if `user` may see them. One query.

    `shape` is a named tuple of NOW, `now` (name → column or expression, as it is now), DATED and `dated` (names of
    the latest values, as of the day of the query), in this order.
    """
    only = ids if len(ids) <= MOST_NAMED else None
    found = marked(query, user, rule, only=only).order_by()
    columns = (*NOW.values(), *now.values(), *(query.prefix + name for name in (*DATED, *dated)))
    by_id = {values[0]: shape._make(values) for values in found.values_list(*columns)}
    return [by_id[pk] for pk in ids if pk in by_id]
