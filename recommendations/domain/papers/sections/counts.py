"""Count papers for any number of forces at once: the sum, kinds, stages, colours and dates, without the lists.

The sum adds up line by line, so it can be split in two. Recommendations that were never transferred or restricted, and
whose state agrees with the last paper, are counted in the database from Standing and the closing lines. The others,
usually few, are evaluated one by one, as compiling a whole paper (domain/papers/compile.py) does for every line.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from recommendations.domain.papers.data.counts import Counts, closed_counts, colour_counts, date_word, open_counts
from recommendations.domain.papers.data.paper import ThenAndNow
from recommendations.domain.papers.membership import Whereabouts, moved_of, of_source
from recommendations.domain.papers.open_counts import OpenGroup, open_groups
from recommendations.domain.papers.register_queries import (
    COLUMNS,
    closing_of,
    is_undated,
    last_papers,
    left_out,
    opening_of,
)
from recommendations.domain.papers.sections.movement import (
    KINDS,
    NOT_CLOSED_AS_DONE,
    TERM_OF,
    closures_by,
    kind_in_sql,
    kind_of,
    movement,
    sums_of,
    terms_of,
)
from recommendations.domain.papers.sections.transfers import gone_rows
from recommendations.domain.register.as_at import as_at, on_record
from recommendations.domain.register.rag import OVERDUE, is_overdue
from recommendations.enums import AGREES_WITH_CLOSURE, Vocabulary
from recommendations.models import (
    ClosingLine,
    Closure,
    InspectorateStatus,
    Label,
    RagRule,
    ScrutinyReport,
    Standing,
    Thresholds,
    TrackedRecommendation,
)
from recommendations.models.standing import StandingQuerySet


class CountedPeriod(NamedTuple):
    """The period to count, with its last day's rule, and the moment."""

    start: datetime.date
    end: datetime.date
    before: datetime.date
    rule: Thresholds
    known_at: datetime.datetime
    source: str


@dataclass
class Tally:
    """The running counts of one force, following its `last` paper or, for the first of its chain, the `other` chain's.

    `odd` are the ids evaluated one by one.
    """

    where: Whereabouts
    last: ScrutinyReport | None
    other: ScrutinyReport | None
    odd: set[int]
    terms: dict[str, Counter] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    open: list[OpenGroup] = field(default_factory=list)
    agrees: Counter = field(default_factory=Counter)
    red_before: int = 0
    left_out: int = 0


def count_papers(papers: Sequence[ScrutinyReport], known_at: datetime.datetime) -> dict[int, Counts]:
    """Return each paper's counts by force id: the numbers that compiling it at this moment (UTC) would give.

    `papers` are of one period, all open or all closed, and all on all sources or on one. Nothing may be recorded after
    the moment, because Standing holds what is known now. The number of queries does not depend on the number of forces.
    """
    paper = papers[0]
    before = paper.start - datetime.timedelta(days=1)
    tallies = _begin(papers, known_at)
    asked = CountedPeriod(paper.start, paper.end, before, RagRule.objects.on(paper.end), known_at, paper.source)
    if not paper.closed:
        _count_in_database(tallies, asked)
    _count_one_by_one(tallies, asked)
    words = Label.objects.words()[Vocabulary.STAGE]
    return {force: _counts(tally, words, asked.rule) for force, tally in tallies.items()}


def _begin(papers: Sequence[ScrutinyReport], known_at: datetime.datetime) -> dict[int, Tally]:
    forces, closed = [paper.own_force for paper in papers], papers[0].closed
    moved, last = moved_of(forces), _last_papers(papers, known_at, closed)
    first_ones = [paper for paper in papers if paper.force_id not in last]
    other = _last_papers(first_ones, known_at, not closed) if first_ones else {}
    tallies = {}
    for force in forces:
        where = Whereabouts(force, closed, known_at, moved, papers[0].source)
        tally = tallies[force.pk] = Tally(where, last.get(force.pk), other.get(force.pk), where.touched)
        if tally.last and tally.last.open_now is None:
            tally.odd.update(closing_of(tally.last))
    return tallies


def _last_papers(
    papers: Sequence[ScrutinyReport], known_at: datetime.datetime, closed: bool
) -> dict[int, ScrutinyReport]:
    """Return the last papers. Those filed before closing lines were stored get their `kept_ids` here."""
    found = last_papers(papers, known_at, closed)
    if any(paper.open_now is None for paper in found.values()):
        found = last_papers(papers, known_at, closed, unpacked=True)
        for paper in found.values():
            paper.kept_ids = closing_of(paper)
    return found


