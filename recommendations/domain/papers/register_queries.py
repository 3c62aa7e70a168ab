"""What a paper is counted from: the register's rows as at a day, and the previous paper."""

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db import connection
from django.db.models import F

from recommendations.compiled_queries import ANY_ONE, STATEMENTS, Statement, converted, statement
from recommendations.domain.papers.membership import Whereabouts, of_register
from recommendations.domain.papers.sections.movement import SOURCE, Opening
from recommendations.domain.register.as_at import FIELDS, as_at
from recommendations.enums import PaperState
from recommendations.models import RagRule, ScrutinyReport, Thresholds, TrackedRecommendation

COLUMNS = (
    "pk",
    "reference",
    "recommendation_id",
    "recommendation__kind",
    "recommendation__cause_id",
    *SOURCE,
    "tracked_on",
    "recorded_at",
    "directed_to_force",
    "deadline_kind",
    "deadline_on",
    "chief_officer_lead",
    "business_lead",
    "opcc_lead",
    *FIELDS,
    "counts_from",
    "close_down_on",
    "rag",
)


# Stand for the day and the moment that are asked about in a compiled statement: no register has them.
ANY_DAY = datetime.date(9000, 1, 1)
ANY_MOMENT = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)


def rows_on(where: Whereabouts, day: datetime.date, rule: Thresholds, known_at: datetime.datetime) -> list[dict]:
    """Return the register rows as at a day for everything that is or was the force's, restricted or not.

    Compiling takes four times as long as running, so it is done once for any day, moment and force.
    """
    found = _statement(connection.vendor, where.source, tuple(where.moves), rule.immediate_days)
    if found is None:
        return []
    stand_ins = _values(ANY_DAY, rule, ANY_MOMENT, ANY_ONE)
    held = dict(zip(stand_ins, _values(day, rule, known_at, where.force.pk), strict=True))
    return [dict(zip(COLUMNS, row, strict=True)) for row in converted(found.asking(held))]


def _values(day: datetime.date, rule: Thresholds, known_at: datetime.datetime, force: int) -> list:
    """What the statement is run with, as the database takes it."""
    days = (day, day - datetime.timedelta(days=rule.immediate_days))
    adapt = connection.ops
    return [*map(adapt.adapt_datefield_value, days), adapt.adapt_datetimefield_value(known_at), force]


@lru_cache(maxsize=STATEMENTS)
def _statement(vendor: str, source: str, moved: tuple[int, ...], immediate_days: int) -> Statement | None:
    """The rows of ANY_ONE's register, and those with the ids `moved`, as at ANY_DAY and known at ANY_MOMENT."""
    tracked = TrackedRecommendation.on_file.filter(of_register(ANY_ONE, moved, source))
    rows = as_at(tracked, ANY_DAY, Thresholds(immediate_days), ANY_MOMENT)
    return statement(rows.order_by("reference").values_list(*COLUMNS))


def is_undated(row: dict) -> bool:
    """Whether neither HMICFRS nor the force ever set a date for this row of `rows_on`."""
    return row["counts_from"] is None and row["deadline_on"] is None


def left_out(where: Whereabouts, everything: Iterable[dict], start: datetime.date, end: datetime.date) -> int:
    """Count the restricted ones that the closed paper has: open at the end, or closed in the period."""
    held = (row for row in everything if where.restricted(row["pk"]) and where.holds(row["pk"], end))
    return sum(row["closed_on"] is None or row["closed_on"] >= start for row in held)


def last_papers(
    papers: Sequence[ScrutinyReport], known_at: datetime.datetime, closed: bool, *, unpacked: bool = False
) -> dict[int, ScrutinyReport]:
    """Return, by force id, the newest issue of its finalised paper (open or closed) that ends on the day before.

    `papers` are of one period, and all on all sources or on one. The figures are deferred; `unpacked` (5 ms for a paper
    of a thousand lines) adds `kept_ids`, `kept_overdue`, `kept_high` and `kept_late`. One query.
    """
    finalised = ScrutinyReport.objects.filter(
        force__in=[paper.force_id for paper in papers],
        closed=closed,
        source=papers[0].source,
        end=papers[0].start - datetime.timedelta(days=1),
        state=PaperState.FINALISED,
        finalised_at__lte=known_at,
    )
    kept = {
        "kept_ids": F("figures__open_ids"),
        "kept_overdue": F("figures__then_and_now__overdue_now"),
        "kept_high": F("figures__risk__high"),
        "kept_late": F("figures__risk__late_count"),
    }
    found = finalised.annotate(**kept) if unpacked else finalised
    found = found.select_related("force").defer("figures").order_by("finalised_at", "issue")
    return {paper.own_force.pk: paper for paper in found}


def opening_of(last: ScrutinyReport | None, other: ScrutinyReport | None) -> Opening:
    """Return what a paper opens with: the closing of the previous paper in its chain.

    The first paper of a chain opens with what the `other` chain had not closed with. Both come from `last_papers`, with
    their `kept_ids`.
    """
    if last:
        return Opening(printed=closing_of(last), known_at=last.known_at)
    return Opening(elsewhere=closing_of(other) if other else frozenset())


def closing_of(last: ScrutinyReport) -> frozenset[int]:
    """Return what a paper from `last_papers` closed with. Older papers stored no ids, so theirs are counted again."""
    if last.kept_ids is not None:
        return frozenset(last.kept_ids)
    assert last.known_at is not None  # a finalised paper's (paper_finalised_is_whole)
    where = Whereabouts(last.own_force, last.closed, last.known_at, source=last.source)
    rows = rows_on(where, last.end, RagRule.objects.on(last.end), last.known_at)
    held = (row for row in rows if where.belongs(row["pk"]) and where.holds(row["pk"], last.end))
    return frozenset(row["pk"] for row in held if row["closed_on"] is None)
