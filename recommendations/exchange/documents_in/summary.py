"""Summarise a response or report as read, in plain words for a terminal."""

from datetime import date

from recommendations.deadlines import Deadline
from recommendations.enums import DeadlineKind, RecommendationKind
from recommendations.exchange.documents_in.implausible import Doubt
from recommendations.exchange.documents_in.inspection_kinds import inspection_kind
from recommendations.exchange.documents_in.responses.reading import doubts_about
from recommendations.exchange.documents_in.results import ReadRecommendation, ReadResponse
from recommendations.models import Inspection
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say

NOUNS = {
    "recommendation": ("recommendation", "recommendations"),
    "area_for_improvement": ("area for improvement", "areas for improvement"),
    "cause_of_concern": ("cause of concern", "causes of concern"),
    "accelerated_cause_of_concern": ("accelerated cause of concern", "accelerated causes of concern"),
    "innovative_practice": ("innovative practice", "innovative practices"),
}


def summary(read: ReadResponse, published_on: date, section_55: bool | None = None) -> list[str]:
    """Describe the response, each of its recommendations, and the unplaced lines.

    `section_55` says whether section 55 applies, if the report's kind does not decide it.
    """
    from_whom = f" Response from: {read.body or 'not said'}."
    each = [line for rec in read.recommendations for line in (*_recommendation(rec), _comment(rec))]
    return _lines(read, _report(read, published_on, section_55), from_whom, counts(read), each)


def summary_of_report(
    read: ReadResponse, published_on: date, respond_by: date | None = None, section_55: bool | None = None
) -> list[str]:
    """Describe the report, each finding and recommendation, and the unplaced lines.

    `respond_by` is the last day to respond if it is stated rather than counted; `section_55` as in `summary`.
    """
    each = [line for rec in read.recommendations for line in _recommendation(rec)]
    found = counts_by_kind([rec.kind for rec in read.recommendations])
    return _lines(read, _report(read, published_on, section_55, respond_by), "", found, each)


def summary_of_source(read: ReadResponse, published_on: date) -> list[str]:
    """Describe a document of another source: its facts, and each recommendation."""
    own = read.source
    facts = {
        "Reference": own.reference,
        "Made under": own.basis,
        "Sent to": "; ".join(own.addressees),
        "Answer due, as printed": say(own.answer_by) if own.answer_by else "",
        "Response from": read.body,
    }
    return [
        read.title or "No title was found.",
        f"Day: {say(published_on)}.",
        *(f"{name}: {fact}." for name, fact in facts.items() if fact),
        ", ".join(counts_by_kind([rec.kind for rec in read.recommendations])) + ".",
        *(line for rec in read.recommendations for line in _source_recommendation(rec)),
        *doubtful(read),
        *_ends(read),
    ]


def _source_recommendation(rec: ReadRecommendation) -> list[str]:
    answer = [f"  Answer: {shorten(rec.chief_officer_comments, 120)}"] if rec.chief_officer_comments else []
    priority = [f"  Priority: {rec.priority}."] if rec.priority else []
    return [*_recommendation(rec), *priority, *answer]


def _report(
    read: ReadResponse, published_on: date, section_55: bool | None, respond_by: date | None = None
) -> Inspection:
    """Return an unsaved report, to derive its kind and last day."""
    kind = inspection_kind(read)
    said = section_55 if kind.section_55 is None else None
    return Inspection(kind=kind, published_on=published_on, respond_by=respond_by, section_55=said)


def _lines(read: ReadResponse, report: Inspection, from_whom: str, counts: list[str], each: list[str]) -> list[str]:
    return [
        read.title or "No title was found.",
        f"Kind: {report.get_kind_display()}.{from_whom}",
        f"Report published on {say(report.published_on)}. {_last_day(report)}.",
        ", ".join(counts) + ".",
        *each,
        *doubtful(read),
        *_ends(read),
    ]


