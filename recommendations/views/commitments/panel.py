"""The tab of a record's page with the commitments that responses make on it."""

from typing import NamedTuple

from recommendations.domain.commitments.queries import CommitmentRow, commitments_on
from recommendations.sections import Section
from recommendations.views.register.panels import RecordPage, record_tab


class CommitmentsTab(NamedTuple):
    """The commitments."""

    rows: list[CommitmentRow]

    @property
    def number(self) -> int:
        return len(self.rows)


@record_tab(40, "commitments", "Commitments", "commitments/of_recommendation.html", section=Section.COMMITMENTS)
def commitments(page: RecordPage) -> CommitmentsTab | None:
    """The commitments; None if there are none."""
    rows = commitments_on(page.record.recommendation_id, page.user, page.day)
    return CommitmentsTab(rows) if rows else None
