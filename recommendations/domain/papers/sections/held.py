"""Rechecks of closures: those made in the period, and those due or planned after it."""

import datetime
from collections import Counter

from recommendations.domain.papers.data.held import HeldAfterClosing, LookAhead
from recommendations.domain.papers.membership import PaperScope
from recommendations.enums.register import RecheckAnswer
from recommendations.models import Recheck
from recommendations.periods import Period


def held_after_closing(scope: PaperScope, period: Period, known_at: datetime.datetime) -> HeldAfterClosing | None:
    """Return the period's recheck results, as recorded up to `known_at`, or None if there is nothing.

    A recheck counts once, on its own day; a slip on the day of its decision, and until then as "to decide".
    """
    rows = Recheck.objects.filter(scope.paper_filter("tracked__")).standing(period.end, known_at)
    found = Counter(
        kind
        for row in rows.select_related("tracked").order_by("pk")
        if (kind := _kind(row, period, known_at)) and scope.in_register(row.tracked_id, period.end)
    )
    due, ahead = _planned_rechecks(scope, period.end, known_at)
    if not found and not due and not ahead:
        return None
    return HeldAfterClosing(due=due, ahead=ahead, **found)


def _kind(row: Recheck, period: Period, known_at: datetime.datetime) -> str:
    """Return the count that a row belongs to in the period, or ""."""
    if row.answer == RecheckAnswer.SLIPPED:
        decided_on = row.decided_on if row.decided_at and row.decided_at <= known_at else None
        if decided_on is None or decided_on > period.end:
            return "to_decide" if _still_closed(row, period.end, known_at) else ""
        return "slipped" if row.agreed and decided_on >= period.start else ""
    if row.effective_on < period.start:
        return ""
    if row.answer == RecheckAnswer.HELD:
        return "held"
    return "too_early" if row.look_on and row.saw else ""


def _still_closed(row: Recheck, day: datetime.date, known_at: datetime.datetime) -> bool:
    return Recheck.objects.filter(pk=row.pk).of_closed(day, known_at).exists()


def _planned_rechecks(
    scope: PaperScope, day: datetime.date, known_at: datetime.datetime
) -> tuple[int, tuple[LookAhead, ...]]:
    """Return how many rechecks are due on a day, and those still to come, earliest first."""
    looks = Recheck.objects.filter(scope.paper_filter("tracked__")).of_closed(day, known_at)
    latest = looks.latest_of_each().values_list("tracked", "tracked__reference", "look_on")
    days = [(on, name) for pk, name, on in latest if on and scope.in_register(pk, day)]
    ahead = tuple(LookAhead(reference=name, look_on=on) for on, name in sorted(days) if on > day)
    return len(days) - len(ahead), ahead
