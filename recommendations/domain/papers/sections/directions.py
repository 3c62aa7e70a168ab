"""Directions in a scrutiny report: what they enforce on its last day."""

import datetime
from collections.abc import Sequence

from recommendations.domain.papers.data.directions import PaperDirection
from recommendations.models import Enforcement


def directions_of(rows: Sequence[dict], day: datetime.date, known_at: datetime.datetime) -> tuple[PaperDirection, ...]:
    """Return what directions enforce among a paper's rows that are open, the soonest first. No query if nothing is."""
    enforced = [row for row in rows if row["direction_due_on"] and row["closed_on"] is None]
    if not enforced:
        return ()
    latest = Enforcement.objects.filter(tracked__in=[row["pk"] for row in enforced]).standing(day, known_at)
    titles = dict(latest.latest_of_each().values_list("tracked", "direction__title"))
    found = [
        PaperDirection(reference=row["reference"], direction=titles[row["pk"]], due_on=row["direction_due_on"])
        for row in enforced
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.reference)))
