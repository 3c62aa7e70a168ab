"""What a record's page shows of commitments."""

from recommendations.domain.commitments.queries import CommitmentRow, commitments_on
from recommendations.sections import Section
from recommendations.views.register.panels import RecordPage, Spot, record_panel


@record_panel(Spot.FORM, 10, "promised", "commitments/of_recommendation.html", section=Section.COMMITMENTS)
def promised(page: RecordPage) -> list[CommitmentRow]:
    """The commitments that responses make on the recommendation."""
    return commitments_on(page.record.recommendation_id, page.user, page.day)
