"""What moved in a period: the sum that adds up, from the dated rows.

opening (the last paper's closing) + recorded late + new + reopened + transferred in + from the other paper − closed −
superseded − withdrawn − transferred out − to the other paper = closing. The unit is a tracked recommendation or area
for improvement.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from recommendations.domain.papers.data.paper import KindSum, SourceSum, Sum
from recommendations.domain.papers.membership import PaperScope, is_in_force
from recommendations.domain.register.as_at import on_record
from recommendations.domain.sources.naming import is_mixed, label_of
from recommendations.enums import Outcome, RecommendationKind
from recommendations.models import Closure

SOURCE = ("recommendation__inspection__source", "recommendation__inspection__source_word")
KINDS = ("Recommendations", "In a cause of concern", "Areas for improvement")
TERM_OF: dict[str, str] = {Outcome.SUPERSEDED: "superseded", Outcome.WITHDRAWN: "withdrawn"}
NOT_CLOSED_AS_DONE = tuple(TERM_OF)  # counted separately, whatever the inspectorate says


@dataclass(frozen=True)
class Opening:
    """What a paper opens with. `printed` are the ids the last paper closed with, and `known_at` its moment.

    If there is no last paper, `known_at` is None and `elsewhere` is what the period's other paper closed with before.
    """

    printed: frozenset[int] = frozenset()
    known_at: datetime.datetime | None = None
    elsewhere: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Crossing:
    """A recommendation that entered or left other than as new, closed or reopened: the term, and the day if known."""

    pk: int
    term: str
    on: datetime.date | None = None


@dataclass(frozen=True)
class Movement:
    """The ids of recommendations that entered and left, and the closures. One can do both, or more than once."""

    opening: frozenset[int]
    closing: frozenset[int]
    new: tuple[int, ...]
    left: tuple[Closure, ...]
    reopened: tuple[Closure, ...]
    crossings: tuple[Crossing, ...]

    @property
    def tracked_ids(self) -> set[int]:
        """The ids of all that entered or left."""
        by_closure = (closure.tracked_id for closure in (*self.left, *self.reopened))
        return {*self.new, *by_closure, *(each.pk for each in self.crossings)}

    def crossings_of(self, *terms: str) -> list[Crossing]:
        """Return the crossings with these terms of the sum, in order."""
        return [each for each in self.crossings if each.term in terms]


def kind_of(row: dict) -> str:
    """Return the line of the sum that a row belongs to."""
    if row["recommendation__kind"] == RecommendationKind.AREA_FOR_IMPROVEMENT:
        return KINDS[2]
    return KINDS[1] if row["recommendation__cause_id"] else KINDS[0]


def movement(
    scope: PaperScope,
    rows: list[dict],
    closures: list[Closure],
    start: datetime.date,
    end: datetime.date,
    opening: Opening,
) -> Movement:
    """Return what moved between the first and the last day, both included.

    `rows` are the register as at the last day (domain/register/as_at.py), for this paper and for what the force has
    transferred away; `closures` are all in force by then, as recorded up to the same moment. Without a last paper, the
    opening is the register of the day before as known now.
    """
    before = start - datetime.timedelta(days=1)
    known = was_open(rows, closures, before, scope)
    printed = opening.printed if opening.known_at else known - opening.elsewhere
    closed_before = {closure.tracked_id: closure for closure in closures if is_in_force(closure, before)}
    by_pk = {row["pk"]: row for row in rows}
    gone = [Crossing(pk, _how_it_left(scope, by_pk, closed_before, pk, before)) for pk in sorted(printed - known)]
    came = [Crossing(pk, _how_it_came(scope, by_pk[pk], before, opening)) for pk in sorted(known - printed)]
    moved = (
        Crossing(pk, "transferred_in" if inward else "transferred_out", day)
        for pk, day, inward in scope.transfers(rows, closures)
        if start <= day <= end
    )

    def here(closure: Closure, day: datetime.date | None) -> bool:
        if closure.tracked_id not in by_pk or day is None:
            return False
        return start <= day <= end and scope.in_register(closure.tracked_id, day)

    late = [closed_before[each.pk] for each in gone if each.term == "closed"]
    return Movement(
        opening=printed,
        closing=was_open(rows, closures, end, scope),
        new=tuple(
            pk for pk, row in by_pk.items() if row["tracked_on"] >= start and scope.in_register(pk, row["tracked_on"])
        ),
        left=(*late, *(closure for closure in closures if here(closure, closure.closed_on))),
        reopened=tuple(closure for closure in closures if here(closure, closure.reopened_on)),
        crossings=(*came, *(each for each in gone if each.term != "closed"), *moved),
    )


def _how_it_left(scope: PaperScope, rows: dict, closed_before: dict, pk: int, before: datetime.date) -> str:
    """Return the term for one that the last paper closed with and that would not be printed for that day now."""
    if not scope.in_paper(pk):
        return "to_other_paper"
    if pk in rows and not scope.in_register(pk, before):
        return "transferred_out"
    return "closed" if pk in closed_before else "withdrawn"


def _how_it_came(scope: PaperScope, row: dict, before: datetime.date, opening: Opening) -> str:
    """Return the term for one that was open on the day before, as known now, and is not in the opening."""
    if opening.known_at is None:
        return "from_other_paper"
    if row["recorded_at"] > opening.known_at:
        return "recorded_late"
    if scope.is_restricted(row["pk"], opening.known_at) != scope.closed:
        return "from_other_paper"
    return "recorded_late" if scope.in_register(row["pk"], before, opening.known_at) else "transferred_in"


def was_open(rows: list[dict], closures: list[Closure], day: datetime.date, scope: PaperScope) -> frozenset[int]:
    """Return the ids open in the force's register on a day not after the day of `rows` and `closures`."""
    closed = {closure.tracked_id for closure in closures if is_in_force(closure, day)}
    tracked = (row["pk"] for row in rows if row["tracked_on"] <= day and row["pk"] not in closed)
    return frozenset(pk for pk in tracked if scope.in_register(pk, day))


