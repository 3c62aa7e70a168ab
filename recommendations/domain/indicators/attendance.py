"""Attendance at Channel panels as an indicator: counted from meetings month by month, with no copy of it stored."""

import datetime
from collections import defaultdict
from decimal import Decimal

from recommendations.domain.indicators.facts import IndicatorFacts, points_of
from recommendations.domain.panels.attendance_rates import MeetingRow, attendance_of, sum_figures
from recommendations.domain.panels.queries import meeting_rows
from recommendations.enums.indicators import Better, IndicatorEvery, IndicatorUnit
from recommendations.models import Force, Panel, User
from recommendations.periods import Period
from recommendations.sections import Section

NAME = "Attendance at Channel panels"
DEFINITION = (
    "Of the meetings of the force’s Channel panels with a record of who came, the share at which the force was "
    "represented, in part or by a substitute too. A month without such a meeting has no value."
)
SOURCE = "Counted here from the meetings of panels"


def attendance_by_force(user: User, day: datetime.date) -> list[tuple[Force, IndicatorFacts]]:
    """Each force with Channel panels that this person sees, and its attendance by month. Two queries, or none while
    panels are off."""
    if not Section.PANELS.is_on:
        return []
    panels = list(Panel.objects.visible_to(user).channel().filter(force__isnull=False).select_related("force"))
    meetings = meeting_rows(panels) if panels else {}
    by_force: dict[Force, list[list[MeetingRow]]] = defaultdict(list)
    for panel in sorted(panels, key=lambda each: each.force.name):
        by_force[panel.force].append(meetings.get(panel.pk, []))
    return [(force, _facts(rows, day)) for force, rows in by_force.items()]


def _facts(panels: list[list[MeetingRow]], day: datetime.date) -> IndicatorFacts:
    held = [each.on for rows in panels for each in rows if each.is_held]
    values: dict[Period, Decimal] = {}
    period = IndicatorEvery.MONTH.period_of(min(held, default=day))
    while period.end < day:
        figure = sum_figures(attendance_of(rows, period) for rows in panels)
        if figure.percent is not None:
            values[period] = Decimal(figure.percent)
        period = IndicatorEvery.MONTH.next_of(period)
    return IndicatorFacts(
        name=NAME,
        day=day,
        unit=IndicatorUnit.PERCENT,
        better=Better.UP,
        every=IndicatorEvery.MONTH,
        source=SOURCE,
        definition=DEFINITION,
        points=points_of(values, IndicatorEvery.MONTH),
    )
