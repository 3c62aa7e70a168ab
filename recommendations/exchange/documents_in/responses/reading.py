"""Read a published response from its lines: the text of each part, and the place of each line.

The usual form (Police Act 1996, s.55): a title naming the inspectorate, report and kind; "Response from:" the body; a
narrative with footnotes; "Recommendations:"; each recommendation followed by the office's comment. Other forms
(letters, tables, other labels, comments that answer several) are read into the same parts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from recommendations.deadlines import Deadline, find_deadline, names_a_year, read_deadline
from recommendations.exchange.documents_in import letter_boilerplate, titles
from recommendations.exchange.documents_in.accounting import accounting_problems
from recommendations.exchange.documents_in.addressees import find_addressees
from recommendations.exchange.documents_in.asking import without_when_to_answer
from recommendations.exchange.documents_in.implausible import Doubt, implausible_results
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.parts import PARAGRAPHS, DocumentParts, LinePlace, Rec, join_with_and
from recommendations.exchange.documents_in.responses.grammar import read_parts
from recommendations.exchange.documents_in.results import (
    Placed,
    ReadComment,
    ReadFootnote,
    ReadRecommendation,
    ReadResponse,
)
from recommendations.exchange.documents_in.vocabulary import ACCELERATED, CONCERN

SHORT_BODY = re.compile(r"^(?:the )?([A-Z][\w' &-]*?) (?:OPCC|P?F?CC)$")


def read_response(lines: Sequence[DocumentLine], published_on: date | None = None) -> ReadResponse:
    """Return the response in these lines. Deadlines count from `published_on`, or else the day in the document."""
    return with_accounting(lines, response_of(read_parts(lines), published_on))


def with_accounting(lines: Sequence[DocumentLine], read: ReadResponse) -> ReadResponse:
    """Return the response with a problem for each word that is unaccounted for."""
    return replace(read, unaccounted=tuple(accounting_problems(lines, read)))


def response_of(parts: DocumentParts, published_on: date | None = None, *, has_days: bool = True) -> ReadResponse:
    """Return the parts read, in the form that checking, the command line and recording share."""
    if has_days:
        _doubt_days(parts)
    sentences = parts.narrative
    found_on = parts.published_on or _first(letter_boilerplate.publication_day_in_sentence(text) for text in sentences)
    title = " ".join(parts.title) or _first(titles.title_in_sentence(text) for text in sentences) or ""
    labels = [place.line.text for place in parts.places if place.where in ("Title", "Label")]
    said = [title, *sentences, *labels]
    inspectorate = parts.inspectorate or _first(letter_boilerplate.inspectorate_in(text) for text in said) or ""
    bodies = [*map(letter_boilerplate.body_in_sentence, sentences), *map(letter_boilerplate.body_in_title, labels)]
    return ReadResponse(
        title=title,
        inspectorate=inspectorate,
        kind=_kind(parts, title),
        body=_fuller(parts.body, bodies) or _first(bodies) or _most_named_body(parts),
        narrative=tuple(parts.narrative),
        footnotes=tuple(ReadFootnote(mark, text) for mark, text in parts.footnotes),
        recommendations=tuple(_recommendation(rec, parts, published_on or found_on) for rec in parts.recs),
        comments=tuple(
            ReadComment(tuple(rec.label for rec in comment.answers), PARAGRAPHS.join(comment.paragraphs))
            for comment in parts.comments
            if comment.paragraphs
        ),
        chief_officer_comments=PARAGRAPHS.join(parts.chief + [_chief_words_on(rec) for rec in parts.recs if rec.force]),
        reply=PARAGRAPHS.join(parts.reply),
        unplaced=tuple(parts.unplaced),
        placed=tuple(_placement(place) for place in parts.places),
        published_on=found_on,
        responded_on=parts.responded_on,
    )


def _placement(place: LinePlace) -> Placed:
    doubt = place.doubt.replace("{of}", join_with_and(list(place.of)))
    return Placed(place.line, place.label, place.taken, place.kind, place.of, doubt)


def as_json(read: ReadResponse) -> dict[str, Any]:
    """Return the response as `import_response --json` prints it."""
    return {
        "title": read.title,
        "kind": read.kind,
        "body": read.body,
        "narrative": list(read.narrative),
        "footnotes": [{"mark": note.mark, "text": note.text} for note in read.footnotes],
        "recommendations": [_recommendation_as_json(rec) for rec in read.recommendations],
        "comments": [{"answers": list(comment.answers), "text": comment.text} for comment in read.comments],
        "chief_officer_comments": read.chief_officer_comments,
        "reply": read.reply,
        "unplaced": list(read.unplaced),
        "unaccounted": list(read.unaccounted),
        "doubts": [{"lines": list(doubt.lines), "why": doubt.why} for doubt in doubts_about(read)],
        "lines": [_line_as_json(placed) for placed in read.placed],
        **_source_as_json(read),
    }


def doubts_about(read: ReadResponse) -> list[Doubt]:
    """Return what is improbable in a document as read."""
    return implausible_results([placed.line for placed in read.placed], read)


def _source_as_json(read: ReadResponse) -> dict[str, Any]:
    """Return what a document of another source says about itself, if it is one."""
    own = read.source
    if not own.source:
        return {}
    said = {
        "from": own.source,
        "basis": own.basis,
        "reference": own.reference,
        "made_on": own.made_on.isoformat() if own.made_on else None,
        "answer_by": own.answer_by.isoformat() if own.answer_by else None,
        "addressees": list(own.addressees),
        "priorities": [rec.priority for rec in read.recommendations],
    }
    return {"source": said}


def _line_as_json(placed: Placed) -> dict[str, Any]:
    """Return a line's place. "says" are the words that only identify it, "doubt" why it might belong elsewhere."""
    line: dict[str, Any] = {"line": placed.line.number, "text": placed.line.text, "place": placed.kind}
    more = {"of": list(placed.of), "says": list(placed.taken), "doubt": placed.doubt}
    return line | {name: value for name, value in more.items() if value}


