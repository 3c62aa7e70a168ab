"""An inspection with its recommendations as a Word document."""

import datetime
from collections import defaultdict

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from recommendations import trail
from recommendations.documents.register.word import InspectionPaper, inspection_docx
from recommendations.domain.inspections.statutory_clock import clock
from recommendations.domain.register.export.lines import RegisterLine, lines_out
from recommendations.domain.register.queries import RegisterQuery
from recommendations.domain.register.restrictions import marking_for
from recommendations.models import Inspection, Label, RagRule, TrackedRecommendation, User
from recommendations.periods import london_day, say
from recommendations.permissions import May, allow
from recommendations.views.inspections.page import with_facts
from recommendations.views.register.exports import WORD, file_answer
from recommendations.views.register.word_export import recommendation_words, record_cover
from recommendations.views.site.requests import AuthenticatedRequest


@require_safe
@allow(May.SEE_INSPECTIONS)
def inspection_word(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One inspection with its recommendations as a Word document, as of today."""
    found = get_object_or_404(with_facts(request.user), pk=pk)
    name = f"{slugify(found.short_name) or 'inspection'}.docx"
    if request.method == "HEAD":
        return file_answer(name, WORD)
    at = timezone.now()
    content = inspection_docx(inspection_paper(found, by=request.user, at=at))
    trail.record(by=request.user, at=at, verb="export_inspection", subject=found)
    return file_answer(name, WORD, content)


def inspection_paper(inspection: Inspection, *, by: User, at: datetime.datetime) -> InspectionPaper:
    """The contents of an inspection's document. `inspection` comes from with_facts."""
    today = london_day(at)
    lines = _lines_by_recommendation(inspection, by, today)
    asks = inspection.recommendations.in_order().select_related("cause").prefetch_related("parts", "addressees")
    return InspectionPaper(
        about=record_cover(
            inspection.title, marking_for(by, tracked__recommendation__inspection=inspection), by=by, at=at
        ),
        facts=_facts(inspection),
        clock=clock(inspection, inspection.answered_on, today),
        asked=[
            recommendation_words(
                each,
                tuple(f"{part.number} {part.text}".strip() for part in each.parts.all()),
                "\n".join(addressee.name for addressee in each.addressees.all()),
                lines[each.pk],
            )
            for each in asks
        ],
    )


def _lines_by_recommendation(inspection: Inspection, by: User, today: datetime.date) -> dict[int, list[RegisterLine]]:
    """Recommendation id → the export lines of the forces that this user may see, by force name."""
    tracked = TrackedRecommendation.objects.visible_to(by).filter(recommendation__inspection=inspection)
    rows = list(tracked.order_by("force__name", "pk").values_list("pk", "recommendation"))
    rule, words = RagRule.objects.on(today), Label.objects.words()
    said = lines_out(RegisterQuery(day=today), tuple(pk for pk, _ in rows), by, rule, words)
    lines = defaultdict(list)
    for (_, recommendation), line in zip(rows, said, strict=True):
        lines[recommendation].append(line)
    return lines


def _facts(inspection: Inspection) -> list[tuple[str, str]]:
    joint = f", with {inspection.joint_inspectorates}" if inspection.joint_inspectorates else ""
    return [
        ("Kind", inspection.get_kind_display()),
        ("Published", say(inspection.published_on)),
        ("Covers", ", ".join(cover.force.name for cover in inspection.visible_covers)),
        ("Inspectorate", f"{inspection.lead_inspectorate}{joint}"),
        ("Report", inspection.link),
    ]
