"""Where a tracked recommendation stands: the latest word of each voice, derived from the dated rows.

TrackedRecommendation caches the answer for today. `latest` is the derivation, for any day and any moment of
knowledge; a property test holds the two together.
"""

import datetime

from recommendations.domain.register.sheet_columns import WHO_TEXTS
from recommendations.enums import Stage
from recommendations.models import TrackedRecommendation
from recommendations.trail import Act

VOICES = ("updates", "assurances", "statuses", "targets")


def latest(
    tracked: TrackedRecommendation, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> dict:
    """The cached fields of `tracked` as they stood on `as_at` (London; None: today), as known at `known_at` (UTC)."""
    update, assurance, status = (
        getattr(tracked, voice).standing(as_at, known_at).latest_first().first() for voice in VOICES[:3]
    )
    return {
        "position": update.position if update else "",
        "stage": update.stage if update else Stage.AWAITING_ALLOCATION,
        "last_update_on": update.effective_on if update else None,
        "forecast_on": update.forecast_on if update else None,
        "assurance": assurance.view if assurance else "",
        "assurance_on": assurance.effective_on if assurance else None,
        "inspectorate_status": status.status if status else "",
        "inspectorate_status_on": status.effective_on if status else None,
        **_target(tracked, as_at, known_at),
        **_closure(tracked, as_at, known_at),
    }


def _target(tracked: TrackedRecommendation, as_at: datetime.date | None, known_at: datetime.datetime | None) -> dict:
    days = [row.target_on for row in tracked.targets.standing(as_at, known_at).latest_first()]
    return {
        "target_on": days[0] if days else None,
        "first_target_on": days[-1] if days else None,
        "target_moves": max(len(days) - 1, 0),
    }


def _closure(tracked: TrackedRecommendation, as_at: datetime.date | None, known_at: datetime.datetime | None) -> dict:
    day = as_at or datetime.date.max
    closed = tracked.closures.in_force(day, known_at).order_by("-closed_on", "-id").first()
    pending = None if closed else tracked.closures.pending(day, known_at).order_by("-requested_at", "-id").first()
    return {
        "closed_on": closed.closed_on if closed else None,
        "outcome": closed.outcome if closed else "",
        "closure_requested_on": pending.requested_on if pending else None,
    }


def refresh_latest(act: Act, tracked: TrackedRecommendation) -> None:
    """Write the latest values and the search text to `tracked` and save it, once, at the end of a verb."""
    for name, value in latest(tracked).items():
        setattr(tracked, name, value)
    tracked.search_text = search_text(tracked)
    act.save(tracked)


def search_text(tracked: TrackedRecommendation) -> str:
    """What search reads: references, number, words, leads, the inspection. Case folded: LIKE does not fold É."""
    recommendation = tracked.recommendation
    inspection = recommendation.inspection
    parts = [
        tracked.reference,
        tracked.portal_reference,
        recommendation.short_label,
        recommendation.heading,
        recommendation.text,
        *(getattr(tracked, field.key) for field in WHO_TEXTS),
        inspection.short_name,
        inspection.title,
    ]
    return " ".join(" ".join(part.split()) for part in parts if part).casefold()
