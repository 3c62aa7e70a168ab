"""First-page items about planned inspections expected soon."""

import datetime
from collections.abc import Iterator

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import AHEAD, HomeItem
from recommendations.domain.inspections.plan_queries import ahead, soon
from recommendations.models import PlanAnnouncement
from recommendations.periods import say


@line(Desk.OFFICE, "ahead", 50)
@line(Desk.FORCE, "ahead", 20)
def planned_inspections(context: HomeContext) -> Iterator[HomeItem]:
    """The planned inspections that may begin within AHEAD days or have begun: everyone's. One query.

    Each is listed under its first day, or under today if that has passed.
    """
    announced = ahead(PlanAnnouncement.objects.visible_to(context.user), context.day)
    for row in announced.filter(soon(context.day, context.day + datetime.timedelta(days=AHEAD))):
        words = f"Inspection expected: {row.plan.title}, {row.plan.force.short_name}"
        detail = "" if row.expected == say(row.from_on) else row.expected
        yield HomeItem(words, row.plan.get_absolute_url(), detail, max(row.from_on, context.day))