def _count_in_database(tallies: dict[int, Tally], asked: CountedPeriod) -> None:
    """Count all lines except the odd ones, whose force may have changed."""
    standings = Standing.objects.filter(of_source(asked.source, "tracked__"), force__in=tallies)
    _open_as_printed(tallies, standings, asked)
    odd = _odd(tallies)
    standings = standings.exclude(tracked__in=odd)
    first_ones = [force for force, tally in tallies.items() if not tally.last]
    if first_ones:
        for group in open_groups(
            standings.filter(force__in=first_ones), asked.before, RagRule.objects.on(asked.before)
        ):
            tally = tallies[group.force_id]
            tally.terms[group.kind]["opening"] += group.number
            tally.red_before += group.number if is_overdue(group.rag) else 0
    for group in open_groups(standings, asked.end, asked.rule):
        tallies[group.force_id].terms[group.kind]["closing"] += group.number
        tallies[group.force_id].open.append(group)
    new = TrackedRecommendation.on_file.filter(
        on_record(asked.known_at),
        of_source(asked.source),
        recorded_at__lte=asked.known_at,
        tracked_on__range=(asked.start, asked.end),
        force__in=tallies,
    ).exclude(pk__in=odd)
    of_kind = new.order_by().values("force_id", kind=kind_in_sql("recommendation__"))
    counted = of_kind.annotate(number=Count("pk")).values_list("force_id", "kind", "number")
    for force, kind, number in counted:
        tallies[force].terms[kind]["new"] += number
    _count_closures(tallies, odd, asked)


def _odd(tallies: dict[int, Tally]) -> set[int]:
    return set().union(*(tally.odd for tally in tallies.values()))


def _open_as_printed(tallies: dict[int, Tally], standings: StandingQuerySet, asked: CountedPeriod) -> None:
    """Set the opening of each force with a last paper. Lines on which that paper and the register disagree are odd."""
    following = {force: tally for force, tally in tallies.items() if tally.last}
    if not following:
        return
    printed = ClosingLine.objects.filter(paper__in=_last_of(following), tracked=OuterRef("tracked"))
    as_printed = Q(Exists(printed)) & ~Q(tracked__in=_odd(following))
    was_open = standings.filter(force__in=following).on(asked.before).open().order_by()
    numbers = {"known": Count("tracked"), "as_printed": Count("tracked", filter=as_printed)}
    known: Counter[int] = Counter()
    alike: Counter[int] = Counter()
    for row in was_open.values("force", line=kind_in_sql("")).annotate(**numbers):
        following[row["force"]].terms[row["line"]]["opening"] += row["as_printed"]
        known[row["force"]] += row["known"]
        alike[row["force"]] += row["as_printed"]
    printed_by = {force: tally.last.open_now for force, tally in following.items() if tally.last}
    unlike = {
        force: tally for force, tally in following.items() if not known[force] == alike[force] == printed_by[force]
    }
    if not unlike:
        return
    was_open = was_open.filter(force__in=unlike)
    for force, pk in was_open.filter(~Exists(printed)).values_list("force", "tracked"):
        unlike[force].odd.add(pk)
    still = was_open.filter(tracked=OuterRef("tracked"))
    gone = ClosingLine.objects.filter(~Exists(still), paper__in=_last_of(unlike))
    for force, pk in gone.values_list("paper__force", "tracked"):
        unlike[force].odd.add(pk)


def _last_of(tallies: dict[int, Tally]) -> list[ScrutinyReport]:
    return [tally.last for tally in tallies.values() if tally.last]


def _count_closures(tallies: dict[int, Tally], odd: set[int], asked: CountedPeriod) -> None:
    """Count what was closed and reopened in the period, and whether HMICFRS agrees on its last day."""
    known_at, period = asked.known_at, (asked.start, asked.end)
    status = InspectorateStatus.objects.filter(tracked=OuterRef("tracked")).standing(asked.end, known_at)
    status = Subquery(status.latest_first().values("status")[:1])
    left, back = Q(closed_on__gte=asked.start), Q(reopened_on__range=period, reopened_at__lte=known_at)
    found = Closure.objects.filter(
        on_record(known_at, "tracked__"),
        of_source(asked.source, "tracked__"),
        left | back,
        tracked__force__in=tallies,
        tracked__recorded_at__lte=known_at,
        tracked__tracked_on__lte=asked.end,
        closed_on__lte=asked.end,
        decided_at__lte=known_at,
    )
    found = found.exclude(tracked__in=odd).order_by().annotate(status=status)
    counted = found.values("outcome", force=F("tracked__force"), kind=kind_in_sql("tracked__recommendation__"))
    which = {"left": left, "back": back, "agrees": left & Q(status__in=AGREES_WITH_CLOSURE)}
    numbers = counted.annotate(**{name: Count("pk", filter=each) for name, each in which.items()})
    for force, kind, outcome, gone, again, agrees in numbers.values_list("force", "kind", "outcome", *which):
        tally = tallies[force]
        tally.terms[kind]["reopened"] += again
        tally.terms[kind][TERM_OF.get(outcome, "closed")] += gone
        if outcome not in NOT_CLOSED_AS_DONE:
            tally.agrees[True] += agrees
            tally.agrees[False] += gone - agrees