def closures_by(which: Q, end: datetime.date, known_at: datetime.datetime) -> list[Closure]:
    """Return the closures up to a day, as recorded up to `known_at`, with later facts blanked out."""
    found = Closure.objects.filter(
        which,
        on_record(known_at, "tracked__"),
        tracked__recorded_at__lte=known_at,
        closed_on__lte=end,
        decided_at__lte=known_at,
    )
    closures = list(found.select_related("requested_by", "decided_by", "reopened_by").order_by("closed_on", "id"))
    for closure in closures:
        reopened_at = closure.reopened_at
        if closure.reopened_on and reopened_at and (closure.reopened_on > end or reopened_at > known_at):
            closure.reopened_on = None
    return closures


def sums(moved: Movement, kinds: dict[int, str]) -> tuple[Sum, tuple[KindSum, ...]]:
    """Return the total sum and the sum for each kind. `kinds` has the kind of every id in the movement."""
    counts = _count_terms(moved, kinds, KINDS)
    total = sum(counts.values(), Counter())
    return Sum(**total), tuple(KindSum(kind=kind, sum=Sum(**counts[kind])) for kind in KINDS)


def sums_by_source(moved: Movement, rows: Iterable[dict]) -> tuple[SourceSum, ...]:
    """Return the sum for each source, by label, or nothing if all rows are from HMICFRS.

    `rows` have the columns in SOURCE, and cover every id in the movement.
    """
    sources = {row["pk"]: tuple(row[name] for name in SOURCE) for row in rows}
    if not is_mixed(key for key, _ in sources.values()):
        return ()
    counts = _count_terms(moved, sources, sources.values())
    found = {label_of(*each): Sum(**counts[each]) for each in counts}
    return tuple(SourceSum(source=label, sum=found[label]) for label in sorted(found, key=str.casefold))


def _count_terms[Group](
    moved: Movement, groups: Mapping[int, Group], all_of: Iterable[Group]
) -> dict[Group, Counter[str]]:
    """Count each term by group; `groups` has the group of every id in the movement."""
    counts: dict[Group, Counter[str]] = {group: Counter() for group in all_of}
    for term, pk in _terms_of(moved):
        counts[groups[pk]][term] += 1
    return counts


def _terms_of(moved: Movement) -> Iterator[tuple[str, int]]:
    """Yield each term of the sum with the id of each recommendation counted in it."""
    for term in ("opening", "closing", "new"):
        yield from ((term, pk) for pk in getattr(moved, term))
    yield from ((TERM_OF.get(closure.outcome, "closed"), closure.tracked_id) for closure in moved.left)
    yield from (("reopened", closure.tracked_id) for closure in moved.reopened)
    yield from ((each.term, each.pk) for each in moved.crossings)
