"""Attendance at Channel panels in a scrutiny report's period, as recorded up to a given moment."""

import datetime
from collections.abc import Iterable

from django.db.models import Q

from recommendations.domain.commitments.paper_lines import PanelAttendance, PaperMeasure
from recommendations.domain.evidence.queries import counted_panels, series_figure
from recommendations.domain.panels.attendance_rates import attendance_of
from recommendations.domain.panels.queries import meeting_rows
from recommendations.models import Commitment, Evidence, Force, Panel
from recommendations.periods import Period


def attendance_in(force: Force, period: Period, known_at: datetime.datetime) -> tuple[PanelAttendance, ...]:
    """Return the attendance at each Channel panel that the force had on any day of the period, by name."""
    panels = list(Panel.objects.channel().within(period.start, period.end).filter(force=force).order_by("name"))
    meetings = meeting_rows(panels, known_at) if panels else {}
    figures = {panel: attendance_of(meetings.get(panel.pk, []), period) for panel in panels}
    return tuple(PanelAttendance(panel=each.name, figure=figures[each], public=each.public) for each in panels)


def measures_of(
    force: Force, commitments: Iterable[Commitment], period: Period, known_at: datetime.datetime
) -> dict[int, PaperMeasure]:
    """Return, by commitment id, the measure of each commitment that is measured by this force's attendance."""
    held = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at)
    ours = Q(channel_of=force) | Q(panel__force=force)
    found = Evidence.on_file.filter(held, ours, measure=True, recorded_at__lte=known_at, commitment__in=commitments)
    measures = list(found.select_related("panel", "channel_of"))
    if not measures:
        return {}
    panels = list(Panel.objects.channel().filter(force=force).order_by("pk"))
    meetings = meeting_rows(panels, known_at)
    return {each.commitment_id: _measure(each, panels, meetings, period) for each in measures if each.commitment_id}


def _measure(each: Evidence, panels: list[Panel], meetings: dict, period: Period) -> PaperMeasure:
    figure, public = (
        series_figure(each, panels, meetings, period),
        all(one.public for one in counted_panels(each, panels)),
    )
    return PaperMeasure(source=each.source_words, figure=figure, public=public)