def _count_one_by_one(tallies: dict[int, Tally], asked: CountedPeriod) -> None:
    """Count what was ever transferred or restricted, and what disagrees with the last paper."""
    odd = _odd(tallies)
    if not odd:
        return
    rows, earlier = _rows_of(odd, asked.end, asked.rule, asked), {}
    if not all(tally.last for tally in tallies.values()):
        earlier = _rows_of(odd, asked.before, RagRule.objects.on(asked.before), asked)
    closures = closures_by(Q(tracked__in=odd), asked.end, asked.known_at)
    _read_printed(tallies, odd)
    for tally in tallies.values():
        everything = [rows[pk] for pk in tally.odd & rows.keys()]
        if not tally.where.closed:
            tally.left_out = left_out(tally.where, everything, asked.start, asked.end)
        _count_lines(tally, everything, earlier, closures, asked)


def _read_printed(tallies: dict[int, Tally], odd: set[int]) -> None:
    """Read which of the odd ones each previous paper has in its closing lines."""
    before = [paper for tally in tallies.values() for paper in (tally.last, tally.other) if paper]
    papers = {paper.pk: paper for paper in before if paper.open_now is not None}
    lines = ClosingLine.objects.filter(paper__in=papers, tracked__in=odd)
    kept = defaultdict(set)
    for of, tracked in lines.values_list("paper", "tracked"):
        kept[of].add(tracked)
    for pk, paper in papers.items():
        paper.kept_ids = kept[pk]


def _rows_of(odd: set[int], day: datetime.date, rule: Thresholds, asked: CountedPeriod) -> dict[int, dict]:
    of_paper = TrackedRecommendation.on_file.filter(of_source(asked.source), pk__in=odd)
    found = as_at(of_paper, day, rule, asked.known_at)
    return {row["pk"]: row for row in found.values(*COLUMNS)}


def _count_lines(
    tally: Tally, everything: list[dict], earlier: dict, closures: list[Closure], asked: CountedPeriod
) -> None:
    where = tally.where
    ours = [row for row in everything if where.belongs(row["pk"])]
    opening = opening_of(tally.last, tally.other)
    opening = replace(opening, printed=opening.printed & tally.odd)
    moved = movement(where, ours, closures, asked.start, asked.end, opening)
    kinds = {row["pk"]: kind_of(row) for row in (*ours, *gone_rows(moved, ours))}
    for term, pk in terms_of(moved):
        tally.terms[kinds[pk]][term] += 1
    tally.red_before += sum(is_overdue(earlier[pk]["rag"]) for pk in moved.opening if pk in earlier)
    statuses = {row["pk"]: row["inspectorate_status"] for row in ours}
    for closure in moved.left:
        if closure.outcome not in NOT_CLOSED_AS_DONE:
            tally.agrees[statuses[closure.tracked_id] in AGREES_WITH_CLOSURE] += 1
    held = (row for row in ours if row["closed_on"] is None and where.holds(row["pk"], asked.end))
    tally.open += [_group(row, where.force.pk, asked.end) for row in held]


def _group(row: dict, force: int, day: datetime.date) -> OpenGroup:
    return OpenGroup(
        force_id=force,
        kind=kind_of(row),
        undated=is_undated(row),
        rag=row["rag"],
        unplanned=row["forecast_on"] is None or row["forecast_on"] <= day,
        stage=row["stage"],
        number=1,
    )


def _overdue_then(tally: Tally) -> int:
    if not tally.last:
        return tally.red_before
    return tally.last.kept_overdue if tally.last.overdue_now is None else tally.last.overdue_now


def _counts(tally: Tally, words: dict, rule: Thresholds) -> Counts:
    kinds: Counter[str] = Counter()
    stages: Counter[str] = Counter()
    dates: Counter[str] = Counter()
    colours: Counter[tuple[str, str]] = Counter()
    unplanned: Counter[str] = Counter()
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
            overdue_then=_overdue_then(tally),
            overdue_now=overdue_now,
        ),
        **open_counts(kinds, stages, dates, words),
        closed_by_hmicfrs=closed_counts(tally.agrees[True], tally.agrees[False]),
        by_colour=colour_counts(colours, rule),
        unplanned=unplanned[OVERDUE],
        left_out=tally.left_out,
    )
