"""Assign text after a label: the office's comment, the chief officer's comments, or the office's reply to them.

Police Act 1996, s.55(5): the body publishes its own comments, the chief officer's as submitted, and any reply. The
three never share a field. "Force response" is the chief officer's voice, flagged as doubtful if the document has no
label of the office; "Update" and "Action taken" belong to whoever is speaking.
"""

from collections.abc import Sequence

from recommendations.exchange.documents_in.asking import speaks_for_office
from recommendations.exchange.documents_in.comment_labels import CommentLabel, voice_without_comments
from recommendations.exchange.documents_in.items import LinePart
from recommendations.exchange.documents_in.parts import ParsedComment, Rec
from recommendations.exchange.documents_in.reading_state import ReadingState
from recommendations.exchange.documents_in.references import those_named_first
from recommendations.exchange.documents_in.responses import own_form
from recommendations.exchange.documents_in.vocabulary import ALL, CHIEF, FORCE, OFFICE, REPLY, UNSAID

MOST_NAMED = 100
NOTHING_BETWEEN = "read as the comment on {of}, because nothing stands between them"
ON_THE_LAST_ALONE = "read as the chief officer’s words on the recommendation above it alone"
TAKEN_FOR_THE_FORCES = "read as the chief officer’s words: the document does not say whose they are"
TAKEN_FOR_THE_OFFICES = "read as the office’s comment: the document does not say whose words they are"


