"""First-page lines about panels: those that a force missed, and silent ones."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeLine, HomeLinePart, number_line
from recommendations.domain.panels.queries import MISSED, SILENT, PanelRow, filter_panel_rows, panel_rows
from recommendations.models import Panel
from recommendations.periods import say_days
from recommendations.sections import Section

WORDS = {
    MISSED: (
        "panel without the force at its last two meetings or more",
        "panels without the force at their last two meetings or more",
    ),
    SILENT: (
        "panel with no meeting recorded for longer than it is expected to meet",
        "panels with no meeting recorded for longer than they are expected to meet",
    ),
}


@line(Desk.OFFICE, "late", 70, section=Section.PANELS)
def gaps(context: HomeContext) -> Iterator[HomeLine]:
    """The gaps in the panels that the user may see. Two queries, or one if there are no current panels."""
    if context.mine:  # panels have no owner
        return
    panels = Panel.objects.visible_to(context.user).on(context.day).order_by("name")
    rows = panel_rows(list(panels), context.day)
    for show, words in WORDS.items():
        if found := filter_panel_rows(rows, show):
            yield number_line(len(found), *words, f"{reverse('panels')}?show={show}", more=_worst(found, show))


def _worst(rows: list[PanelRow], show: str) -> tuple[HomeLinePart]:
    """The panel with the longest gap, and its length."""
    if show == MISSED:
        worst = max(rows, key=lambda row: row.figure.gap)
        said = f"{worst.figure.gap} meetings"
    else:
        worst = max(rows, key=lambda row: row.silent or 0)
        said = say_days(worst.silent or 0)
    named = f"{worst.panel}, {said}"
    return (HomeLinePart(named if len(rows) == 1 else f"longest: {named}", reverse("panel", args=[worst.panel.pk])),)
