"""Reads the fictional documents as the product does, and scores what was read."""

from datetime import date

from recommendations.exchange.documents_in.lines import DocumentLine, read_lines
from recommendations.exchange.documents_in.reports.reading import read_report
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.reading import read_source
from tests.readers.facts import facts_of
from tests.readers.layouts import file_of
from tests.readers.score import Score, score
from tests.readers.source import Source


def lines_of(document: Source, layout: str) -> list[DocumentLine]:
    """The lines of the file that this layout makes of the document, or of its own file with this suffix."""
    if document.folder:
        name = f"{document.name}.{layout}"
        return read_lines((document.folder / name).read_bytes(), name)
    return read_lines(*file_of(document, layout))


def read(document: Source, lines: list[DocumentLine]) -> ReadResponse:
    """The document as the product reads it."""
    if document.form in set(DocumentKind):
        return read_source(lines, DocumentKind(document.form))
    published_on = date.fromisoformat(document.facts.get("published", "2026-01-20"))
    return (read_report if document.is_report else read_response)(lines, published_on)


def scored(document: Source, layout: str) -> Score:
    """The score of one file."""
    return score(document, facts_of(document), read(document, lines_of(document, layout)))
