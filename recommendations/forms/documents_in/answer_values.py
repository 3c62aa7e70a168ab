"""The values of a chief officer's answer to a coroner's report, as its blocks say."""

from django.db.models import QuerySet

from recommendations.enums.sources import Answerer
from recommendations.exchange.documents_in.results import ReadResponse, ReadSource
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.reading import answer_text
from recommendations.forms.documents_in.check_values import FACTS, CheckValues
from recommendations.models import Force, Inspection

CORONER = "coroner"


def answer_values(read: ReadResponse, force: Force) -> CheckValues:
    """The values of an answer; if it names a report on record, that one is proposed."""
    named = [each for each in reports_to_answer(force.pk) if _answers(read.source, each)]
    return CheckValues(
        facts=dict.fromkeys(FACTS, "")
        | {
            "source": DocumentKind.CORONER_RESPONSE.value,
            "force": str(force.pk),
            "inspection": str(named[0].pk) if len(named) == 1 else "",
            "chief_officer_comments": answer_text(read),
        }
    )


def reports_to_answer(force: int | None) -> QuerySet[Inspection]:
    """The coroners' reports about a force that its chief officer has to answer."""
    # without visible_to: only the office imports documents, and the form offers what the user may see
    return Inspection.objects.filter(source=CORONER, covers__force=force, answerer=Answerer.CHIEF_OFFICER)


def _answers(source: ReadSource, report: Inspection) -> bool:
    """Whether an answer names this report: by reference, otherwise by date."""
    if source.reference and report.source_reference:
        return source.reference == report.source_reference
    return source.responds_to is not None and source.responds_to in (report.starts_on, report.published_on)
