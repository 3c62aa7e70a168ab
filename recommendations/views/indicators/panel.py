"""The tab of a record's page with its indicators."""

from typing import NamedTuple

from django.urls import reverse

from recommendations.domain.indicators.queries import of_recommendation, shown_indicators
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.indicators.list import IndicatorRow
from recommendations.views.register.panels import RecordPage, record_tab

KEY = "indicators"


class IndicatorsTab(NamedTuple):
    """The indicators of a record, with their charts while the tab is open, and where this user adds one ("" if not)."""

    number: int
    rows: list[IndicatorRow]
    add_url: str


@record_tab(45, KEY, "Indicators", "indicators/on_record.html", section=Section.INDICATORS)
def indicators(page: RecordPage) -> IndicatorsTab | None:
    """The indicators; None if there are none, and this user may not add any. One query, and five in the open tab."""
    chosen = of_recommendation(page.record, page.user)
    adds = page.user.has_perm(May.EDIT_TRACKED)
    if page.tab == KEY:
        rows = [IndicatorRow(each) for each in shown_indicators(chosen, page.user, page.day)]
        number = len(rows)
    else:
        rows, number = [], chosen.count()
    if not number and not adds:
        return None
    address = f"{reverse('add_indicator')}?recommendation={page.record.reference}" if adds else ""
    return IndicatorsTab(number, rows, address)
