"""Commitments in a scrutiny report: checked in the period, overdue at its end, or measured."""

import datetime
from collections import defaultdict

from recommendations.domain.commitments.paper_lines import PaperCommitment, PaperMeasure
from recommendations.domain.commitments.status import Row, latest_first, next_of
from recommendations.domain.papers.sections.attendance import measures_of
from recommendations.domain.text.quotations import without_marks
from recommendations.enums import CheckOutcome
from recommendations.models import Commitment, CommitmentCheck, CommitmentMove, Force
from recommendations.periods import Period, say


def commitments_of(
    force: Force, period: Period, known_at: datetime.datetime, measured: bool = True
) -> tuple[PaperCommitment, ...]:
    """Return the commitments, overdue ones first, longest overdue first. Check findings are internal and not printed.

    If `measured` is false, their measures are left out.
    """
    found = Commitment.objects.filter(
        of__response__answers__inspection__covers__force=force,
        of__published_on__lte=period.end,
        recorded_at__lte=known_at,
    )
    once = Commitment.objects.filter(pk__in=found.values("pk"))
    commitments = list(once.select_related("of__response").order_by("pk"))
    rows = _rows(commitments, period.end, known_at)
    measures = measures_of(force, commitments, period, known_at) if measured else {}
    lines = [_line(each, rows[each.pk], period, measures.get(each.pk)) for each in commitments]
    told = [line for line in lines if line.checks or line.days_over or line.measure]
    return tuple(sorted(told, key=lambda line: (-line.days_over, line.response)))


def _rows(commitments: list[Commitment], day: datetime.date, known_at: datetime.datetime) -> dict[int, list[Row]]:
    """Return the checks and moves of each commitment standing on the day, latest first. Two queries."""
    of = defaultdict(list)
    moves = CommitmentMove.objects.filter(commitment__in=commitments, effective_on__lte=day, recorded_at__lte=known_at)
    checks = CommitmentCheck.objects.standing(day, known_at).filter(commitment__in=commitments)
    for row in [*moves, *checks]:
        of[row.commitment_id].append(row)
    return defaultdict(list, {pk: latest_first(rows) for pk, rows in of.items()})


def _line(commitment: Commitment, rows: list[Row], period: Period, measure: PaperMeasure | None) -> PaperCommitment:
    checks = [row for row in rows if isinstance(row, CommitmentCheck) and row.effective_on >= period.start]
    next_on = next_of(commitment, rows)
    return PaperCommitment(
        quote=without_marks(commitment.quote),
        response=commitment.of.response.title,
        keeper=commitment.keeper,
        checks=tuple(f"{CheckOutcome(row.outcome).label}, {say(row.effective_on)}" for row in checks),
        next_on=next_on,
        days_over=max((period.end - next_on).days, 0) if next_on else 0,
        measure=measure,
    )
