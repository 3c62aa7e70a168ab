"""The grammar of responses: read the lines once and place each. Nothing is dropped.

A line that identifies itself (comment_labels.py) decides where the following ones go; ambiguous lines are resolved from
their context (disambiguation.py). A line that fits nowhere stays unplaced, to be placed by hand.
"""

import re
from collections.abc import Sequence
from itertools import islice

from recommendations.exchange.documents_in import footnotes, letter_boilerplate, titles
from recommendations.exchange.documents_in.asking import reports, says_when_to_answer
from recommendations.exchange.documents_in.comment_labels import CommentLabel
from recommendations.exchange.documents_in.items import LinePart
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.parts import SIGNATURE, DocumentParts, Rec
from recommendations.exchange.documents_in.reading_state import ReadingState
from recommendations.exchange.documents_in.recommendation_starts import RecommendationsHeading
from recommendations.exchange.documents_in.responses import (
    answer_tables,
    front_matter,
    own_form,
    quotes,
    recommendation_rules,
    voices,
)
from recommendations.exchange.documents_in.vocabulary import (
    ALL,
    CHIEF,
    FORCE,
    OFFICE,
    RECOMMENDATION,
    kind_of_word,
    plain,
)

CONCLUDES = re.compile(
    r"^(?:\d+[.)]? )?(?:conclusions?|(?:closing|concluding|final|overall|general) (?:comments?|remarks|words"
    r"|views?|response)"
    r"|summary|next steps|looking ahead|closing|overall)\s*:?$",
    re.IGNORECASE,
)
ANNOUNCES = re.compile(
    r"\b(?:identified|made|set out|found|has|have|are|were|includes?|contains?|following)\b.{0,60}"
    r"\b(?P<which>recommendations|areas for improvement|AFIs|causes of concern)\b[^.]{0,80}:$",
    re.IGNORECASE,
)
WHEN_TO_ANSWER = "says by when the report must be answered, so it was not read as part of what it recommends"
INTRODUCES = "introduces words of the chief officer: check whose the next lines are"
INTRODUCED = "read as the chief officer’s words, because the sentence before them says so"
SECOND = "reads as the title of a second response: add each by itself"
COURTESY = re.compile(
    r"^(?:I (?:hope|trust|look forward)\b|I am (?:also )?(?:copying|sending a copy of) this\b|please\b|should you\b"
    r"|if you (?:have|need|require|would)\b|thank you\b)",
    re.IGNORECASE,
)
SIGNED_FOR = re.compile(r"^signed(?: for| by| on behalf of)*:? (?:the )?", re.IGNORECASE)
NARRATIVE_LABEL = re.compile(r"^(?:\d+[.)]? )?narrative\s*:?$", re.IGNORECASE)


def read_parts(lines: Sequence[DocumentLine]) -> DocumentParts:
    """Place every line."""
    reading = ReadingState(lines)
    answer_tables.walk(reading, _take)
    reading.drop_heading()
    own_form.resolve(reading.parts)
    reading.parts.name_recommendations()
    reading.parts.places.sort(key=lambda place: place.line.number)
    return reading.parts


def _take(reading: ReadingState, index: int, item: LinePart) -> None:
    """Let the first reader that recognises the line place it."""
    taken = (
        _margin(reading, item)
        or own_form.take(reading, index, item)
        or _note(reading, index, item)
        or _read_in_own_form(reading, index, item)
        or front_matter.take(reading, index, item)
        or _read_quoted_line(reading, index, item)
        or front_matter.take_field(reading, item)
        or front_matter.take_title(reading, item)
        or _signature(reading, index, item)
        or _courtesy(reading, index, item)
        or _second_response(reading, item)
        or _closing(reading, index, item)
        or _section(reading, index, item)
        or _list_in_a_sentence(reading, index, item)
        or _read_voice(reading, index, item)
        or recommendation_rules.take_fact(reading, index, item)
        or recommendation_rules.take(reading, index, item)
        or recommendation_rules.take_part(reading, index, item)
        or _stray(reading, item)
        or _heading(reading, index, item)
    )
    if not taken:
        _paragraph(reading, index, item)


def _margin(reading: ReadingState, item: LinePart) -> bool:
    where = {"margin": "Page header or footer", "rule": "Label"}.get(item.line.kind)
    return where is not None and reading.place(item, where, taken=(item.text,))


