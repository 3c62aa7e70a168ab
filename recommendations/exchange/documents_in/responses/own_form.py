"""Read the lines that our own published form adds to the usual one (documents/responses/form_text.py prints them).

They are facts under the title, the chief officer's signature or a note that there are no comments, which comment
answers several recommendations, and the document's description of itself at the end.
"""

import re
from datetime import date

from recommendations.exchange.documents_in.comment_labels import CommentLabel
from recommendations.exchange.documents_in.items import LinePart
from recommendations.exchange.documents_in.letter_boilerplate import read_publication_day, read_response_day
from recommendations.exchange.documents_in.parts import PARAGRAPHS, DocumentParts, ParsedComment, Rec
from recommendations.exchange.documents_in.reading_state import ReadingState
from recommendations.exchange.documents_in.recommendation_starts import read_start
from recommendations.exchange.documents_in.vocabulary import plain

ABOUT = "About the response"
FACT = re.compile(
    r"^(?P<label>report published|last day for a response|this response published|first published"
    r"|this version published|forces|version)(?:\s*:\s*|\s+|$)(?P<value>.*)$",
    re.IGNORECASE,
)
OWN = ("last day for a response", "this response published")
SIGNED = re.compile(r"^(?:.{3,300}\.\s)?As submitted\.$")
NONE_SUBMITTED = re.compile(r"^None submitted\.(?:\s|$)")
A_FORCE = re.compile(r"^[A-Z].{2,70}\b(?:Police|Constabulary|Police Service|Force)$")
OPENS = re.compile(
    r"^(?:recommendations:|comments of the chief (?:constable|officer)(?: of .{2,80})?"
    r"|reply to the chief (?:constable|officer|officers' comments))$",
    re.IGNORECASE,
)
SILENT = re.compile(r"^No comment on this one\.$")
DESCRIBES_ITSELF = "about this response"
# The start of that paragraph; the second is for reports outside section 55.
BEGINS = ("Made under section 55 of the Police Act 1996.", "It holds the policing body’s comments,")
ALSO = re.compile(r"^This also answers (?P<which>[^.]+(?:\.\d[^.]*)*)\.$")
ANSWERED = re.compile(r"(?:^|(?<=[.!?)”\"] ))Answered with (?P<which>[^.]+(?:\.\d[^.]*)*)\.$")


