"""Turn a document of another source, as read, into a report to record."""

import re
from dataclasses import replace
from datetime import date

from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses.reports import NewReport
from recommendations.enums import InspectionKind, ResponseAnswer
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.proposal import is_directed_to, new_recommendation, source_text
from recommendations.exchange.documents_in.results import ReadRecommendation, ReadResponse
from recommendations.models import BasisFacts, Force
from recommendations.models.inspections.inspections import shorten

BASES = {"28A": "iopc-28a", "section 10": "iopc-section-10", "regulation 28": "coroner"}
SHORT = {"iopc": "IOPC", "coroner": "PFD", "audit": "Audit"}
OF_THE_OFFICE = re.compile(r"\b(?:OPF?CC|PF?CC|commissioner|policing body|mayor|monitoring officer)\b", re.IGNORECASE)
LONGEST_HEADING = LONGEST_MADE_TO = 200


def propose_source(
    read: ReadResponse,
    *,
    force: Force,
    published_on: date,
    source_name: str = "",
    lines: tuple[DocumentLine, ...] = (),
    left_out: tuple[str, ...] = (),
) -> NewReport:
    """Return the report as it would be recorded for this force without changes. Its rule says who answers."""
    own = read.source
    return NewReport(
        title=read.title,
        short_name=f"{SHORT[own.source]} {published_on.year % 100:02}",
        kind=InspectionKind.OTHER,
        published_on=published_on,
        recommendations=tuple(_recommendation(rec, own.source, force) for rec in read.recommendations),
        inspection_facts={
            "source": own.source,
            "basis": BASES.get(own.basis, ""),
            "source_reference": own.reference,
            "made_to": shorten("; ".join(own.addressees), LONGEST_MADE_TO - 2),
        },
        answer=ResponseAnswer.OWN,
        left_out=left_out,
        source_name=source_name,
        source_text=source_text(lines),
    )


def clock_facts(basis: BasisFacts, published_on: date, respond_by: date | None) -> dict[str, date | None]:
    """Return the day that the clock starts, if the rule counts from one, or else the stated last day."""
    return {"starts_on": published_on, "respond_by": None} if basis.counts else {"respond_by": respond_by}


def _recommendation(rec: ReadRecommendation, source: str, force: Force) -> NewRecommendation:
    new = new_recommendation(rec, force)
    heading = new.heading or priority_words(rec.priority)
    return replace(new, heading=heading[:LONGEST_HEADING], directed_to_force=_is_for_the_force(rec, source, force))


def _is_for_the_force(rec: ReadRecommendation, source: str, force: Force) -> bool:
    """Whether it is for the force. An audit names the officer, who is the force's unless they are in the office."""
    if source == "audit":
        return not any(OF_THE_OFFICE.search(name) for name in rec.addressees)
    return is_directed_to(force, rec.addressees)


def priority_words(printed: str) -> str:
    """Return an audit's priority for use in a heading: "Priority 2", "High priority"."""
    if not printed or re.search(r"priority", printed, re.IGNORECASE):
        return printed
    return f"Priority {printed}" if printed[:1].isdigit() else f"{printed} priority"
