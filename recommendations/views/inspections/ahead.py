"""The planned inspections in the list of inspections: the next ones, and how many each force has."""

import datetime
from collections import Counter

from recommendations.domain.inspections.plan_queries import ahead, plan_rows
from recommendations.models import Force, PlanAnnouncement, User

MOST = 5


def ahead_part(user: User, forces: list[Force], force: Force | None, today: datetime.date) -> dict:
    """The next planned inspections of `force`, or of all visible forces, and how many each force has. One query."""
    rows = list(ahead(PlanAnnouncement.objects.visible_to(user), today))
    numbers = Counter(row.plan.force_id for row in rows)
    shown = [row for row in rows if force is None or row.plan.force_id == force.pk]
    return {
        "ahead": plan_rows(shown[:MOST], today),
        "ahead_forces": [(each, numbers[each.pk]) for each in forces if force in (None, each)],
    }