def _last_day(report: Inspection) -> str:
    """Describe the last day. Outside section 55 none is counted."""
    if report.respond_by:
        return f"Stated last day to respond: {say(report.respond_by)}"
    if report.last_day is None:
        return "No last day to respond is counted: give the one that is stated, if there is one"
    condition = ", if section 55 applies" if report.is_to_say_section_55 else ""
    return f"Last lawful day to respond{condition}: {say(report.last_day)}"


def counts(read: ReadResponse) -> list[str]:
    """Return counts in words: recommendations by kind, comments, footnotes, paragraphs."""
    kinds = [rec.kind for rec in read.recommendations]
    narrative = _count(len(read.narrative), "paragraph of narrative", "paragraphs of narrative")
    return [*counts_in_words(kinds, len(read.comments), len(read.footnotes)), narrative]


def counts_in_words(kinds: list[str], comments: int, footnotes: int) -> list[str]:
    """Return counts in words: "2 recommendations", "2 comments", "1 footnote"."""
    return [
        *counts_by_kind(kinds),
        _count(comments, "comment", "comments"),
        _count(footnotes, "footnote", "footnotes"),
    ]


def counts_by_kind(kinds: list[str]) -> list[str]:
    """Return the recommendations and findings by kind: "2 recommendations", "1 cause of concern"."""
    found = [_count(kinds.count(kind), *NOUNS[kind]) for kind in RecommendationKind.values if kind in kinds]
    return found or ["No recommendations"]


def unplaced_lines(read: ReadResponse) -> list[str]:
    """Return the unplaced lines, below a heading; nothing if there are none."""
    if not read.unplaced:
        return []
    have = "line has" if len(read.unplaced) == 1 else "lines have"
    return [f"{len(read.unplaced)} {have} no place yet:", *(f"  {shorten(line, 200)}" for line in read.unplaced)]


def doubtful(read: ReadResponse) -> list[str]:
    """Return the doubtful lines and improbable results with the reasons, below a heading; nothing without any."""
    each = [f"  “{shorten(placed.line.text, 80)}”: {placed.doubt}" for placed in read.doubts]
    each += [f"  {_line_numbers(doubt)}: {doubt.why}" for doubt in doubts_about(read)]
    return ["Check these first:", *each] if each else []


def _line_numbers(doubt: Doubt) -> str:
    """Return "Line 4", "Lines 4 to 9"."""
    first, last = min(doubt.lines, default=0), max(doubt.lines, default=0)
    return f"Line {first}" if first == last else f"Lines {first} to {last}"


def _ends(read: ReadResponse) -> list[str]:
    """Return what has no place, or that each line has one, unless the result is improbable."""
    return [*read.unaccounted, *unplaced_lines(read)] or ([] if doubts_about(read) else ["Each line has its place."])


def _recommendation(rec: ReadRecommendation) -> list[str]:
    deadline = f"“{rec.deadline.words}”, read as {reading(rec.deadline)}" if rec.deadline.words else "none"
    return [
        f"{RecommendationKind(rec.kind).label} {rec.number or '(no number)'}: {shorten(rec.text, 200)}",
        *(f"  - {shorten(limb, 200)}" for limb in rec.limbs),
        f"  Directed to: {'; '.join(rec.addressees) or 'not said'}. Deadline: {deadline}.",
    ]


def _comment(rec: ReadRecommendation) -> str:
    return f"  Comment: {shorten(rec.comment, 120) or 'none'}"


def reading(deadline: Deadline) -> str:
    """Describe how a deadline was read: "the date 31 March 2026", "immediate", "no date"."""
    if deadline.kind == DeadlineKind.IMMEDIATE:
        return "immediate"
    if deadline.due_on is None:
        return "no date"
    words = {"relative": "counted from publication: ", "month": "the month’s end, "}.get(deadline.kind, "the date ")
    return f"{words}{say(deadline.due_on)}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
