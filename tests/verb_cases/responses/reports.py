"""How a report is recorded once, and a response begun by itself."""

import datetime

from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses import companions, reports, starting
from recommendations.domain.responses.reports import NewReport
from recommendations.enums import InspectionKind
from recommendations.models import Inspection, Response
from tests.conftest import AT, PUBLISHED

LATER = AT + datetime.timedelta(hours=10)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    report = NewReport(
        title="A report itself",
        short_name="Itself",
        kind=InspectionKind.PEEL,
        published_on=PUBLISHED,
        recommendations=(NewRecommendation(text="The force should write.", number="1"),),
        belongs_to=world.inspection_a,
        link="companion",
        source_text="Unseen.",
    )
    waiting = Inspection.objects.filter(needs_response=True, answered_by=None).order_by("pk")[:1]
    return {
        "responses.record_report": lambda: reports.record_report(report=report, force=world.force_a, **by),
        "responses.start_response": lambda: starting.start_response(inspections=list(waiting), body=world.body, **by),
        "responses.begin_response": lambda: companions.begin_response(inspection=waiting.get(), **by),
        "responses.join_response": lambda: companions.join_response(
            inspection=waiting.get(), response=Response.objects.filter(state="drafting", versions=None).first(), **by
        ),
    }
