"""Say what was read and is improbable, so that a person looks at it: the reader's own words raise no doubt about it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recommendations.exchange.documents_in.addressees import find_addressees
from recommendations.exchange.documents_in.asking import (
    SHOULD,
    finds_something,
    reads_as_answer,
    reads_as_recommendation,
    speaks_for_office,
)
from recommendations.exchange.documents_in.comment_labels import read_label
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.parts import PARAGRAPHS
from recommendations.exchange.documents_in.responses.quotes import OFFICE_SPEAKS
from recommendations.exchange.documents_in.results import ReadComment, ReadRecommendation, ReadResponse
from recommendations.exchange.documents_in.vocabulary import IMPROVEMENT, RECOMMENDATION, plain

MOST_ANSWERED, MOST_PARAGRAPHS, MOST_LINES = 3, 5, 10
FIRST_PERSON = re.compile(r"^(?:I|My)\b")
OFFICE_REPORTS = re.compile(
    r"\b(?:the (?:police and crime )?commissioner|(?:the )?(?:PF?CC|OPF?CC))"
    r" (?:has|is|will|agrees|accepts|welcomes|notes)\b",
    re.IGNORECASE,
)
OF_A_LIST = re.compile(r"^\(?\w{1,4}[.)]\s+")
RECOMMENDS = re.compile(r"\brecommends?\b|\brecommended\b", re.IGNORECASE)
NONE_FOUND = "no recommendation was found. Is that right?"
NO_TEXT = "{name} has no text"
PARTS_ALONE = "{name} has parts, and no text above them"
ASKS_NOTHING = "{name} asks for nothing"
OFFICES_WORDS = "{name} has words that read as the office’s"
MANY_PARAGRAPHS = "{name} has {count} paragraphs"
ANSWERS_MANY = "one comment answers {count} recommendations, and no label says so"
PART_IS_A_SENTENCE = "{name} has a part that reads as a sentence of its own: is it an answer?"
ASKED = "reads as something that is asked of someone: is it a recommendation?"
OFFICE_AS_CHIEF = "speaks of the office, and was read as the chief officer’s words"
CHIEF_AS_OFFICE = "speaks of the force as its own, and was read as the office’s words"
CHIEF_SPEAKS = re.compile(r"\b(?:my officers|our officers|as (?:your )?chief constable)\b", re.IGNORECASE)
UNANSWERED = "{name} has no answer, though others have one"


@dataclass(frozen=True)
class Doubt:
    """Something improbable: the numbers of its lines in the document, and why, in words."""

    lines: tuple[int, ...]
    why: str


def implausible_results(lines: Iterable[DocumentLine], read: ReadResponse) -> list[Doubt]:
    """Return what is improbable in the result of reading these lines, in their order."""
    if not read.recommendations:
        asking = [line.number for line in lines if line.kind != "margin" and SHOULD.search(plain(line.text))]
        return [Doubt(tuple(asking[:MOST_LINES]), NONE_FOUND)] if asking else []
    lines_of = _lines_by_label(read)
    of_each = [
        Doubt(lines_of[rec.label], why.format(name=rec.name, count=len(_paragraphs(rec))))
        for rec in read.recommendations
        if (why := _why(rec, read))
    ]
    others = () if read.source.source else (*_unanswered(read, lines_of), *_doubts_about_lines(read))
    return sorted([*of_each, *_comments_on_many(read), *others], key=lambda doubt: doubt.lines)


def _why(rec: ReadRecommendation, read: ReadResponse) -> str:
    """Return why a recommendation is improbable, or "". A coroner's concerns ask for nothing in so many words."""
    if read.source.source == "coroner":
        return ""
    if not rec.text:
        return PARTS_ALONE if rec.limbs else NO_TEXT
    if any(map(_has_offices_words, (*_paragraphs(rec), *rec.limbs))):
        return OFFICES_WORDS
    if len(_paragraphs(rec)) > MOST_PARAGRAPHS:
        return MANY_PARAGRAPHS
    if any(map(_is_a_sentence, rec.limbs)) and not rec.text.rstrip().endswith(":"):
        return PART_IS_A_SENTENCE
    return "" if _asks(rec) or read.source.source == "audit" else ASKS_NOTHING


