"""Beginning to track a recommendation for one force, under the office's own reference."""

import datetime
from typing import Any

from django.db.models.functions import Length

from recommendations.domain.ownership.people import LEAD, link_accounts
from recommendations.domain.writing.records import lock_row
from recommendations.models import Force, Recommendation, TrackedRecommendation
from recommendations.trail import VerbContext


def track(
    act: VerbContext,
    recommendation: Recommendation,
    force: Force,
    *,
    directed_to_force: bool = True,
    tracked_on: datetime.date | None = None,
    **facts: Any,
) -> TrackedRecommendation:
    """The part of a verb that tracks a recommendation for one force (by default from the report's day)."""
    tracked = TrackedRecommendation(
        recommendation=recommendation,
        force=force,
        reference=facts.pop("reference", "") or next_reference(force),
        directed_to_force=directed_to_force,
        tracked_on=tracked_on or recommendation.inspection.published_on,
        recorded_at=act.at,
        recorded_by=act.by,
        deadline_kind=recommendation.deadline_kind,
        deadline_on=recommendation.deadline_on,
        **facts,
    )
    link_accounts([tracked], *LEAD)
    return act.save(tracked)


def next_reference(force: Force) -> str:
    """The next office reference for a force: WM-0164 after WM-0163. Locks the force."""
    lock_row(force)
    prefix = f"{force.reference_prefix}-"
    used = TrackedRecommendation.objects.filter(reference__startswith=prefix)
    for reference in used.order_by(Length("reference").desc(), "-reference").values_list("reference", flat=True)[:50]:
        if reference[len(prefix) :].isdecimal():
            return f"{prefix}{int(reference[len(prefix) :]) + 1:04d}"
    return f"{prefix}0001"
