"""Rechecks of closures as pages read them; none if the office has switched the section off."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from recommendations.domain.register.rechecks.plans import LookPlan
from recommendations.enums import ClosureState
from recommendations.enums.register import RecheckAnswer
from recommendations.models import Closure, Recheck, TrackedRecommendation
from recommendations.sections import Section


def closures_of(tracked: TrackedRecommendation) -> list[Closure]:
    """The closures of a recommendation, newest first, with their users and rechecks (`looks`).

    One query, and one for the rechecks if there are closures.
    """
    found = list(tracked.closures.select_related("requested_by", "decided_by", "reopened_by"))
    if found and Section.RECHECKS.is_on:
        rows = tracked.rechecks.select_related("recorded_by", "decided_by", "withdrawn_by", "shown_by").latest_first()
        looks = _rows_by_closure(rows)
        for closure in found:
            closure.looks = looks[closure.pk]
    return found


def _rows_by_closure(rows: Iterable[Recheck]) -> defaultdict[int, list[Recheck]]:
    found = defaultdict(list)
    for row in rows:
        found[row.closure_id].append(row)
    return found


def _speaking(closure: Closure) -> list[Recheck]:
    return [row for row in closure.looks if row.withdrawn_at is None and row.agreed is not False]


def plan_shown(closures: list[Closure]) -> LookPlan:
    """The plan for the recheck of the closure that is waiting or in force, or an empty one."""
    of = next((each for each in closures if each.state in (ClosureState.REQUESTED, ClosureState.CLOSED)), None)
    row = next(iter(_speaking(of)), None) if of else None
    return LookPlan(row.look_on, row.held_if) if row and row.look_on else LookPlan()


def measure_of(closures: list[Closure]) -> Recheck | None:
    """The row with the measure for the closure in force, or None."""
    closed = next((each for each in closures if each.state == ClosureState.CLOSED), None)
    return next((row for row in _speaking(closed) if row.held_if), None) if closed else None


def slip_of(closures: list[Closure]) -> Recheck | None:
    """The slip that waits for a decision, or None."""
    closed = next((each for each in closures if each.state == ClosureState.CLOSED), None)
    row = next(iter(_speaking(closed)), None) if closed else None
    return row if row and row.answer == RecheckAnswer.SLIPPED and row.agreed is None else None


def is_due(look_again_on: datetime.date | None, today: datetime.date) -> bool:
    """Whether a recheck is due."""
    return Section.RECHECKS.is_on and look_again_on is not None and look_again_on <= today
