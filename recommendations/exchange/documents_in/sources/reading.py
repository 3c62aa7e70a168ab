"""Read documents of sources other than HMICFRS, with the same result as for a report."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from recommendations.deadlines import Deadline
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.parts import PARAGRAPHS
from recommendations.exchange.documents_in.responses.reading import response_of, with_accounting
from recommendations.exchange.documents_in.results import ReadRecommendation, ReadResponse
from recommendations.exchange.documents_in.sources.audit import read_audit
from recommendations.exchange.documents_in.sources.coroner import read_coroner
from recommendations.exchange.documents_in.sources.coroner_response import read_coroner_response
from recommendations.exchange.documents_in.sources.iopc import read_iopc
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.state import SourceReading
from recommendations.periods import say

READERS = {
    DocumentKind.IOPC: read_iopc,
    DocumentKind.CORONER: read_coroner,
    DocumentKind.CORONER_RESPONSE: read_coroner_response,
    DocumentKind.AUDIT: read_audit,
}
CALLED = {
    "iopc": "IOPC learning recommendation",
    "coroner": "Report to prevent future deaths",
    "audit": "Internal audit report",
}
ANSWERED = "Response to a report to prevent future deaths"
FROM_DEATHS = (DocumentKind.CORONER, DocumentKind.CORONER_RESPONSE)


def read_source(lines: Sequence[DocumentLine], kind: DocumentKind, published_on: date | None = None) -> ReadResponse:
    """Return what this document asks and says about itself. Days count from `published_on`, or else its own day."""
    reading = READERS[kind](lines)
    reading.parts.name_recommendations()
    read = response_of(reading.parts, published_on or reading.facts.made_on, has_days=kind not in FROM_DEATHS)
    recs = zip(read.recommendations, reading.parts.recs, strict=True)
    read = replace(
        read,
        kind="other",
        body=reading.parts.body,
        inspectorate="",
        published_on=reading.facts.made_on,
        source=reading.facts,
        title=read.title if reading.parts.title and kind not in FROM_DEATHS else _title(reading, kind),
        recommendations=tuple(_with_its_own(rec, kind, reading, parsed.priority) for rec, parsed in recs),
    )
    return with_accounting(lines, read)


def answer_text(read: ReadResponse) -> str:
    """Return a response's text: the general answer, then the answer to each concern that it repeats."""
    answered = [rec for rec in read.recommendations if rec.chief_officer_comments]
    of_each = PARAGRAPHS.join(f"{rec.name}: {rec.chief_officer_comments}" for rec in answered)
    to_all = read.chief_officer_comments.removesuffix(of_each).strip()
    return PARAGRAPHS.join(filter(None, (to_all, *map(_concern_with_answer, answered))))


def _concern_with_answer(rec: ReadRecommendation) -> str:
    """Return a concern and the answer to it."""
    concern = f"Concern {rec.number}: {rec.text}" if rec.text else f"Concern {rec.number}"
    return PARAGRAPHS.join((concern, rec.chief_officer_comments))


def _with_its_own(
    rec: ReadRecommendation, kind: DocumentKind, reading: SourceReading, priority: str
) -> ReadRecommendation:
    """Return a recommendation with its priority and, if it names nobody, the document's addressees."""
    if kind in FROM_DEATHS:
        return replace(rec, addressees=reading.facts.addressees, deadline=Deadline())
    return replace(rec, priority=priority, addressees=rec.addressees or reading.facts.addressees)


def _title(reading: SourceReading, kind: DocumentKind) -> str:
    """Return a neutral title: coroners' reports are published under the name of the person who died."""
    facts = reading.facts
    called = ANSWERED if kind == DocumentKind.CORONER_RESPONSE else CALLED[facts.source]
    day = facts.responds_to if kind == DocumentKind.CORONER_RESPONSE else facts.made_on
    which = facts.reference or (say(day) if day else "")
    return f"{called} {which}".strip() if facts.reference else f"{called}, {which}" if which else called
