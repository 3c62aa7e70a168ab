"""What the meetings of panels say of a force's attendance, as plain rows for domain/panels/attendance_rates.py."""

from collections import defaultdict

from django.db.models import Exists, OuterRef

from recommendations.domain.panels.attendance_rates import MeetingRow
from recommendations.enums import REPRESENTS
from recommendations.models import Attendance, Meeting


def meeting_rows(panels, known_at=None) -> dict[int, list[MeetingRow]]:
    """Each panel's meetings, oldest first, by the panel's id; one query. `panels` are records or a queryset.

    With `known_at` (a UTC moment) only meetings and attendance that were recorded by then.
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