def take(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Place the line if it is a label, begins with one, or says that somebody has no comment."""
    if (whose := voice_without_comments(item.text)) and item.heading_level is None:
        return _has_none(reading, item, whose)
    label = item.label
    if label is None or own_form.is_no_label(reading, label):
        return False
    if label.voice == REPLY:
        return _open_reply(reading, item, label)
    if label.voice == UNSAID:
        return _open_unsaid(reading, index, item, label)
    if label.voice == OFFICE and reading.outlook.is_from_a_force:
        return open_chief(reading, item, label, TAKEN_FOR_THE_FORCES)
    if label.voice == OFFICE:
        return open_comment(reading, item, label)
    doubt = "" if reading.outlook.office_answers or label.voice == CHIEF else TAKEN_FOR_THE_FORCES
    return open_chief(reading, item, label, doubt)


def _open_unsaid(reading: ReadingState, index: int, item: LinePart, label: CommentLabel) -> bool:
    """Read "Update:" or "Action taken:", where only the words that follow show whose they are."""
    if reading.state.where not in ("rec", "comment", "chief"):
        return False
    following = reading.outlook.next_item(index)
    said = label.rest or (following.text if following is not None else "")
    if speaks_for_office(said):
        open_comment(reading, item, label)
        reading.parts.places[-1].doubt = TAKEN_FOR_THE_OFFICES
        return True
    return open_chief(reading, item, label, TAKEN_FOR_THE_FORCES)


def _has_none(reading: ReadingState, item: LinePart, whose: str) -> bool:
    """Record "The Chief Constable has made no comments." for the text above. It starts no comment."""
    state = reading.state
    about = state.pending or (state.comment.answers if state.comment else []) or ([state.rec] if state.rec else [])
    if whose == OFFICE and about:
        return answer(reading, item, item.text, about=about)
    if whose == OFFICE:
        reading.parts.narrative.append(item.text)
        return reading.place(item, f"Narrative {len(reading.parts.narrative)}")
    force_of, state.force_of = state.force_of, list(about)
    chief(reading, item, item.text)
    state.force_of = force_of
    return True


def open_comment(reading: ReadingState, item: LinePart, label: CommentLabel) -> bool:
    """Start the office's comment on the recommendations in the label, or else those not answered yet."""
    state, parts = reading.state, reading.parts
    answers = _recommendations_in_label(reading, label) or state.pending or state.force_of
    if not answers and state.where == "chief" and (parts.narrative or parts.recs):
        return _open_reply(reading, item, label)
    if not answers and state.comment is not None:
        answers = state.comment.answers
    if not answers or label.general:
        return _narrate(reading, item, label)
    state.comment = ParsedComment(list(answers))
    state.pending, state.where, state.force_of = [], "comment", []
    parts.comments.append(state.comment)
    if not label.rest:
        return reading.place(item, "Label", taken=(item.text,))
    state.comment.paragraphs.append(label.rest)
    return reading.place(item, comment=state.comment, taken=(label.words,))


def turn_to_those_named(reading: ReadingState, item: LinePart) -> None:
    """Where a comment answers several together, let a paragraph that names some of them answer those alone, and so
    what follows it: "On area for improvement 1, I ...".
    """
    comment = reading.state.comment
    several = (comment.within or comment.answers) if comment is not None else []
    if len(several) < 2 or item.is_bullet:
        return
    by_name = {(rec.kind, rec.number.removeprefix("AFI ")): rec for rec in several}
    if found := [by_name[each] for each in those_named_first(item.text, by_name)]:
        reading.state.comment = ParsedComment(found, within=several)
        reading.parts.comments.append(reading.state.comment)


def answer(
    reading: ReadingState, item: LinePart, text: str, consumed: tuple[str, ...] = (), about: Sequence[Rec] = ()
) -> bool:
    """Start a comment without a label, on these recommendations, or else those not answered yet.

    Where the force itself writes, it is the force's answer.
    """
    state = reading.state
    silent = [rec for rec in state.pending if not rec.force]  # if some have the force's words, on the others
    if reading.outlook.is_from_a_force:
        state.force_of, state.where = list(about or silent or state.pending), "chief"
        chief(reading, item, text, consumed)
        reading.parts.places[-1].doubt = TAKEN_FOR_THE_FORCES
        return True
    state.comment, state.answers_unlabelled = ParsedComment(list(about or silent or state.pending), [text]), True
    reading.parts.comments.append(state.comment)
    state.pending, state.where = [], "comment"
    doubt = NOTHING_BETWEEN if len(state.comment.answers) > 1 and not about else ""
    return reading.place(item, comment=state.comment, taken=consumed, doubt=doubt)


def chief(reading: ReadingState, item: LinePart, text: str, consumed: tuple[str, ...] = ()) -> bool:
    """Add the chief officer's words: to the recommendations that they are under, or else to the report."""
    if not reading.state.force_of:
        reading.parts.chief.append(text)
        return reading.place(item, "Chief officer", taken=consumed)
    for rec in reading.state.force_of:
        rec.force.append(text)
    about = tuple(reading.state.force_of)
    return reading.place(item, "Chief officer", rec=about[-1], shared=about, taken=consumed)


def _narrate(reading: ReadingState, item: LinePart, label: CommentLabel) -> bool:
    reading.state.where = "narrative"
    if not label.rest:
        return reading.place(item, "Label", taken=(item.text,))
    reading.parts.narrative.append(label.rest)
    return reading.place(item, f"Narrative {len(reading.parts.narrative)}", taken=(label.words,))


def _open_reply(reading: ReadingState, item: LinePart, label: CommentLabel) -> bool:
    reading.state.where, reading.state.force_of, reading.state.pending = "reply", [], []
    reading.parts.reply += [label.rest] if label.rest else []
    return reading.place(item, "Reply" if label.rest else "Label", taken=(label.words,))


def open_chief(reading: ReadingState, item: LinePart, label: CommentLabel, doubt: str = "") -> bool:
    """Start the chief officer's words, on one recommendation if each has its own, or else on the whole report."""
    state = reading.state
    asked = [rec for rec in state.pending if not rec.is_concern]
    under_one = state.where == "rec" and len(asked) == 1
    each = label.voice == FORCE or reading.outlook.chief_labels > 1 or bool(label.scope) or under_one
    waiting = [rec for rec in state.pending if not rec.force]
    under = (
        _recommendations_in_label(reading, label)
        or waiting
        or state.pending
        or (state.comment.answers if state.comment else [])
    )
    state.force_of = list(under) if each else []
    state.where = "chief"
    if label.rest:
        chief(reading, item, label.rest, (label.words,))
    else:
        reading.place(item, "Label", taken=(item.text,))
    alone = under_one and label.voice == CHIEF and reading.outlook.chief_labels == 1 and len(reading.parts.recs) > 1
    reading.parts.places[-1].doubt = doubt or (ON_THE_LAST_ALONE if alone else "")
    return True


def _recommendations_in_label(reading: ReadingState, label: CommentLabel) -> list[Rec]:
    """Return the recommendations in a label. If none has been read, they start here."""
    if not label.scope:
        return []
    if label.scope[0][0] == ALL:
        return list(reading.parts.recs)
    found = [reading.parts.find(kind, number or "") for kind, number in label.scope]
    known = [rec for rec in found if rec is not None]
    return known or [begin(reading, Rec(kind, number or "")) for kind, number in label.scope[:MOST_NAMED]]


def begin(reading: ReadingState, rec: Rec) -> Rec:
    """Start a recommendation: the following lines belong to it until something else starts."""
    state = reading.state
    if (heading := reading.take_heading()) is not None:
        rec.heading, heading.rec = heading.line.text, rec
    rec.to_all = state.section_to
    rec.cause = state.cause if not rec.is_concern else None
    broken = bool(state.pending) and state.pending[-1].kind != rec.kind and not state.pending[-1].is_concern
    state.pending = [rec] if broken else [*state.pending, rec]
    state.rec, state.comment, state.where, state.force_of = rec, None, "rec", []
    reading.parts.add(rec)
    return rec
