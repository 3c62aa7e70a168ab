"""Panels as a list shows them: the force's attendance in the last twelve months, and any concerns."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from recommendations.domain.panels.attendance_rates import AttendanceFigure, MeetingRow, attendance_of, silent_for
from recommendations.enums import REPRESENTS, Frequency
from recommendations.models import Attendance, Meeting, Panel
from recommendations.periods import Period, say_days

MISSED, SILENT = "missed", "silent"  # filters for a list of panels
YEAR = datetime.timedelta(days=364)


@dataclass(frozen=True)
class PanelRow:
    """One panel. `figure` covers the twelve months up to the day; `silent` is its days without a meeting, or None."""

    panel: Panel
    figure: AttendanceFigure
    meetings: list[MeetingRow]
    silent: int | None
    has_ended: bool

    @property
    def is_missed(self) -> bool:
        """Whether the panel is current and its force missed the last two meetings or more."""
        return bool(self.panel.force_id) and self.figure.is_raised and not self.has_ended

    @property
    def is_silent(self) -> bool:
        """Whether the panel is current and has recorded no meeting for longer than its frequency allows."""
        return bool(self.silent) and not self.has_ended

    @property
    def concern(self) -> str:
        """The concern about the panel in words, or ""."""
        if self.is_missed:
            return f"Force not at the last {self.figure.gap} meetings"
        return f"Nothing recorded for {say_days(self.silent)}" if self.silent and self.is_silent else ""


def panel_rows(panels: list[Panel], today: datetime.date) -> list[PanelRow]:
    """Return a row for each panel, in order. One query for all."""
    return rows_over(panels, Period(today - YEAR, today))


def rows_over(panels: list[Panel], period: Period) -> list[PanelRow]:
    """Return the same for any period, as at its last day. One query for all."""
    meetings = meeting_rows(panels)
    return [_row(panel, meetings.get(panel.pk, []), period) for panel in panels]


def filter_panel_rows(rows: list[PanelRow], show: str) -> list[PanelRow]:
    """Filter rows to those the force missed, or those without recorded meetings; any other value keeps all."""
    kept = {MISSED: [row for row in rows if row.is_missed], SILENT: [row for row in rows if row.is_silent]}
    return kept.get(show, rows)


def public_rows(today: datetime.date) -> list[PanelRow]:
    """Return the rows of the panels that are public and current on this day, by name."""
    return panel_rows(list(Panel.objects.for_the_public().on(today).select_related("force").order_by("name")), today)


def _row(panel: Panel, meetings: list[MeetingRow], period: Period) -> PanelRow:
    silent = silent_for(meetings, Frequency(panel.frequency).longest_gap, panel.since, period.end)
    return PanelRow(panel, attendance_of(meetings, period), meetings, silent, panel.has_ended(period.end))


def meeting_rows(panels: Iterable[Panel], known_at: datetime.datetime | None = None) -> dict[int, list[MeetingRow]]:
    """Return each panel's meetings, oldest first, by panel id. One query. `panels` are records or a queryset.

    With `known_at` (a UTC moment), only meetings and attendance recorded by then.
    """
    there = Attendance.objects.filter(meeting=OuterRef("pk"), of_force=True, how__in=REPRESENTS)
    found = Meeting.objects.filter(panel__in=panels)
    if known_at:
        there, found = there.filter(recorded_at__lte=known_at), found.filter(recorded_at__lte=known_at)
    found = found.annotate(represented=Exists(there), decided=Exists(there.filter(decision_maker=True)))
    rows = defaultdict(list)
    for pk, panel, on, state, represented, decided in found.order_by("on", "id").values_list(
        "pk", "panel", "on", "state", "represented", "decided"
    ):
        rows[panel].append(MeetingRow(pk=pk, on=on, state=state, represented=represented, by_decision_maker=decided))
    return rows
