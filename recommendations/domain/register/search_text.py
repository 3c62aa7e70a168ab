"""The text that search reads of a tracked recommendation. Its parts are in four tables, so it is stored with it."""

from recommendations.domain.register.sheet_columns import WHO_TEXTS
from recommendations.models import TrackedRecommendation
from recommendations.trail import Act


def save_with_search_text(act: Act, tracked: TrackedRecommendation) -> TrackedRecommendation:
    """Save `tracked`, once, with its search text as it follows from what is set on it."""
    tracked.search_text = search_text(tracked)
    return act.save(tracked)


def save_all_with_search_text(act: Act, rows: list[TrackedRecommendation]) -> None:
    """The same for many: what changed is saved at once. The caller holds the locks."""
    for tracked in rows:
        tracked.search_text = search_text(tracked)
    act.save_all(rows)


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
