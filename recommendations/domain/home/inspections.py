"""First-page lines about planned inspections expected soon."""

import datetime
from collections.abc import Iterator

from django.db.models import QuerySet

from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import AHEAD, Ahead
from recommendations.domain.inspections.plan_queries import ahead, soon
from recommendations.models import PlanAnnouncement


def _announced(viewer: Viewer) -> QuerySet:
    rows = ahead(PlanAnnouncement.objects.visible_to(viewer.user), viewer.day)
    if viewer.mine:  # nobody owns an inspection before its report
        return rows.none()
    return rows.filter(soon(viewer.day, viewer.day + datetime.timedelta(days=AHEAD)))


@tally(Desk.OFFICE, Desk.FORCE)
def announced(viewer: Viewer) -> RowsToCount:
    """The planned inspections that the user may see and that may begin within AHEAD days or have begun."""
    return RowsToCount(_announced(viewer))


@line(Desk.OFFICE, "ahead", 50)
@line(Desk.FORCE, "ahead", 20)
def planned(viewer: Viewer) -> Iterator[Ahead]:
    """The planned inspections expected soon. One query if there are any.

    Each is listed under its first day, or under today if that has passed.
    """
    if not viewer.tally(announced):
        return
    for row in _announced(viewer):
        words = f"Inspection expected: {row.plan.title}, {row.plan.force.short_name}"
        yield Ahead(max(row.from_on, viewer.day), words, row.plan.get_absolute_url(), end=row.expected)