def _has_offices_words(text: str) -> bool:
    first_person = FIRST_PERSON.match(text) and speaks_for_office(text)
    return bool(first_person or OFFICE_REPORTS.search(plain(text)))


def _asks(rec: ReadRecommendation) -> bool:
    """Whether it asks for something, or finds something where that is its kind. To those addressed it may say "Act"."""
    if rec.kind not in (RECOMMENDATION, IMPROVEMENT) or rec.addressees:
        return True
    texts = (rec.heading, *_paragraphs(rec), *rec.limbs)
    asks = any(reads_as_recommendation(text) or RECOMMENDS.search(text) for text in texts)
    return asks or (rec.kind == IMPROVEMENT and finds_something(rec.text) and not reads_as_answer(rec.text))


def _is_a_sentence(part: str) -> bool:
    return part[:1].isupper() and part.rstrip().endswith(".") and not reads_as_recommendation(part)


def _doubts_about_lines(read: ReadResponse) -> Iterable[Doubt]:
    """Yield lines in the office's or chief officer's words that read as another's."""
    for each in read.placed:
        text = plain(each.line.text)
        if each.doubt or each.kind not in ("comment", "narrative", "chief_officer_comments"):
            continue
        if _reads_as_asked(text):
            yield Doubt((each.line.number,), ASKED)
        elif each.kind == "chief_officer_comments" and OFFICE_SPEAKS.search(text):
            yield Doubt((each.line.number,), OFFICE_AS_CHIEF)
        elif each.kind != "chief_officer_comments" and CHIEF_SPEAKS.search(text):
            yield Doubt((each.line.number,), CHIEF_AS_OFFICE)


def _reads_as_asked(text: str) -> bool:
    """Whether a line is a sentence that asks someone named for something, and not one of a list within an answer."""
    asks = reads_as_recommendation(text) and find_addressees(text) and not reads_as_answer(text)
    return bool(asks) and OF_A_LIST.sub("", text)[:1].isupper()


def _paragraphs(rec: ReadRecommendation) -> list[str]:
    return rec.text.split(PARAGRAPHS)


def _comments_on_many(read: ReadResponse) -> Iterable[Doubt]:
    for comment in read.comments:
        if len(comment.answers) > MOST_ANSWERED and not _is_announced(read, comment):
            placed = [each.line.number for each in read.placed if each.kind == "comment" and each.of == comment.answers]
            yield Doubt(tuple(placed[:MOST_LINES]), ANSWERS_MANY.format(count=len(comment.answers)))


def _is_announced(read: ReadResponse, comment: ReadComment) -> bool:
    """Whether a label names several recommendations, in its own line or above it."""
    for each in read.placed:
        own = each.kind == "comment" and each.of == comment.answers
        label = read_label(each.line.text) if own or each.kind == "label" else None
        if label is not None and label.scope and (label.scope[0][0] == "all" or len(label.scope) > 1):
            return True
    return False


def _unanswered(read: ReadResponse, lines_of: Mapping[str, tuple[int, ...]]) -> Iterable[Doubt]:
    """Yield recommendations without an answer in a document that answers others."""
    answered = [bool(rec.comment or rec.chief_officer_comments) for rec in read.recommendations]
    if not any(answered):
        return
    for rec, is_answered in zip(read.recommendations, answered, strict=True):
        if not is_answered and rec.kind in (RECOMMENDATION, IMPROVEMENT):
            yield Doubt(lines_of[rec.label], UNANSWERED.format(name=rec.name))


def _lines_by_label(read: ReadResponse) -> dict[str, tuple[int, ...]]:
    """Return the numbers of each recommendation's own lines, by its label."""
    found: dict[str, dict[int, None]] = {rec.label: {} for rec in read.recommendations}
    for each in read.placed:
        for label in each.of if each.kind != "comment" else ():
            if label in found:
                found[label][each.line.number] = None
    return {label: tuple(numbers)[:MOST_LINES] for label, numbers in found.items()}
