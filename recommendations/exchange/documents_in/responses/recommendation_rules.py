"""Read recommendations: where each starts, with or without a number, and its parts."""

import re

from recommendations.deadlines import read_deadline
from recommendations.exchange.documents_in.addressees import find_addressees, is_an_ask, names_actors_only
from recommendations.exchange.documents_in.asking import SHOULD, finds_something, reports
from recommendations.exchange.documents_in.disambiguation import as_tuple, continues
from recommendations.exchange.documents_in.fact_names import FACT, FACT_ALONE
from recommendations.exchange.documents_in.footnotes import without_mark
from recommendations.exchange.documents_in.items import LinePart
from recommendations.exchange.documents_in.parts import SAID_AGAIN, STATEMENTS, ParsedComment, Rec
from recommendations.exchange.documents_in.reading_state import ReadingState
from recommendations.exchange.documents_in.recommendation_starts import Start
from recommendations.exchange.documents_in.responses.voices import answer, begin, chief
from recommendations.exchange.documents_in.vocabulary import IMPROVEMENT, RECOMMENDATION, plain

LONGEST_HEADING = 12
LONGEST_VALUE = 120
FEWEST_OF_AN_ANSWER = 6  # words of a bullet that is a sentence
INSPECTORS_QUESTION = re.compile(
    r"^what (?:did|do|does|has|have|was|is) (?:the )?(?:inspectors?|inspectorate|HMICFRS|HMIC|report)\b.{0,40}\?$",
    re.IGNORECASE,
)
DEADLINE_FIRST = re.compile(
    r"^[(\[]?(?P<words>(?:(?:deadline|due|to be completed|for completion):? )?"
    r"(?:by|within|immediate(?:ly)?|\d|before|end)[^()\[\]:;]{0,50}?)"
    r"(?:[)\]]\s*[:.–—-]*\s*|\s*:?$)",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"(?:it|this|these|they|such|in doing so|to do (?:so|this))\b", re.IGNORECASE)