def take(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Place the line if it is one of these."""
    return (
        _fact(reading, item)
        or _chief(reading, item)
        or _read_answered_elsewhere(reading, item)
        or _read_self_description(reading, index, item)
    )


def _fact(reading: ReadingState, item: LinePart) -> bool:
    """Read "Last day for a response: 22 July 2026, the 56th day", on one line or in two cells."""
    state = reading.state
    if state.where != "head":
        return False
    if state.expects_fact:
        label, state.expects_fact = state.expects_fact, ""
        return _say(reading, item, label, item.text)
    match = FACT.match(item.text)
    label, value = (match["label"].lower(), match["value"]) if match else ("", "")
    begins = label in OWN or (label == "report published" and not value)
    if not (begins or (label and state.is_our_form)):
        state.where = "narrative" if state.is_our_form else "head"
        return False
    state.is_our_form = state.is_our_form or label in OWN
    if not value:
        state.expects_fact = label
        return reading.place(item, ABOUT, taken=(item.text,))
    return _say(reading, item, label, value)


def _say(reading: ReadingState, item: LinePart, label: str, value: str) -> bool:
    if label == "report published":
        reading.parts.published_on = reading.parts.published_on or read_publication_day(f"Published: {value}")
    if label in ("first published", "this response published"):
        reading.parts.responded_on = reading.parts.responded_on or _first_day(value)
    return reading.place(item, ABOUT, taken=(item.text,))


def _first_day(value: str) -> date | None:
    """Return the day from "26 July 2026, the 56th day, in time"."""
    return read_response_day(f"Response published: {value.partition(',')[0]}")


def _chief(reading: ReadingState, item: LinePart) -> bool:
    """Read the signature under a chief officer's comments, that there are none, or whose they are."""
    if reading.state.where != "chief":
        return False
    whose = item.heading_level is not None and A_FORCE.match(item.text)
    if not (whose or SIGNED.match(item.text) or NONE_SUBMITTED.match(item.text)):
        return False
    return reading.place(item, "Label" if whose else ABOUT, taken=(item.text,))


def opens_a_part(item: LinePart) -> bool:
    """Whether the line is one of the form's headings, above or over the recommendations."""
    return bool(OPENS.match(plain(item.text)))


def is_no_label(reading: ReadingState, label: CommentLabel) -> bool:
    """Whether an apparent label is part of a comment: in our form, all labels are the same."""
    state = reading.state
    if state.is_our_form and state.where == "rec":
        state.own_label = state.own_label or label.words
    return state.is_our_form and state.where == "comment" and label.words != state.own_label


def _read_answered_elsewhere(reading: ReadingState, item: LinePart) -> bool:
    """Read "Answered with recommendation 1." or "No comment on this one." directly below a recommendation."""
    state = reading.state
    if state.where != "rec":
        return False
    if SILENT.match(item.text):
        return reading.place(item, ABOUT, taken=(item.text,))
    if not ANSWERED.fullmatch(item.text):
        return False
    state.comment, state.pending, state.where = ParsedComment([state.current], [item.text]), [], "comment"
    reading.parts.comments.append(state.comment)
    return reading.place(item, comment=state.comment)


def _read_self_description(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Read the document's description of itself: a heading and a paragraph."""
    following = reading.outlook.next_item(index) if item.text.lower() == DESCRIBES_ITSELF else item
    describes = following is not None and following.text.startswith(BEGINS)
    return describes and reading.place(item, ABOUT, taken=(item.text,))


def resolve(parts: DocumentParts) -> None:
    """Merge comments that refer to each other into one that answers several recommendations."""
    for comment in list(parts.comments):
        if comment.paragraphs and (match := ALSO.match(comment.paragraphs[-1])):
            _also(parts, comment, match)
    for comment in list(parts.comments):
        if comment.paragraphs and (match := ANSWERED.search(comment.paragraphs[-1])):
            _move_answers(parts, comment, match)


def _also(parts: DocumentParts, comment: ParsedComment, match: re.Match[str]) -> None:
    named = _recommendations_in_list(parts, match["which"])
    if named:
        _add_answers(parts, comment, named)
        _take_words(parts, comment, match)


def _move_answers(parts: DocumentParts, comment: ParsedComment, match: re.Match[str]) -> None:
    """Let the comment referred to answer this one's recommendations too. Any other text is kept."""
    named = _recommendations_in_list(parts, match["which"])
    hosts = [each for each in parts.comments if each is not comment and named[:1] == each.answers[:1]]
    if not hosts:
        return
    host = hosts[0]
    _add_answers(parts, host, comment.answers)
    _take_words(parts, comment, match)
    if PARAGRAPHS.join(comment.paragraphs) in ("", _opening(host)):
        for place in parts.places:
            if place.comment is comment:
                place.comment, place.taken = host, (place.line.text,)
        parts.comments.remove(comment)


def _opening(comment: ParsedComment) -> str:
    """Return the start of a comment: "Action taken."."""
    return f"{comment.paragraphs[0].partition('.')[0]}." if comment.paragraphs else ""


def _take_words(parts: DocumentParts, comment: ParsedComment, match: re.Match[str]) -> None:
    """Mark the matched words as taken, and remove them from the comment."""
    last = comment.paragraphs.pop()
    rest = last[: match.start()].strip()
    comment.paragraphs += [rest] if rest else []
    place = next(each for each in reversed(parts.places) if each.comment is comment)
    place.taken = (*place.taken, match[0])


def _add_answers(parts: DocumentParts, comment: ParsedComment, recs: list[Rec]) -> None:
    answers = {id(rec) for rec in [*comment.answers, *recs]}
    first = comment.answers[:1]
    comment.answers[:] = first + [rec for rec in parts.recs if id(rec) in answers and rec not in first]


def _recommendations_in_list(parts: DocumentParts, which: str) -> list[Rec]:
    """Return the recommendations in a list such as "recommendation 2 and AFI 3", or none if one is unknown."""
    found = [_one(parts, name) for name in re.split(r", | and ", which)]
    known = [rec for rec in found if rec is not None]
    return known if len(known) == len(found) else []


def _one(parts: DocumentParts, name: str) -> Rec | None:
    start = read_start(name)
    if start is None or start.bare or start.rest:
        return None
    if start.number:
        return parts.find(start.kind, start.number)
    unnumbered = [rec for rec in parts.recs if rec.kind == start.kind and not rec.number]
    return unnumbered[0] if len(unnumbered) == 1 else None
