"""First-page items about panels: those that a force missed, and silent ones."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem, count
from recommendations.domain.panels.queries import MISSED, SILENT, PanelRow, filter_panel_rows, panel_rows
from recommendations.models import Panel
from recommendations.periods import say_days
from recommendations.sections import Section

WORDS = {
    MISSED: (
        "panel the force missed twice or more running",
        "panels the force missed twice or more running",
    ),
    SILENT: (
        "panel with no meeting recorded for longer than it is expected to meet",
        "panels with no meeting recorded for longer than they are expected to meet",
    ),
}


@line(Desk.OFFICE, "do", 70, section=Section.PANELS)
def gaps(context: HomeContext) -> Iterator[HomeItem]:
    """The gaps in the panels that the user may see. Two queries, or one if there are no current panels."""
    if context.mine:  # panels have no owner
        return
    panels = Panel.objects.visible_to(context.user).on(context.day).order_by("name")
    rows = panel_rows(list(panels), context.day)
    for show, words in WORDS.items():
        if shown := filter_panel_rows(rows, show):
            number = len(shown)
            url = f"{reverse('panels')}?show={show}"
            yield HomeItem(count(number, *words), url, _longest(shown, show), number=number)


def _longest(rows: list[PanelRow], show: str) -> str:
    """The panel with the longest gap, and its length."""
    if show == MISSED:
        panel = max(rows, key=lambda row: row.figure.gap)
        gap = f"{panel.figure.gap} meetings"
    else:
        panel = max(rows, key=lambda row: row.silent or 0)
        gap = say_days(panel.silent or 0)
    named = f"{panel.panel}, {gap}"
    return named if len(rows) == 1 else f"Longest: {named}"
