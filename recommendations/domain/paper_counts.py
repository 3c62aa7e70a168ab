"""What papers count, for any number of forces at once: the sum, kinds, stages, colours and dates, without the lists.

The sum adds up line by line, so it can be taken in two parts. What was never transferred or restricted, and stood
where the last paper says, is counted in the database; the rest, few as a rule, is looked at one by one, as compiling
a whole paper (domain/scrutiny.py) looks at every line.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When

from recommendations.domain.as_at import as_at, on_record
from recommendations.domain.count_figures import Counts, closed_counts, colour_counts, date_word, open_counts
from recommendations.domain.crossing_lines import gone_rows
from recommendations.domain.figures import ThenAndNow
from recommendations.domain.movement import (
    KINDS,
    NOT_CLOSED_AS_DONE,
    TERM_OF,
    Opening,
    closures_by,
    kind_in_sql,
    kind_of,
    movement,
    sums_of,
    terms_of,
)
from recommendations.domain.open_counts import Group, open_groups, open_on
from recommendations.domain.paper_rows import COLUMNS, is_undated, last_papers, left_out, opening_of
from recommendations.domain.whereabouts import Whereabouts, moved_of
from recommendations.enums import AGREES_WITH_CLOSURE, Rag, Vocabulary
from recommendations.models import (
    Closure,
    InspectorateStatus,
    Label,
    RagRule,
    ScrutinyReport,
    Thresholds,
    TrackedRecommendation,
)


class Asked(NamedTuple):
    """The period that is counted, with the rule of its last day, and the moment."""

    start: datetime.date
    end: datetime.date
    before: datetime.date
    rule: Thresholds
    known_at: datetime.datetime


@dataclass
class Tally:
    """What was counted so far of one force. `odd` are looked at one by one; `overdue_then` is known of a last paper."""

    where: Whereabouts
    opening: Opening
    overdue_then: int | None
    odd: set[int]
    terms: dict[str, Counter] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    open: list[Group] = field(default_factory=list)
    agrees: Counter = field(default_factory=Counter)
    red_before: int = 0
    left_out: int = 0


def count_papers(papers: Sequence[ScrutinyReport], known_at: datetime.datetime) -> dict[int, Counts]:
    """What each paper counts, by its force's id, as known at a moment (UTC): the numbers of its figures.

    `papers` are of one period, and all open or all closed. The queries are as many for one force as for all.
    """
    paper = papers[0]
    before = paper.start - datetime.timedelta(days=1)
    tallies = _begin(papers, known_at)
    asked = Asked(paper.start, paper.end, before, RagRule.objects.on(paper.end), known_at)
    if not paper.closed:
        _count_in_database(tallies, asked)
    _count_one_by_one(tallies, asked)
    words = Label.objects.words()[Vocabulary.STAGE]
    return {force: _counts(tally, words, asked.rule) for force, tally in tallies.items()}


def _begin(papers: Sequence[ScrutinyReport], known_at) -> dict[int, Tally]:
    forces, closed = [paper.force for paper in papers], papers[0].closed
    moved, last = moved_of(forces), last_papers(papers, known_at, closed)
    first_ones = [paper for paper in papers if paper.force_id not in last]
    other = last_papers(first_ones, known_at, not closed) if first_ones else {}
    tallies = {}
    for force in forces:
        where = Whereabouts(force, closed, known_at, moved)
        opening = opening_of(last.get(force.pk), other.get(force.pk))
        overdue_then = last[force.pk].overdue_now if force.pk in last else None
        tallies[force.pk] = Tally(where, opening, overdue_then, where.touched)
    return tallies


def _count_in_database(tallies: dict[int, Tally], asked: Asked) -> None:
    """All lines but the odd ones: of them the force that they have is the one that they had."""
    rows = TrackedRecommendation.on_file.filter(
        on_record(asked.known_at), recorded_at__lte=asked.known_at, tracked_on__lte=asked.end, force__in=tallies
    )
    _open_as_printed(tallies, rows, asked)
    odd = _odd(tallies)
    rows = rows.exclude(pk__in=odd)
    first_ones = [force for force, tally in tallies.items() if tally.opening.known_at is None]
    if first_ones:
        rule = RagRule.objects.on(asked.before)
        for group in open_groups(rows.filter(force__in=first_ones), asked.before, rule, asked.known_at):
            tally = tallies[group.force_id]
            tally.terms[group.kind]["opening"] += group.number
            tally.red_before += group.number if group.rag == Rag.RED else 0
    for group in open_groups(rows, asked.end, asked.rule, asked.known_at):
        tallies[group.force_id].terms[group.kind]["closing"] += group.number
        tallies[group.force_id].open.append(group)
    new = rows.filter(tracked_on__gte=asked.start).order_by().values("force_id", kind=kind_in_sql("recommendation__"))
    for row in new.annotate(number=Count("pk")):
        tallies[row["force_id"]].terms[row["kind"]]["new"] += row["number"]
    _count_closures(tallies, odd, asked)


def _odd(tallies: dict[int, Tally]) -> set[int]:
    return set().union(*(tally.odd for tally in tallies.values()))


def _open_as_printed(tallies: dict[int, Tally], rows: QuerySet, asked: Asked) -> None:
    """The opening of each force that has a last paper. What it did not print, or nobody would print now, is odd."""
    following = [force for force, tally in tallies.items() if tally.opening.known_at]
    if not following:
        return
    known: dict[int, dict[int, str]] = defaultdict(dict)
    was_open = open_on(rows.filter(force__in=following), asked.before, asked.known_at).order_by()
    for force, pk, kind in was_open.values_list("force_id", "pk", kind_in_sql("recommendation__")):
        known[force][pk] = kind
    for force in following:
        tally = tallies[force]
        tally.odd |= tally.opening.printed ^ known[force].keys()
        for kind, number in Counter(kind for pk, kind in known[force].items() if pk not in tally.odd).items():
            tally.terms[kind]["opening"] += number


def _count_closures(tallies: dict[int, Tally], odd: set[int], asked: Asked) -> None:
    """What was closed and what was reopened in the period, and whether HMICFRS agrees on its last day."""
    known_at, period = asked.known_at, (asked.start, asked.end)
    status = InspectorateStatus.objects.filter(tracked=OuterRef("tracked")).standing(asked.end, known_at)
    status = Subquery(status.latest_first().values("status")[:1])
    left, back = Q(closed_on__gte=asked.start), Q(reopened_on__range=period, reopened_at__lte=known_at)
    found = Closure.objects.filter(
        on_record(known_at, "tracked__"),
        left | back,
        tracked__force__in=tallies,
        tracked__recorded_at__lte=known_at,
        tracked__tracked_on__lte=asked.end,
        closed_on__lte=asked.end,
        decided_at__lte=known_at,
    )
    found = found.exclude(tracked__in=odd).order_by().annotate(status=status)
    counted = found.values(
        "outcome",
        force=F("tracked__force"),
        kind=kind_in_sql("tracked__recommendation__"),
        left=_one_where(left),
        back=_one_where(back),
        agrees=_one_where(left & Q(status__in=AGREES_WITH_CLOSURE)),
    )
    for row in counted.annotate(number=Count("pk")):
        tally, outcome, number = tallies[row["force"]], row["outcome"], row["number"]
        tally.terms[row["kind"]]["reopened"] += row["back"] * number
        tally.terms[row["kind"]][TERM_OF.get(outcome, "closed")] += row["left"] * number
        if outcome not in NOT_CLOSED_AS_DONE:
            tally.agrees[bool(row["agrees"])] += row["left"] * number


def _one_where(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0))


def _count_one_by_one(tallies: dict[int, Tally], asked: Asked) -> None:
    """What was transferred or restricted, ever, and what stood otherwise than the last paper says."""
    odd = _odd(tallies)
    if not odd:
        return
    rows, earlier = _rows_of(odd, asked.end, asked.rule, asked), {}
    if any(tally.overdue_then is None for tally in tallies.values()):
        earlier = _rows_of(odd, asked.before, RagRule.objects.on(asked.before), asked)
    closures = closures_by(Q(tracked__in=odd), asked.end, asked.known_at)
    for tally in tallies.values():
        everything = [rows[pk] for pk in tally.odd & rows.keys()]
        if not tally.where.closed:
            tally.left_out = left_out(tally.where, everything, asked.start, asked.end)
        _count_lines(tally, everything, earlier, closures, asked)


def _rows_of(odd: set[int], day, rule, asked: Asked) -> dict[int, dict]:
    found = as_at(TrackedRecommendation.on_file.filter(pk__in=odd), day, rule, asked.known_at)
    return {row["pk"]: row for row in found.values(*COLUMNS)}


def _count_lines(tally: Tally, everything: list[dict], earlier: dict, closures: list[Closure], asked: Asked) -> None:
    where = tally.where
    ours = [row for row in everything if where.belongs(row["pk"])]
    opening = replace(tally.opening, printed=tally.opening.printed & tally.odd)
    moved = movement(where, ours, closures, asked.start, asked.end, opening)
    kinds = {row["pk"]: kind_of(row) for row in (*ours, *gone_rows(moved, ours))}
    for term, pk in terms_of(moved):
        tally.terms[kinds[pk]][term] += 1
    tally.red_before += sum(earlier[pk]["at_rag"] == Rag.RED for pk in moved.opening if pk in earlier)
    statuses = {row["pk"]: row["at_inspectorate_status"] for row in ours}
    for closure in moved.left:
        if closure.outcome not in NOT_CLOSED_AS_DONE:
            tally.agrees[statuses[closure.tracked_id] in AGREES_WITH_CLOSURE] += 1
    held = (row for row in ours if row["at_closed_on"] is None and where.holds(row["pk"], asked.end))
    tally.open += [_group(row, where.force.pk, asked.end) for row in held]


def _group(row: dict, force: int, day: datetime.date) -> Group:
    return Group(
        force_id=force,
        kind=kind_of(row),
        undated=is_undated(row),
        rag=row["at_rag"],
        unplanned=row["at_forecast_on"] is None or row["at_forecast_on"] <= day,
        stage=row["at_stage"],
        number=1,
    )


def _counts(tally: Tally, words: dict, rule: Thresholds) -> Counts:
    kinds, stages, dates, colours, unplanned = (Counter() for _ in range(5))
    for group in tally.open:
        kinds[group.kind] += group.number
        stages[group.stage] += group.number
        dates[date_word(group.rag, group.undated)] += group.number
        colours[group.kind, group.rag] += group.number
        unplanned[group.rag] += group.number if group.unplanned else 0
    total, by_kind = sums_of(tally.terms)
    overdue_now = dates["Overdue"]
    return Counts(
        sum=total,
        sums_by_kind=by_kind,
        then_and_now=ThenAndNow(
            open_then=total.opening,
            open_now=total.closing,
            overdue_then=tally.red_before if tally.overdue_then is None else tally.overdue_then,
            overdue_now=overdue_now,
        ),
        **open_counts(kinds, stages, dates, words),
        closed_by_hmicfrs=closed_counts(tally.agrees[True], tally.agrees[False]),
        by_colour=colour_counts(colours, rule),
        unplanned=unplanned[Rag.RED],
        left_out=tally.left_out,
    )
