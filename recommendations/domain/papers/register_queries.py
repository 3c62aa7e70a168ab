"""What a paper is counted from: the register's rows as at a day, and the previous paper."""

import datetime
from typing import NamedTuple

from django.db.models import F

from recommendations.domain.papers.membership import PaperScope
from recommendations.domain.papers.sections.entered_and_left import gone_rows
from recommendations.domain.papers.sections.movement import SOURCE, Movement, Opening, closures_by, movement
from recommendations.domain.register.as_at import FIELDS, as_at
from recommendations.enums import PaperState
from recommendations.models import Closure, RagRule, ScrutinyReport, Thresholds, TrackedRecommendation
from recommendations.periods import Period

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


# What of its figures the next paper counts from.
KEPT = {
    "kept_ids": F("figures__open_ids"),
    "kept_overdue": F("figures__then_and_now__overdue_now"),
    "kept_high": F("figures__risk__high"),
    "kept_late": F("figures__risk__late_count"),
}


class PaperRegister(NamedTuple):
    """What a paper is counted from, as at its period's last day and as recorded up to its moment.

    `everything` are the rows of all that is or was the force's, `own` those that belong in this paper, and `current`
    those of them in the force's register on the last day. `gone` have left the register since the previous paper.
    """

    scope: PaperScope
    everything: list[dict]
    own: list[dict]
    current: list[dict]
    closures: list[Closure]
    previous: ScrutinyReport | None
    moved: Movement
    gone: list[dict]


def read_register(paper: ScrutinyReport, known_at: datetime.datetime, rule: Thresholds) -> PaperRegister:
    """Return what a paper on one force is counted from. `rule` is the one of its last day."""
    start, end = paper.start, paper.end
    scope = PaperScope(paper.own_force, paper.closed, known_at, source=paper.source)
    everything = rows_on(scope, end, rule, known_at)
    own = [row for row in everything if scope.in_paper(row["pk"])]
    previous = previous_paper(paper, known_at, closed=paper.closed)
    other = None if previous else previous_paper(paper, known_at, closed=not paper.closed)
    closures = closures_by(scope.register_filter("tracked__"), end, known_at)
    moved = movement(scope, own, closures, start, end, opening_of(previous, other))
    return PaperRegister(
        scope=scope,
        everything=everything,
        own=own,
        current=[row for row in own if scope.in_register(row["pk"], end)],
        closures=closures,
        previous=previous,
        moved=moved,
        gone=gone_rows(moved, own),
    )


def rows_on(scope: PaperScope, day: datetime.date, rule: Thresholds, known_at: datetime.datetime) -> list[dict]:
    """Return the register rows as at a day for everything that is or was the force's, restricted or not."""
    rows = as_at(TrackedRecommendation.on_file.filter(scope.register_filter()), day, rule, known_at)
    return list(rows.order_by("reference").values(*COLUMNS))


def is_undated(row: dict) -> bool:
    """Whether neither HMICFRS nor the force ever set a date for this row of `rows_on`."""
    return row["counts_from"] is None and row["deadline_on"] is None


def count_left_out(register: PaperRegister, period: Period) -> int:
    """Count the restricted ones that the closed paper has: open at the period's end, or closed in it."""
    scope = register.scope
    held = (row for row in register.everything if scope.is_restricted(row["pk"]))
    held = (row for row in held if scope.in_register(row["pk"], period.end))
    return sum(row["closed_on"] is None or row["closed_on"] >= period.start for row in held)


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
    return finalised.annotate(**KEPT).select_related("force").defer("figures").order_by("finalised_at", "issue").last()


def opening_of(previous: ScrutinyReport | None, other: ScrutinyReport | None) -> Opening:
    """Return what a paper opens with: the closing of the previous paper in its chain.

    The first paper of a chain opens with what the `other` chain had not closed with. Both come from `previous_paper`.
    """
    if previous:
        return Opening(printed=closing_of(previous), known_at=previous.known_at)
    return Opening(elsewhere=closing_of(other) if other else frozenset())


def closing_of(paper: ScrutinyReport) -> frozenset[int]:
    """Return what a paper of `previous_paper` closed with. Older papers stored no ids, so theirs are counted again."""
    if paper.kept_ids is not None:
        return frozenset(paper.kept_ids)
    assert paper.known_at is not None  # a finalised paper's (paper_finalised_is_whole)
    scope = PaperScope(paper.own_force, paper.closed, paper.known_at, source=paper.source)
    rows = rows_on(scope, paper.end, RagRule.objects.on(paper.end), paper.known_at)
    held = (row for row in rows if scope.in_paper(row["pk"]) and scope.in_register(row["pk"], paper.end))
    return frozenset(row["pk"] for row in held if row["closed_on"] is None)