def _recommendation_as_json(rec: ReadRecommendation) -> dict[str, Any]:
    due_on = rec.deadline.due_on
    return {
        "number": rec.number,
        "kind": CONCERN if rec.kind == ACCELERATED else rec.kind,
        "heading": rec.heading,
        "text": rec.text,
        "limbs": list(rec.limbs),
        "addressees": list(rec.addressees),
        "deadline": {
            "words": rec.deadline.words,
            "kind": rec.deadline.kind,
            "due_on": due_on.isoformat() if due_on else None,
        },
        "comment": rec.comment,
        "chief_officer_comments": rec.chief_officer_comments,
    }


def _recommendation(rec: Rec, parts: DocumentParts, published_on: date | None) -> ReadRecommendation:
    answers = [PARAGRAPHS.join(comment.paragraphs) for comment in parts.comments if rec in comment.answers]
    return ReadRecommendation(
        number=rec.number,
        kind=rec.kind,
        heading=rec.heading,
        text=rec.text,
        limbs=tuple(rec.limbs),
        addressees=tuple(rec.addressees or find_addressees(rec.text) or _addressees_of_section(rec)),
        deadline=_deadline(rec, published_on),
        comment=PARAGRAPHS.join(answer for answer in answers if answer),
        label=rec.label,
        chief_officer_comments=PARAGRAPHS.join(rec.force),
        cause=rec.cause.label if rec.cause else "",
    )


def _addressees_of_section(rec: Rec) -> list[str]:
    """Return the addressees in its section's heading, which apply to all recommendations in it."""
    return find_addressees(f"{rec.to_all} should") or [rec.to_all] if rec.to_all else []


def _deadline(rec: Rec, published_on: date | None) -> Deadline:
    """Return the deadline: from a table column, the text, or the heading. Words without a year give no day."""
    found = (
        read_deadline(rec.deadline_words, published_on)
        if rec.deadline_words
        else find_deadline(without_when_to_answer(rec.text), published_on)
    )
    found = found if found.words else find_deadline(rec.heading, published_on)
    return without_a_guess(found)


def without_a_guess(deadline: Deadline) -> Deadline:
    """Return the deadline, without a day if its words give no year."""
    return Deadline(deadline.words) if lacks_a_year(deadline) else deadline


def lacks_a_year(deadline: Deadline) -> bool:
    """Whether it gives no year: "By 31 March", "by the end of the financial year". Then the user gives the day."""
    return deadline.kind in ("date", "month") and not names_a_year(deadline.words)


def _doubt_days(parts: DocumentParts) -> None:
    """Flag the first line of each recommendation whose deadline gives no year."""
    for rec in parts.recs:
        read = (
            read_deadline(rec.deadline_words, None)
            if rec.deadline_words
            else find_deadline(without_when_to_answer(rec.text), None)
        )
        places = [place for place in parts.places if place.rec is rec and place.kind in ("text", "deadline")]
        if lacks_a_year(read) and places:
            places[0].doubt = places[0].doubt or f"“{read.words}” names no year: give the day"


def _chief_words_on(rec: Rec) -> str:
    """Return the chief officer's words on one recommendation, with its label."""
    return f"{rec.name}: {PARAGRAPHS.join(rec.force)}"


def _kind(parts: DocumentParts, title: str) -> str:
    """Return the kind, from the title or else from the narrative's first sentences."""
    if parts.kind and parts.kind != "other":
        return parts.kind
    return titles.kind_of(title)


def _fuller(body: str, others: list[str]) -> str:
    """Return a body's full name, if in the text: "Police and Crime Commissioner for Marches" for "Marches PCC"."""
    place = SHORT_BODY.match(body)
    return next((each for each in others if place and each.endswith(f" {place[1]}")), body)


def _most_named_body(parts: DocumentParts) -> str:
    """Return the policing body that the document names most often, ignoring page headers and footers."""
    return letter_boilerplate.body_named_most(place.line.text for place in parts.places if place.line.kind != "margin")


def _first[T](items: Iterable[T | None]) -> T | None:
    return next((each for each in items if each), None)
