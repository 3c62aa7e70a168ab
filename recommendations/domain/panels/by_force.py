"""All Channel panels of a force over a period: the force's attendance, current gaps, last and next meeting.

An office's published response promised to monitor this attendance, and whether decision makers come.
"""

import datetime
from dataclasses import dataclass

from recommendations.domain.panels.attendance_rates import AttendanceFigure, sum_figures
from recommendations.domain.panels.queries import PanelRow, rows_over
from recommendations.models import Force, Panel, User
from recommendations.periods import Period, recent_quarters

QUARTERS = 4


@dataclass(frozen=True)
class ForcePanels:
    """A force's panels, by name, with their total."""

    period: Period
    rows: list[PanelRow]

    @property
    def total(self) -> AttendanceFigure:
        return sum_figures(row.figure for row in self.rows)

    @property
    def gaps(self) -> int:
        """How many current panels the force missed at their last two meetings or more."""
        return sum(row.figure.is_raised and not row.has_ended for row in self.rows)


def last_quarters(today: datetime.date) -> Period:
    """Return the period of the current quarter, up to today, and the three quarters before it."""
    return Period(recent_quarters(today, QUARTERS)[-1].start, today)


def force_panels(force: Force, user: User, period: Period) -> ForcePanels:
    """Return the force's Channel panels that `user` can see and that existed in a period, as at its last day.

    Two queries, however many panels there are.
    """
    found = Panel.objects.visible_to(user).channel().within(period.start, period.end).filter(force=force)
    return ForcePanels(period, rows_over(list(found.order_by("name")), period))
