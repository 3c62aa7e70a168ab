"""Read an inspectorate's report from its lines: what it asks and finds, as the parts of a published response.

The result has the form of a response not yet written: without narrative, comments or chief officer's words. So
checking, the command line and recording are the same for both.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from recommendations.exchange.documents_in.items import items_of
from recommendations.exchange.documents_in.letter_boilerplate import read_body
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.reports.grammar import read_report_parts
from recommendations.exchange.documents_in.reports.repeats import bring_together
from recommendations.exchange.documents_in.responses.reading import response_of, with_accounting
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.titles import CUE, INSPECTORATE
from recommendations.exchange.documents_in.vocabulary import OFFICE, plain

NO_REPORT = (
    "This does not read as an inspection report: {why}. "
    "Check that it is the report itself and that all of it was saved, or add it by hand."
)
INSPECTS = re.compile(rf"\b(?:{INSPECTORATE}|inspectorates?|inspectors?|inspections?|PEEL)\b", re.IGNORECASE)
A_RESPONSE = (
    "This reads as a response to a report, not as the report itself: it has {what}. Add a published response instead."
)
RESPONDS = re.compile(r"response|comments", re.IGNORECASE)
LONGEST_FIELD = 200
OF_AN_OFFICE = re.compile(r"\b(?:OPF?CC|PF?CC|P&CC|commissioner|policing body|mayor)", re.IGNORECASE)


def read_report(lines: Sequence[DocumentLine], published_on: date | None = None) -> ReadResponse:
    """Return what this report asks and finds. Deadlines count from `published_on`, or else the day in the report."""
    parts = read_report_parts(lines)
    bring_together(parts)
    parts.name_recommendations()
    parts.body = ""
    return with_accounting(lines, replace(response_of(parts, published_on), body=""))


def not_a_report(lines: Sequence[DocumentLine], read: ReadResponse, *, can_be_marked: bool = False) -> str:
    """Return why this document is not an inspection report, or "". One that can be marked may seem to ask nothing."""
    answers = _answers_in(lines)
    if answers and 2 * len(answers) >= len(read.recommendations):
        return A_RESPONSE.format(what=f"“{answers[0]}”")
    inspected = any(INSPECTS.search(plain(line.text)) for line in lines)
    if not inspected:
        return NO_REPORT.format(why="it speaks of no inspection")
    if not read.recommendations and not can_be_marked and not CUE.search(plain(read.title)):
        return NO_REPORT.format(
            why="there is no recommendation, area for improvement, cause of concern or innovative practice in it"
        )
    return ""


def _answers_in(lines: Sequence[DocumentLine]) -> list[str]:
    """Return the words that introduce an office's own response and comments. A report can have one by chance."""
    found = []
    for item in items_of(list(lines)):
        label = item.label
        body = read_body(item.text) if len(item.text) <= LONGEST_FIELD else None
        if label and label.voice == OFFICE and not label.only_names and OF_AN_OFFICE.search(label.words):
            found.append(label.words.rstrip(":"))
        elif body and body[0].endswith(":") and RESPONDS.search(body[0]):
            found.append(item.text)
    return found
