"""What was said of looking at closures again, as pages read it: nothing where the office does without it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from recommendations.domain.register.rechecks.plans import LookPlan
from recommendations.enums import ClosureState
from recommendations.enums.rechecks import RecheckAnswer
from recommendations.models import Closure, Recheck, TrackedRecommendation
from recommendations.sections import Section


def closures_of(tracked: TrackedRecommendation) -> list[Closure]:
    """Its closures, newest first, with their people and what was said of looking at them again. Two queries."""
    found = list(tracked.closures.select_related("requested_by", "decided_by", "reopened_by"))
    if Section.RECHECKS.is_on:
        rows = tracked.rechecks.select_related("recorded_by", "decided_by", "withdrawn_by").latest_first()
        looks = _by_closure(rows)
        for closure in found:
            closure.looks = looks[closure.pk]
    return found


def _by_closure(rows: Iterable[Recheck]) -> defaultdict[int, list[Recheck]]:
    found = defaultdict(list)
    for row in rows:
        found[row.closure_id].append(row)
    return found


def _speaking(closure: Closure) -> list[Recheck]:
    return [row for row in closure.looks if row.withdrawn_at is None and row.agreed is not False]


def plan_shown(closures: list[Closure]) -> LookPlan:
    """When the closure that waits or holds is to be looked at again, as far as that was said."""
    of = next((each for each in closures if each.state in (ClosureState.REQUESTED, ClosureState.CLOSED)), None)
    row = next(iter(_speaking(of)), None) if of else None
    return LookPlan(row.look_on, row.held_if) if row and row.look_on else LookPlan()


def measure_of(closures: list[Closure]) -> Recheck | None:
    """The row that says by what measure the closure in force has held, if any does."""
    closed = next((each for each in closures if each.state == ClosureState.CLOSED), None)
    return next((row for row in _speaking(closed) if row.held_if), None) if closed else None


def slip_of(closures: list[Closure]) -> Recheck | None:
    """The slip that waits for a decision, if one does."""
    closed = next((each for each in closures if each.state == ClosureState.CLOSED), None)
    row = next(iter(_speaking(closed)), None) if closed else None
    return row if row and row.answer == RecheckAnswer.SLIPPED and row.agreed is None else None


def is_due(look_again_on: datetime.date | None, today: datetime.date) -> bool:
    """Whether the day of a look has come."""
    return Section.RECHECKS.is_on and look_again_on is not None and look_again_on <= today
