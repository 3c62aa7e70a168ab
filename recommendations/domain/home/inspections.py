"""The first page's lines about planned inspections: those that are expected in the time ahead, in the words used."""

import datetime
from collections.abc import Iterator

from recommendations.domain.home.first_page import Desk, Viewer, line
from recommendations.domain.home.lines import AHEAD, Ahead
from recommendations.domain.inspections.plan_queries import ahead, soon
from recommendations.models import PlanAnnouncement


@line(Desk.OFFICE, "ahead", 50)
@line(Desk.FORCE, "ahead", 20)
def planned(viewer: Viewer) -> Iterator[Ahead]:
    """The inspections that the person may see and that may begin in the time ahead, or have begun by now. One query.

    Each stands under its first day, or under today where that has passed.
    """
    if viewer.mine:  # nobody's own before its report is there
        return
    day = viewer.day
    rows = ahead(PlanAnnouncement.objects.visible_to(viewer.user), day)
    for row in rows.filter(soon(day, day + datetime.timedelta(days=AHEAD))):
        words = f"Inspection expected: {row.plan.title}, {row.plan.force.short_name}"
        yield Ahead(max(row.from_on, day), words, row.plan.get_absolute_url(), end=row.expected)
