"""What moved in a period: the sum that adds up, from the dated rows.

opening (the last paper's closing) + recorded late + new + reopened + transferred in − closed − superseded −
withdrawn − transferred out = closing. The unit is a tracked recommendation or area for improvement.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from recommendations.domain.as_at import on_record
from recommendations.domain.figures import KindSum, Sum
from recommendations.enums import Outcome, RecommendationKind
from recommendations.models import Closure

KINDS = ("Recommendations", "In a cause of concern", "Areas for improvement")
TERM_OF = {Outcome.SUPERSEDED: "superseded", Outcome.WITHDRAWN: "withdrawn"}


@dataclass(frozen=True)
class Movement:
    """Which tracked recommendations (by id) entered and left, and by which closure. One may do both, or twice."""

    opening: frozenset[int]
    closing: frozenset[int]
    new: tuple[int, ...]
    recorded_late: tuple[int, ...]
    left: tuple[Closure, ...]
    reopened: tuple[Closure, ...]


def kind_of(row: dict) -> str:
    """The line of the sum that a row belongs to."""
    if row["recommendation__kind"] == RecommendationKind.AREA_FOR_IMPROVEMENT:
        return KINDS[2]
    return KINDS[1] if row["recommendation__cause_id"] else KINDS[0]


def movement(
    rows: list[dict], closures: list[Closure], start: datetime.date, end: datetime.date, opening: frozenset[int] | None
) -> Movement:
    """What moved between the first and the last day, both counted.

    `rows` are the register as at the last day (domain/as_at.py), `closures` all that were in force by then, as known
    at the same moment. `opening` is what the last paper closed with, None where there is none: then the opening is
    the register of the day before as it is known now.
    """
    before = start - datetime.timedelta(days=1)
    closed_before = {closure.tracked_id: closure for closure in closures if _holds(closure, before)}
    known_opening = was_open(rows, closures, before)
    printed = known_opening if opening is None else opening
    late_closures = [closed_before[pk] for pk in sorted(printed - known_opening)]
    return Movement(
        opening=printed,
        closing=frozenset(row["pk"] for row in rows if row["at_closed_on"] is None),
        new=tuple(row["pk"] for row in rows if row["tracked_on"] >= start),
        recorded_late=tuple(sorted(known_opening - printed)),
        left=(*late_closures, *(closure for closure in closures if start <= closure.closed_on <= end)),
        reopened=tuple(closure for closure in closures if closure.reopened_on and start <= closure.reopened_on <= end),
    )


def was_open(rows: list[dict], closures: list[Closure], day: datetime.date) -> frozenset[int]:
    """Which (by id) were tracked and not closed on a day up to the one that `rows` and `closures` are of."""
    closed = {closure.tracked_id for closure in closures if _holds(closure, day)}
    return frozenset(row["pk"] for row in rows if row["tracked_on"] <= day and row["pk"] not in closed)


def _holds(closure: Closure, day: datetime.date) -> bool:
    return closure.closed_on <= day and (closure.reopened_on is None or closure.reopened_on > day)


def closures_by(force, end: datetime.date, known_at: datetime.datetime) -> list[Closure]:
    """Closures of a force's recommendations up to a day, as known at a moment; what came to be known later is blank."""
    found = Closure.objects.filter(
        on_record(known_at, "tracked__"),
        tracked__force=force,
        tracked__recorded_at__lte=known_at,
        closed_on__lte=end,
        decided_at__lte=known_at,
    )
    closures = list(found.select_related("requested_by", "decided_by", "reopened_by").order_by("closed_on", "id"))
    for closure in closures:
        if closure.reopened_on and (closure.reopened_on > end or closure.reopened_at > known_at):
            closure.reopened_on = None
    return closures


def sums(moved: Movement, kinds: dict[int, str]) -> tuple[Sum, tuple[KindSum, ...]]:
    """The sum in total and for each kind. `kinds` has the kind of every id that the movement names."""
    counts = {kind: Counter() for kind in KINDS}
    for term in ("opening", "closing", "new", "recorded_late"):
        for pk in getattr(moved, term):
            counts[kinds[pk]][term] += 1
    for closure in moved.left:
        counts[kinds[closure.tracked_id]][TERM_OF.get(closure.outcome, "closed")] += 1
    for closure in moved.reopened:
        counts[kinds[closure.tracked_id]]["reopened"] += 1
    total = sum(counts.values(), Counter())
    return Sum(**total), tuple(KindSum(kind=kind, sum=Sum(**counts[kind])) for kind in KINDS)
