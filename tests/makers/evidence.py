"""A commitment, a Channel panel with meetings that were recorded, and what points from one to the other."""

import datetime

from recommendations.domain.evidence import evidence
from recommendations.models import Evidence, Force, Panel
from tests.conftest import AT
from tests.makers.panels import held, make_channel, make_member

# Two quarters of a Channel panel: the force was missing once, and twice with nobody who decides.
SECOND_QUARTER = tuple(datetime.date(2026, month, 14) for month in (4, 5, 6))
THIRD_QUARTER = tuple(datetime.date(2026, month, 14) for month in (7, 8, 9))


def watched_panel(force: Force, name: str = "Aldford Channel panel") -> Panel:
    """Six meetings in two quarters: present at five, a decision maker at three; absent on 14 August 2026."""
    panel = make_channel(force, name)
    make_member(panel)
    make_member(panel, "Bell", of_force=True, role="Superintendent", decision_maker=True)
    make_member(panel, "Cole", of_force=True, role="Constable")
    ways = {4: {}, 5: {"bell": "apologies"}, 6: {}, 7: {"bell": "absent"}, 8: {"bell": "absent", "cole": "absent"}}
    for day in (*SECOND_QUARTER, *THIRD_QUARTER):
        held(panel, day, **ways.get(day.month, {}))
    return panel


def point(subject, source, *, by=None, at=AT, **facts) -> Evidence:
    return evidence.point_at(subject=subject, source=source, by=by, at=at, **facts)
