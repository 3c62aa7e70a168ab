"""What a record's page shows of risk and delay."""

from recommendations.domain.register.risk_strip import StripCell, risk_strip
from recommendations.sections import Section
from recommendations.views.register.panels import RecordPage, Spot, record_panel


@record_panel(Spot.DATES, 10, "strip", "risk/strip.html", section=Section.RISK)
def strip(page: RecordPage) -> list[StripCell]:
    """The risk and delay cells of an open record."""
    return [] if page.record.standing.closed_on else risk_strip(page.entries, page.words)
