"""What a record's page shows of legacy reviews: what the office asks now, beside the source's own words."""

from recommendations.domain.legacy_reviews.queries import reframed
from recommendations.models import LegacyJudgement
from recommendations.permissions import May
from recommendations.views.register.panels import RecordPage, Spot, record_panel


@record_panel(Spot.DATES, 5, "reframed", "legacy_reviews/on_record.html")
def new_words(page: RecordPage) -> LegacyJudgement | None:
    """The office's new words of a finished review, for the office. One query."""
    return reframed(page.record) if page.user.has_perm(May.EDIT_TRACKED) else None
