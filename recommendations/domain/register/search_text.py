"""What follows from a tracked recommendation's own words: the text that search reads, and the account of its lead.

The parts of the text are in four tables, so it is stored with the recommendation.
"""

from recommendations.domain.ownership.people import link_accounts
from recommendations.domain.register.sheet_columns import WHO_TEXTS
from recommendations.models import TrackedRecommendation
from recommendations.trail import Act


def save_with_search_text(act: Act, tracked: TrackedRecommendation) -> TrackedRecommendation:
    """Save `tracked`, once, with its search text and its lead's account as they follow from what is set on it."""
    follow_words([tracked])
    return act.save(tracked)


def save_all_with_search_text(act: Act, rows: list[TrackedRecommendation]) -> None:
    """The same for many: what changed is saved at once. The caller holds the locks."""
    follow_words(rows)
    act.save_all(rows)


def follow_words(rows: list[TrackedRecommendation]) -> None:
    """Set what follows from the words of these, which are not saved yet. One query at most."""
    link_accounts(rows, "opcc_lead", "opcc_person")
    for tracked in rows:
        tracked.search_text = search_text(tracked)


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