def take(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Place the line if it starts a recommendation or returns to one."""
    start, rec = item.start, reading.state.rec
    if reading.state.where == "rec" and rec and not rec.stem and INSPECTORS_QUESTION.match(plain(item.text)):
        return reading.place(item, "Label", taken=(item.text,))
    if start is None:
        return _read_unnumbered(reading, index, item)
    if start.bare:
        if _numbers_what_was_named(reading, start):
            reading.parts.give_number(reading.state.current, start.number)
            return reading.place(item, rec=reading.state.rec, taken=(item.text,))
        if is_numbered_part(reading, item) or not reading.outlook.starts(index, reading.state):
            return False
        return _start(reading, index, item, start)
    if _says_what_follows(reading, start):
        reading.state.current.stem.append(start.rest)
        return reading.place(item, rec=reading.state.rec, taken=(start.words,))
    if _says_again(reading, start):
        return reading.place(item, "Label", taken=(item.text,))
    known = reading.parts.find(start.kind, start.number)
    if known is not None and known is reading.state.rec and not (known.stem or known.limbs):
        return _read_text_after_name(reading, index, item, start, known)
    if known is not None and (not start.rest or not item.asks or same(start.rest, known.text)):
        return _return_to(reading, item, start, known)
    return _start(reading, index, item, start)


def _numbers_what_was_named(reading: ReadingState, start: Start) -> bool:
    """Whether "Recommendation" is on one line and "1" on the next, as in a narrow column."""
    rec, last = reading.state.rec, reading.parts.places[-1] if reading.parts.places else None
    if rec is None:
        return False
    named = last is not None and last.rec is rec and last.taken == (last.line.text,) and not last.where
    fresh = reading.state.where == "rec" and named and not (rec.number or rec.stem or rec.heading)
    return fresh and not start.rest and reading.parts.find(rec.kind, start.number) is None


def _says_what_follows(reading: ReadingState, start: Start) -> bool:
    """Whether it is the text of the one above: "Recommendation: The force should ..." under "Recommendation 4"."""
    state = reading.state
    under = state.where == "rec" and state.current.kind == start.kind and not state.current.heading
    return bool(under and not start.number and start.rest and not (state.current.stem or state.current.limbs))


def _says_again(reading: ReadingState, start: Start) -> bool:
    """Whether it repeats the name: "Recommendation" alone, over the text of "Recommendation 4", as in a form."""
    rec = reading.state.rec
    fresh = reading.state.where == "rec" and rec is not None and not (rec.stem or rec.limbs)
    return bool(fresh and rec and rec.kind == start.kind and not start.number and not start.rest)


def _start(reading: ReadingState, index: int, item: LinePart, start: Start) -> bool:
    kind = start.kind or reading.state.section_kind or RECOMMENDATION
    rec = begin(reading, Rec(kind, start.number, level=item.line.level, bullet=item.is_bullet))
    return _read_text_after_name(reading, index, item, start, rec)


def _read_text_after_name(reading: ReadingState, index: int, item: LinePart, start: Start, rec: Rec) -> bool:
    """Read the text after "Recommendation 3" on the same line: a deadline, a heading, the text, or an answer."""
    kind = rec.kind
    words, rest = deadline_first(start.rest)
    if words:
        rec.deadline_words = words.strip("()[]:.–— -")
        rec.stem += [rest] if rest else []
        return reading.place(item, "" if rest else "Deadline", rec=rec, taken=(start.words, words))
    if not start.rest:
        return reading.place(item, rec=rec, taken=(start.words,))
    if item.answers and kind in (RECOMMENDATION, IMPROVEMENT) and not start.bare:
        return answer(reading, item, start.rest, (start.words,))
    if names_actors_only(start.rest):
        rec.addressees = find_addressees(f"{start.rest} should")
        return reading.place(item, "Directed to", rec=rec, taken=(start.words,))
    if _is_a_finding(reading, index, item, start, kind):
        rec.headed = True
        rec.stem.append(start.rest)
        return reading.place(item, rec=rec, taken=(start.words,))
    if _is_heading_of(reading, index, item, start):
        rec.heading = f"{rec.heading}: {start.rest}" if rec.heading else start.rest
        return reading.place(item, "Heading", rec=rec, taken=(start.words,))
    rec.stem.append(start.rest)
    return reading.place(item, rec=rec, taken=(start.words,))


def deadline_first(rest: str) -> tuple[str, str]:
    """Split "(by 31 March 2022): Forces should ..." into the deadline as printed, and the text."""
    match = DEADLINE_FIRST.match(rest)
    if match is None or SHOULD.search(match["words"]) or read_deadline(match["words"], None).kind == "none":
        return "", rest
    return rest[: match.end()].strip(), rest[match.end() :]


def asks_plainly(item: LinePart) -> bool:
    """Whether a line says what should be done, and by whom, or begins like a recommendation."""
    return item.asks and is_an_ask(item.text)


def states_what_was_named(rec: Rec, item: LinePart) -> bool:
    """Whether the line below "Cause of concern 1" says what was found, and so is no heading of what follows."""
    return rec.kind != RECOMMENDATION and not (rec.stem or rec.limbs or rec.heading) and finds_something(item.text)


def _is_a_finding(reading: ReadingState, index: int, item: LinePart, start: Start, kind: str) -> bool:
    """Whether a finding is complete: "Area for improvement 1: The force misses chances", unless a request follows."""
    following = reading.outlook.next_item(index)
    asks_below = following is not None and asks_plainly(following)
    return kind != RECOMMENDATION and finds_something(start.rest) and not asks_below and start.rest[-1] not in ".;:"


def _is_heading_of(reading: ReadingState, index: int, item: LinePart, start: Start) -> bool:
    """Whether it is a heading: "Recommendation 2 – Vetting" over the text that asks."""
    following = reading.outlook.next_item(index)
    if following is None or following.label or following.start or following.section or following.is_bullet:
        return False
    short = len(start.rest.split()) <= LONGEST_HEADING and start.rest[-1] not in ".;:"
    return (not start.bare or item.heading_level is not None) and short and not item.asks


def _return_to(reading: ReadingState, item: LinePart, start: Start, rec: Rec) -> bool:
    """Return to a recommendation named again: what follows answers or repeats it."""
    state = reading.state
    if state.where == "chief":
        return _read_under_chief(reading, item, start, rec)
    state.rec, state.pending, state.comment, state.where = rec, [rec], None, "rec"
    if not start.rest:
        return reading.place(item, "Label", taken=(item.text,))
    if same(start.rest, rec.text):
        return reading.place(item, SAID_AGAIN, rec=rec, taken=(item.text,))
    return answer(reading, item, start.rest, (start.words,))


def _read_under_chief(reading: ReadingState, item: LinePart, start: Start, rec: Rec) -> bool:
    """Among the chief officer's words, assign what follows a recommendation's name to that officer."""
    state = reading.state
    state.rec, state.pending, state.comment, state.force_of = rec, [rec], None, [rec]
    if not start.rest:
        return reading.place(item, "Label", taken=(item.text,))
    if same(start.rest, rec.text):
        return reading.place(item, SAID_AGAIN, rec=rec, taken=(item.text,))
    return chief(reading, item, start.rest, (start.words,))


def _read_unnumbered(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Read an unnumbered paragraph or bullet that asks for something, where recommendations are expected."""
    state, last = reading.state, reading.state.rec
    kind = state.section_kind or (last.kind if last else RECOMMENDATION)
    states = kind in STATEMENTS and not item.is_bullet and not item.label
    one_of_a_list = state.list_in_a_sentence and item.is_bullet
    if item.limb or not (states or one_of_a_list or (item.asks and not item.answers)):
        return False
    begins = state.where == "section"
    if state.where == "rec" and last is not None and item.is_bullet:
        begins = last.bullet and item.line.level <= last.level
    elif state.where == "rec" and last is not None:
        begins = not last.number and last.is_whole_before(item.text) and not last.limbs and not GOES_ON.match(item.text)
    if state.where == "comment" and last is not None and not last.number:
        begins = reading.outlook.label_follows(index, past_others=False) and item.is_bullet == last.bullet
        begins = begins or (last.bullet and _is_the_next_of_its_list(reading, item, last))
    if begins:
        rec = begin(reading, Rec(kind, level=item.line.level, bullet=item.is_bullet))
        rec.stem.append(item.text)
        reading.place(item, rec=rec)
    return begins


def _is_the_next_of_its_list(reading: ReadingState, item: LinePart, last: Rec) -> bool:
    """Whether a bullet that asks is at the same level as the previous one, whose answer is indented."""
    places = [place for place in reading.parts.places if place.comment is reading.state.comment]
    deeper = bool(places) and places[-1].line.level > last.level
    return deeper and item.is_bullet and item.line.level == last.level and is_an_ask(item.text)


def take_fact(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Read "Deadline: 31 March 2026", also on two lines. Other facts ("Status: open") are unplaced."""
    state = reading.state
    name, state.fact_above = state.fact_above, ""
    if state.where != "rec":
        return False
    if name and len(item.text) <= LONGEST_VALUE:
        return _take_value(reading, item, FACT_ALONE.match(name), item.text, ())
    match, following = FACT.match(plain(item.text)), reading.outlook.next_item(index)
    if match is not None:
        value = item.text[match.start("value") :]
        return _take_value(reading, item, match, value, (item.text[: match.start("value")].strip(),))
    if following is None or following.label or following.start or not FACT_ALONE.match(plain(item.text)):
        return False
    state.fact_above = plain(item.text)
    return reading.place(item, "Label", taken=(item.text,))


def _take_value(
    reading: ReadingState, item: LinePart, name: re.Match[str] | None, value: str, label_words: tuple[str, ...]
) -> bool:
    rec = reading.state.current
    if name is not None and name["deadline"] and not rec.deadline_words:
        rec.deadline_words = value
        return reading.place(item, "Deadline", rec=rec, taken=label_words)
    if name is not None and name["whom"]:
        rec.addressees += [each for each in re.split(r"\s*;\s*", value) if each]
        return reading.place(item, "Directed to", rec=rec, taken=label_words)
    return reading.unplaced(item)


def take_part(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Read a bullet, "(a)", "ii." or "7.1" under a recommendation as a part of it."""
    state = reading.state
    if is_numbered_part(reading, item) and state.where in ("comment", "chief", "rec"):
        state.where, state.comment, state.force_of = "rec", None, []
        state.pending = state.pending if state.rec in state.pending else [*state.pending, state.current]
    start = item.start if item.start and item.start.bare and item.start.rest else None
    if state.where != "rec" or not (item.is_bullet or item.limb or start):
        return False
    if _answers_unlabelled(reading, index, item):
        return answer(reading, item, item.printed) if item.is_bullet else False
    if item.is_bullet and _is_the_only_bullet(reading, index):
        state.current.stem.append(item.text)
        return reading.place(item, rec=state.rec)
    if start and not state.current.number and "." in start.number:
        reading.parts.give_number(state.current, start.number.rpartition(".")[0])
    mark, style = item.limb or (start.number if start else "", "digit" if start else "bullet")
    add_limb(reading, item, mark, style)
    return True


def _is_the_only_bullet(reading: ReadingState, index: int) -> bool:
    """Whether a bullet is the whole text of the recommendation named above it, not the first of its parts."""
    rec, following = reading.state.current, reading.outlook.next_item(index)
    alone = following is None or not (following.is_bullet or following.limb)
    return alone and not (rec.stem or rec.limbs) and reading.items[index].asks


def _answers_unlabelled(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Whether a bullet or numbered paragraph after a complete recommendation reports what was done."""
    rec = reading.state.current
    if rec.limbs or not rec.is_whole_before(item.text) or asks_plainly(item) or item.limb:
        return False
    ends = without_mark(item.text)[-1] == "."
    as_before = reading.state.answers_unlabelled and ends
    says_enough = rec.is_whole or rec.bullet or len(item.text.split()) >= FEWEST_OF_AN_ANSWER
    tells = says_enough and item.text[0].isupper() and ends
    said = item.answers or (item.is_bullet and (as_before or tells or reports(item.text)))
    return said and not reading.outlook.label_follows(index, past_others=False)


def add_limb(reading: ReadingState, item: LinePart, mark: str, style: str) -> None:
    """Add a part to the recommendation. Deeper lines continue the previous part."""
    rec = reading.state.current
    if style == "roman" and rec.limb_style == "alpha" and _next_letter(rec.last_mark) == mark:
        style = "alpha"
    if not rec.limbs:
        rec.limb_style, rec.limb_level = style, item.line.level
    nested = item.line.level > rec.limb_level or (item.line.level == rec.limb_level and style != rec.limb_style)
    if rec.limbs and nested:
        rec.limbs[-1] += f"\n{item.printed}"
    else:
        rec.limbs.append(item.text)
        rec.last_mark = mark
    reading.place(item, rec=rec, limb=len(rec.limbs) - 1)


def is_numbered_part(reading: ReadingState, item: LinePart) -> bool:
    """Whether it is 7.1 under 7, also after a comment on 7 or on the previous part."""
    rec, start = reading.state.rec, item.start
    if rec is None or start is None or not start.bare or not start.rest:
        return False
    own, number = as_tuple(rec.number), as_tuple(start.number)
    if not rec.number:
        return reading.state.where == "rec" and _numbers_parts(rec, item, number)
    under = bool(own) and len(number) == len(own) + 1 and number[: len(own)] == own
    if reading.state.where == "comment":
        last = as_tuple(rec.last_mark) if rec.limb_style == "decimal" else ()
        return under and (continues(last, number) or (not last and item.asks))
    return under and reading.state.where in ("rec", "chief")


def _numbers_parts(rec: Rec, item: LinePart, number: tuple[int, ...]) -> bool:
    """Whether it is 7.1 or 1 under "the force should:" without a number, or 7.2 or 2 after it."""
    begins = not rec.limbs and bool(rec.stem) and rec.stem[-1].endswith(":") and number[-1:] == (1,)
    goes_on = rec.limb_style in ("decimal", "digit") and continues(as_tuple(rec.last_mark), number)
    return (begins or goes_on) and not item.asks


def note_number(reading: ReadingState, item: LinePart) -> None:
    """Remember the numbers of a list inside a comment."""
    if reading.state.comment is not None and item.start is not None and item.start.bare:
        comment: ParsedComment = reading.state.comment
        comment.last_number, comment.last_place = as_tuple(item.start.number), item.place_in_lists


def same(text: str, other: str) -> bool:
    """Whether the second text starts with the words of the first, ignoring punctuation."""
    words, others = (re.findall(r"\w+", plain(each).lower()) for each in (text, other))
    return bool(words) and others[: len(words)] == words


def _next_letter(mark: str) -> str:
    return chr(ord(mark) + 1) if len(mark) == 1 else ""
