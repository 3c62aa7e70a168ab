"""The responses of a period: due, published or late."""

import datetime

from recommendations.domain.inspections.statutory_clock import clock
from recommendations.domain.papers.data.lines import ResponseDue
from recommendations.domain.register.as_at import on_record
from recommendations.enums import InspectionKind
from recommendations.models import Inspection, ResponseInspection, ScrutinyReport


def responses_due(paper: ScrutinyReport, known_at: datetime.datetime, *, by_kind: bool) -> tuple[ResponseDue, ...]:
    """Return the responses due, published or late in the period, under section 55 or by a stated date.

    `by_kind` is false for a paper filed before 0.3.0, which applied section 55 to all kinds of report.
    """
    start, end = paper.start, paper.end
    known = Inspection.on_file.filter(on_record(known_at), **({"source": paper.source} if paper.source else {}))
    inspections = known.filter(covers__force=paper.own_force, needs_response=True, published_on__lte=end)
    answers = ResponseInspection.objects.filter(
        inspection__in=inspections,
        response__versions__published_on__lte=end,
        response__versions__recorded_at__lte=known_at,
    ).values_list("inspection_id", "response__versions__published_on")
    first: dict[int, datetime.date] = {}
    for inspection_id, day in answers:
        first[inspection_id] = min(day, first.get(inspection_id, day))
    lines = []
    for inspection in inspections.order_by("published_on", "id"):
        if not by_kind:
            _apply_rule_before_0_3(inspection)
        answered, last = first.get(inspection.pk), inspection.last_day
        if answered is None or answered >= start:
            status = clock(inspection, answered, end)
            lines.append(
                ResponseDue(
                    inspection=inspection.title,
                    published_on=inspection.published_on,
                    due_on=last,
                    responded_on=answered,
                    state=status.short[:1].upper() + status.short[1:],
                    late=last is not None and (answered or end) > last,
                )
            )
    return tuple(lines)


def _apply_rule_before_0_3(inspection: Inspection) -> None:
    """Set an unsaved report to be measured as before 0.3.0: section 55 applied to all but super-complaints."""
    if inspection.kind != InspectionKind.SUPER_COMPLAINT:
        inspection.kind, inspection.section_55 = InspectionKind.OTHER, True
