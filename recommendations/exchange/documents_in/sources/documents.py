"""An imported document: its kind, which lines are kept, how it is read, and why it may be refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from recommendations.exchange.documents_in.letter_boilerplate import is_salutation
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.reports.reading import not_a_report, read_report
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.sources.coroner import without_persons
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.reading import (
    ANSWERED,
    CALLED,
    FROM_DEATHS,
    answer_text,
    read_source,
)
from recommendations.exchange.documents_in.sources.withheld import name_without, without_lines

K = DocumentKind
NOUNS = {
    K.HMICFRS: "an inspection report",
    K.IOPC: "IOPC learning recommendations",
    K.CORONER: "a coroner’s report to prevent future deaths",
    K.CORONER_RESPONSE: "a response to a coroner’s report",
    K.AUDIT: "an internal audit report",
}
NOTHING_ASKED = "Nothing that can be followed was found in it. Check that all of it was saved, or add it by hand."
NOTHING_ANSWERED = "No answer was found in it. Check that all of it was saved, or record by hand that it was sent."
SALUTATION = "Dear Coroner"


def read_document(kind: DocumentKind, lines: Sequence[DocumentLine], published_on: date | None = None) -> ReadResponse:
    """Return what the document asks, using the grammar for its kind."""
    if kind == K.HMICFRS:
        return read_report(lines, published_on=published_on)
    return read_source(lines, kind, published_on)


def without_names(
    kind: DocumentKind, lines: Sequence[DocumentLine], filename: str
) -> tuple[tuple[DocumentLine, ...], str]:
    """Return the lines and file name to keep.

    If the document is about a death, lines that name people are removed, except in its recommendations.
    """
    if kind not in FROM_DEATHS:
        return tuple(lines), filename
    lines = [replace(line, text=SALUTATION) if is_salutation(line.text) else line for line in lines]
    placed = read_source(lines, kind).placed
    kept = without_lines(
        lines, [each.line.number for each in placed if each.kind == "withheld" and not _opens(each.line)]
    )
    to = {each.line.number for each in placed if each.kind == "addressees"}
    kept = [replace(line, text=without_persons(line.text)) if line.number in to else line for line in kept]
    return tuple(kept), name_without(filename, ANSWERED if kind == K.CORONER_RESPONSE else CALLED["coroner"])


def _opens(line: DocumentLine) -> bool:
    """Whether a line is the salutation, needed to find a letter's text when it is read again."""
    return line.text == SALUTATION


def why_not(
    kind: DocumentKind, lines: Sequence[DocumentLine], read: ReadResponse, *, can_be_marked: bool = False
) -> str:
    """Return why this document cannot be imported as this kind, or "".

    `can_be_marked`: a person will check it, and can mark the recommendations in which none was found.
    """
    if kind == K.HMICFRS:
        return not_a_report(lines, read, can_be_marked=can_be_marked)
    if kind == K.CORONER_RESPONSE:
        return "" if answer_text(read) else NOTHING_ANSWERED
    return "" if read.recommendations or (can_be_marked and kind != K.CORONER) else NOTHING_ASKED