def _note(reading: ReadingState, index: int, item: LinePart) -> bool:
    state = reading.state
    if footnotes.heads_notes(item.text) and state.where != "head" and _only_notes_follow(reading, index):
        state.in_notes = True
        return reading.place(item, "Label", taken=(item.text,))
    if index > 0 and reading.items[index - 1].line.kind == "rule":
        state.in_notes = state.in_notes or _only_notes_follow(reading, index - 1)
    found = footnotes.read_note(item.line, reading.marks, in_notes=state.in_notes)
    if found is None:
        return False
    mark, text, printed = found
    reading.parts.footnotes.append((mark, text))
    return reading.place(item, f"Footnote {mark}".strip(), taken=(printed,) if printed else ())


def _read_in_own_form(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Read text above the recommendations in our form, where only the form's own headings have a meaning."""
    state = reading.state
    inside = state.is_our_form and state.where in ("narrative", "chief", "reply")
    if not inside or own_form.opens_a_part(item):
        return False
    _paragraph(reading, index, item)
    return True


def _only_notes_follow(reading: ReadingState, index: int) -> bool:
    following = [item for _, item in reading.outlook.after(index)]
    first = bool(following) and footnotes.read_note(following[0].line, reading.marks, in_notes=True) is not None
    others = any(item.names_a_recommendation or item.section or item.label or item.asks for item in following)
    return first and not others


def _read_quoted_line(reading: ReadingState, index: int, item: LinePart) -> bool:
    state = reading.state
    if index > state.quote_until:
        return False
    force_of, state.force_of = state.force_of, state.quote_of
    voices.chief(reading, item, item.printed)
    state.force_of = force_of
    reading.parts.places[-1].doubt = "" if state.quote_is_marked else INTRODUCED
    return True


def _read_voice(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Read a label and the words behind it, which may introduce the chief officer's."""
    if not voices.take(reading, index, item):
        return False
    comment = reading.parts.places[-1].comment
    if comment is not None:
        _expect_quote(reading, index, comment.answers)
    return True


def _expect_quote(reading: ReadingState, index: int, about: Sequence[Rec] = ()) -> None:
    """Read the lines after a sentence that introduces the chief officer's words as theirs, on these recommendations."""
    if not quotes.announces_quote(reading.outlook, index):
        return
    quote, state = quotes.quote_after(reading.outlook, index), reading.state
    if quote is None:
        reading.parts.places[-1].doubt = INTRODUCES
    elif quote.last > state.quote_until:
        state.quote_until, state.quote_is_marked, state.quote_of = quote.last, quote.is_marked, list(about)


def _signature(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Place a signature, a name with a role on one line or two. It is not part of the text."""
    state = reading.state
    last = reading.parts.places[-1] if reading.parts.places else None
    signs_on = last is not None and last.where == SIGNATURE and letter_boilerplate.is_role_line(item.text)
    following = reading.outlook.next_item(index)
    after = following.text if following is not None else ""
    if state.where == "head" or not (signs_on or letter_boilerplate.is_signature(item.text, after)):
        return False
    reading.parts.body = reading.parts.body or _office_in(item.text)
    return reading.around(item, SIGNATURE)


def _office_in(text: str) -> str:
    """Return the policing body, with its area, from a signature."""
    pieces = SIGNED_FOR.sub("", text).split(", ")
    for office in (", ".join(pieces[start:]) for start in range(len(pieces))):
        found = letter_boilerplate.read_body(office)
        if found and not found[0] and not letter_boilerplate.is_bare_office(office):
            return found[1]
    return ""


def _closing(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Skip everything after a sign-off or signature, until a heading or a label starts something new."""
    state = reading.state
    if item.section or item.label or item.names_a_recommendation:
        state.closing = False
    elif letter_boilerplate.is_sign_off(item.text):
        state.closing = True
    if not state.closing:
        return False
    if front_matter.take_body(reading, item):
        return True
    if letter_boilerplate.is_sign_off(item.text) or letter_boilerplate.is_stray(item.text):
        return reading.around(item)
    if letter_boilerplate.is_a_name(item.text) or letter_boilerplate.is_role_line(item.text):
        return reading.around(item, SIGNATURE)
    return reading.unplaced(item)


def _section(reading: ReadingState, index: int, item: LinePart) -> bool:
    section, state = item.section or _names_what_follows(reading, index, item), reading.state
    if section is None:
        return False
    if not section.kind and reading.parts.recs and not _holds_recommendations(reading, index):
        return voices.open_comment(reading, item, CommentLabel(OFFICE, item.text, scope=((ALL, None),)))
    under_concern = state.where == "rec" and state.current.is_concern
    state.cause = state.rec if under_concern else None
    state.pending = state.pending if under_concern else []
    state.section_kind, state.section_to = section.kind or RECOMMENDATION, section.addressees
    state.where, state.comment, state.force_of = "section", None, []
    return reading.place(item, "Label", taken=(item.text,))


def _list_in_a_sentence(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Read "The inspectors identified three areas for improvement:" over a list, as narrative and heading."""
    match = ANNOUNCES.search(plain(item.text)) if item.text.endswith(":") else None
    following = reading.outlook.next_item(index)
    lists = following is not None and bool(following.is_bullet or (following.start and following.start.rest))
    if match is None or not lists or reading.state.where == "rec":
        return False
    kind = kind_of_word(re.sub(r"s( of concern)?$", r"\1", match["which"].lower()).replace("areas", "area"))
    _narrate(reading, index, item)
    reading.state.section_kind, reading.state.section_to = kind, ""
    reading.state.where, reading.state.comment, reading.state.force_of = "section", None, []
    reading.state.list_in_a_sentence = True
    return True


def _names_what_follows(reading: ReadingState, index: int, item: LinePart) -> RecommendationsHeading | None:
    """Read "Recommendations 5 and 6" above those two; above an answer the same words would be its label."""
    label, following = item.label, reading.outlook.next_item(index)
    if label is None or not label.only_names or following is None or not (following.start or following.asks):
        return None
    known = any(reading.parts.find(kind, number or "") for kind, number in label.scope)
    return None if known or following.answers else RecommendationsHeading(label.scope[0][0], label.words)


def _holds_recommendations(reading: ReadingState, index: int) -> bool:
    following = reading.outlook.next_item(index)
    return following is not None and bool(following.start or following.label or following.section)


def _stray(reading: ReadingState, item: LinePart) -> bool:
    if letter_boilerplate.is_see_also(item.text):
        return reading.unplaced(item)
    if reading.state.where == "rec" and letter_boilerplate.DATE_LINE.match(item.text):
        return reading.unplaced(item)
    return letter_boilerplate.is_stray(item.text) and reading.around(item)


def _courtesy(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Place "I hope that this is helpful." before "Yours sincerely" with the letter, not the comment."""
    if reading.state.where != "comment" or not COURTESY.match(plain(item.text)):
        return False
    near = [each.text for _, each in islice(reading.outlook.after(index), 2)]
    if not any(letter_boilerplate.is_sign_off(text) for text in near):
        return False
    reading.state.where = "narrative"
    _narrate(reading, index, item)
    return True


def _second_response(reading: ReadingState, item: LinePart) -> bool:
    """Note the title of another response in the document. What follows is read, and the user decides about it."""
    named = bool(titles.read_title(item.text).taken and titles.CUE.search(item.text))
    titled = named and item.heading_level in (1, 2) and bool(reading.parts.title)
    is_label = item.section is not None or (item.label is not None and not item.label.rest)
    if not titled or is_label or not reading.parts.recs or reading.state.is_our_form:
        return False
    reading.drop_heading()
    reading.state.where, reading.state.pending, reading.state.comment = "nowhere", [], None
    reading.parts.numbered.clear()
    reading.unplaced(item)
    reading.parts.places[-1].doubt = SECOND
    return True


def _heading(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Read a heading, by its style or as a few words above a recommendation."""
    state = reading.state
    if item.is_bullet or not (item.heading_level is not None or item.short):
        return False
    if item.heading_level is None and (item.answers or reports(item.text)):
        return False
    if NARRATIVE_LABEL.match(item.text) and state.where == "narrative":
        return reading.place(item, "Label", taken=(item.text,))
    if state.where == "rec" and recommendation_rules.states_what_was_named(state.current, item):
        return False
    following = reading.outlook.next_item(index)
    is_beside = item.line.cell is not None and (following is None or _column(following) != _column(item))
    waits = is_beside or (state.where == "comment" and state.comment is not None and not state.comment.paragraphs)
    if not waits and not item.asks and reading.outlook.recommendation_follows(index):
        return _heads_recommendation(reading, item)
    if state.where != "head" and CONCLUDES.match(item.text) and not waits and not state.is_our_form:
        state.where = "narrative"
        return False
    if state.where == "narrative" or not item.heading_level:
        return False
    if state.where in ("rec", "section"):
        return False
    state.where = "nowhere"
    return reading.unplaced(item)


def _column(item: LinePart) -> tuple[int, int] | None:
    """Return the table and the column of a cell: what stands in another column is not below it."""
    return (item.line.cell[0], item.line.cell[2]) if item.line.cell else None


def _heads_recommendation(reading: ReadingState, item: LinePart) -> bool:
    """Keep it as the heading of the next recommendations, and end the run answered by a comment."""
    state = reading.state
    reading.drop_heading()
    state.heading, state.pending = item, []
    if state.where != "narrative":
        state.where = "section"
    return reading.place(item, "Heading")


def _paragraph(reading: ReadingState, index: int, item: LinePart) -> None:
    state = reading.state
    recommendation_rules.note_number(reading, item)
    if state.where == "comment" and state.comment is not None:
        voices.turn_to_those_named(reading, item)
        _add(state.comment.paragraphs, item)
        reading.place(item, comment=state.comment)
        _expect_quote(reading, index, state.comment.answers)
    elif state.where == "chief":
        voices.chief(reading, item, item.printed)
    elif state.where == "reply":
        _add(reading.parts.reply, item)
        reading.place(item, "Reply")
    elif state.where == "rec":
        _read_after_recommendation(reading, index, item)
    elif state.where == "nowhere":
        reading.unplaced(item)
    else:
        _narrate(reading, index, item)


def _read_after_recommendation(reading: ReadingState, index: int, item: LinePart) -> None:
    """Add more text to the recommendation, or an answer without a label."""
    rec, outlook = reading.state.current, reading.outlook
    if rec.stem and quotes.announces_quote(outlook, index):
        _read_introduction(reading, index, item)
        return
    unlabelled = not outlook.label_follows(index, past_others=not item.answers, voices=(OFFICE, FORCE))
    if rec.stem and says_when_to_answer(item.text):
        reading.parts.narrative.append(item.printed)
        reading.place(item, f"Narrative {len(reading.parts.narrative)}", doubt=WHEN_TO_ANSWER)
        return
    is_whole = rec.is_whole_before(item.text)
    states = outlook.office_answers and recommendation_rules.states_what_was_named(rec, item)
    ended = is_whole or not (rec.stem or states)
    if unlabelled and ended and (item.answers or (is_whole and not recommendation_rules.asks_plainly(item))):
        voices.answer(reading, item, item.printed)
        comment = reading.parts.places[-1].comment
        _expect_quote(reading, index, comment.answers if comment is not None else ())
    else:
        rec.add(item.text, item.line.mark)
        reading.place(item, rec=rec)


def _read_introduction(reading: ReadingState, index: int, item: LinePart) -> None:
    """Read "The Chief Constable has responded as follows:" as a label where one of the office follows, or a comment."""
    labelled = reading.outlook.label_follows(index, past_others=False, voices=(OFFICE,))
    if labelled and letter_boilerplate.NAMES_CHIEF.match(plain(item.text)):
        voices.open_chief(reading, item, CommentLabel(CHIEF, item.text))
        return
    about = list(reading.state.pending)
    voices.answer(reading, item, item.printed)
    _expect_quote(reading, index, about)


def _narrate(reading: ReadingState, index: int, item: LinePart) -> None:
    state, parts = reading.state, reading.parts
    state.where = "narrative" if state.where != "section" else "section"
    _add(parts.narrative, item)
    reading.place(item, f"Narrative {len(parts.narrative)}")
    _expect_quote(reading, index)


def _add(paragraphs: list[str], item: LinePart) -> None:
    """Add a paragraph. Bullets are added to the paragraph above them."""
    if item.is_bullet and paragraphs:
        paragraphs[-1] += f"\n{item.printed}"
    else:
        paragraphs.append(item.printed)
