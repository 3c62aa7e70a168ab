"""What a paper is counted from: the register's rows as at a day, and the previous paper."""

import datetime
from collections.abc import Iterable

from django.db.models import F

from recommendations.domain.papers.membership import Whereabouts
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


def rows_on(where: Whereabouts, day: datetime.date, rule: Thresholds, known_at: datetime.datetime) -> list[dict]:
    """Return the register rows as at a day for everything that is or was the force's, restricted or not."""
    rows = as_at(TrackedRecommendation.on_file.filter(where.of_force()), day, rule, known_at)
    return list(rows.order_by("reference").values(*COLUMNS))


def is_undated(row: dict) -> bool:
    """Whether neither HMICFRS nor the force ever set a date for this row of `rows_on`."""
    return row["counts_from"] is None and row["deadline_on"] is None


def count_left_out(where: Whereabouts, everything: Iterable[dict], start: datetime.date, end: datetime.date) -> int:
    """Count the restricted ones that the closed paper has: open at the end, or closed in the period."""
    held = (row for row in everything if where.restricted(row["pk"]) and where.holds(row["pk"], end))
    return sum(row["closed_on"] is None or row["closed_on"] >= start for row in held)


def previous_paper(paper: ScrutinyReport, known_at: datetime.datetime, *, closed: bool) -> ScrutinyReport | None:
    """Return the force's finalised paper (open or closed) that ends on the day before this one, in its newest issue.

    It is on the same source, or on all. Its figures are deferred; it has `kept_ids`, `kept_overdue`, `kept_high` and
    `kept_late` instead. One query.
    """
    finalised = ScrutinyReport.objects.filter(
        force=paper.force_id,
        closed=closed,
        source=paper.source,
        end=paper.start - datetime.timedelta(days=1),
        state=PaperState.FINALISED,
        finalised_at__lte=known_at,
    )
    with_closing = finalised.annotate(
        kept_ids=F("figures__open_ids"),
        kept_overdue=F("figures__then_and_now__overdue_now"),
        kept_high=F("figures__risk__high"),
        kept_late=F("figures__risk__late_count"),
    )
    return with_closing.select_related("force").defer("figures").order_by("finalised_at", "issue").last()


def opening_of(last: ScrutinyReport | None, other: ScrutinyReport | None) -> Opening:
    """Return what a paper opens with: the closing of the previous paper in its chain.

    The first paper of a chain opens with what the `other` chain had not closed with. Both come from `previous_paper`.
    """
    if last:
        return Opening(printed=closing_of(last), known_at=last.known_at)
    return Opening(elsewhere=closing_of(other) if other else frozenset())


def closing_of(last: ScrutinyReport) -> frozenset[int]:
    """Return what a paper of `previous_paper` closed with. Older papers stored no ids, so theirs are counted again."""
    if last.kept_ids is not None:
        return frozenset(last.kept_ids)
    assert last.known_at is not None  # a finalised paper's (paper_finalised_is_whole)
    where = Whereabouts(last.own_force, last.closed, last.known_at, source=last.source)
    rows = rows_on(where, last.end, RagRule.objects.on(last.end), last.known_at)
    held = (row for row in rows if where.belongs(row["pk"]) and where.holds(row["pk"], last.end))
    return frozenset(row["pk"] for row in held if row["closed_on"] is None)
