"""What a record's page shows of the action plan that answers it."""

from recommendations.domain.sources.queries import is_in_action_plan
from recommendations.permissions import May
from recommendations.views.register.panels import RecordPage, Spot, record_panel


@record_panel(Spot.DATES, 20, "in_plan", "action_plans/on_record.html")
def in_plan(page: RecordPage) -> bool:
    """Whether this user can read the action plan that answers the record."""
    return page.user.has_perm(May.DRAFT_PAPER) and is_in_action_plan(page.record.recommendation.inspection, page.day)
