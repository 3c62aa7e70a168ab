"""What search reads of the register, held against the words that it follows from: the trail does not answer for it."""

from collections.abc import Iterator

from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.domain.audit.verification import also
from recommendations.domain.register.search_text import search_text
from recommendations.models import TrackedRecommendation


@also
def wrong_search_texts() -> Iterator[str]:
    """A line for each tracked recommendation that search would not find by its own words, or by others."""
    tracked = TrackedRecommendation._base_manager.select_related("recommendation__inspection").order_by("pk")
    for row in rows_of(tracked):
        if not isinstance(row, UnreadableRow) and not _follows(row):
            yield f"The tracked recommendation {row.pk} was changed: search_text."


def _follows(row: TrackedRecommendation) -> bool:
    """Whether its search text follows from its words; none follows from a kind that there is not, or from bytes."""
    try:
        return row.search_text == search_text(row)
    except (ValueError, TypeError):
        return False
