"""Targets that moved in a period, each with the day before it and how often it has moved."""

import datetime
from collections import Counter
from typing import NamedTuple

from recommendations.domain.papers.data.lines import MovedTarget
from recommendations.domain.papers.membership import PaperScope
from recommendations.domain.papers.sections.register_annex import Annex, with_item
from recommendations.models import TargetDate
from recommendations.periods import Period


class TargetMove(NamedTuple):
    """One change of a target: the previous row, the new row, and how often the target has moved up to this one."""

    was: TargetDate
    row: TargetDate
    times: int


def target_moves(scope: PaperScope, rows: list[dict], period: Period, known_at: datetime.datetime) -> list[TargetMove]:
    """Return each change of a target in the period, in order. The first target is set, not moved."""
    before: dict[int, TargetDate] = {}
    times: Counter[int] = Counter()
    moves = []
    targets = TargetDate.objects.filter(tracked__in=[row["pk"] for row in rows]).standing(period.end, known_at)
    for row in targets.order_by("effective_on", "recorded_at", "id"):
        was = before.get(row.tracked_id)
        before[row.tracked_id] = row
        if was is None:
            continue
        times[row.tracked_id] += 1
        if row.effective_on >= period.start and scope.in_register(row.tracked_id, row.effective_on):
            moves.append(TargetMove(was, row, times[row.tracked_id]))
    return moves


def moved_target(annex: Annex, move: TargetMove) -> MovedTarget:
    """Return the line for a change of a target."""
    return with_item(
        annex,
        MovedTarget,
        move.row.tracked_id,
        moved_on=move.row.effective_on,
        was_on=move.was.target_on,
        now_on=move.row.target_on,
        reason=move.row.reason,
        moved_by=move.row.set_by,
        times_moved=move.times,
    )
