"""What a record's page shows of risk and delay."""

from recommendations.domain.register.rag import is_overdue
from recommendations.domain.register.risk_strip import StripCell, risk_strip
from recommendations.sections import Section
from recommendations.views.register.panels import RecordPage, Spot, record_panel


@record_panel(Spot.DATES, 10, "strip", "risk/strip.html", section=Section.RISK)
def strip(page: RecordPage) -> list[StripCell]:
    """The risk and delay cells of an open record."""
    standing = page.record.standing
    if standing.closed_on:
        return []
    return risk_strip(page.entries, page.words, is_overdue=is_overdue(standing.rag))
