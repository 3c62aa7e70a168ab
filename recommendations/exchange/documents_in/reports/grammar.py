"""The grammar of the inspectorate's reports: what a report asks and finds, among everything else.

A report marks what it asks: "Recommendation 3", "Area for improvement", "Cause of concern", "Innovative practice" over
a box, or "Recommendations" over a list. The text after such words is read until it is complete; the explanation after
it, and every other line, is the report's own text. The lines are read once, and each gets a place.
"""

import datetime
import re
from collections.abc import Sequence

from recommendations.deadlines import read_deadline
from recommendations.exchange.documents_in import footnotes, letter_boilerplate
from recommendations.exchange.documents_in.addressees import find_addressees
from recommendations.exchange.documents_in.asking import SHOULD, finds_something, says_when_to_answer
from recommendations.exchange.documents_in.disambiguation import as_tuple
from recommendations.exchange.documents_in.items import LinePart
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.parts import DocumentParts, Rec
from recommendations.exchange.documents_in.recommendation_starts import RecommendationsHeading, Start
from recommendations.exchange.documents_in.reports import judging
from recommendations.exchange.documents_in.reports.report_state import DEEPEST, NOT_TAKEN, OWN, ReportReading, Style
from recommendations.exchange.documents_in.responses import answer_tables, front_matter, recommendation_rules
from recommendations.exchange.documents_in.vocabulary import IMPROVEMENT, PRACTICE, RECOMMENDATION, plain

NAMED_ON_TOP = 40
PRACTICES = re.compile(r"\bpractices\b", re.IGNORECASE)
SHOULD_ALONE = re.compile(r"^(?P<whom>[\w ,'&-]{3,100}) (?:should|must|needs? to):$", re.IGNORECASE)
TURNS_TO = re.compile(r"^(?:to|for) (?P<whom>(?:the |all |each )?[\w ,'-]{3,80}):?$", re.IGNORECASE)


def read_report_parts(lines: Sequence[DocumentLine]) -> DocumentParts:
    """Place every line. Repeated recommendations are still separate (reports/repeats.py merges them)."""
    reading = ReportReading(lines)
    answer_tables.walk(reading, _take)
    reading.parts.places.sort(key=lambda place: place.line.number)
    reading.parts.published_on = reading.parts.published_on or _day_on_top(reading.items)
    return reading.parts


def _day_on_top(items: list[LinePart]) -> datetime.date | None:
    found = (letter_boilerplate.read_publication_day(item.text) for item in items[:NAMED_ON_TOP])
    return next((day for day in found if day), None)


def _take(reading: ReportReading, index: int, item: LinePart) -> None:
    """Let the first reader that recognises the line place it."""
    _ = (
        _margin(reading, item)
        or _contents(reading, item)
        or front_matter.take(reading, index, item)
        or _section(reading, item)
        or _read_named_start(reading, index, item)
        or _says_when_to_answer(reading, item)
        or _deadline_of_those_that_follow(reading, item)
        or _turns_to(reading, index, item)
        or recommendation_rules.take_fact(reading, index, item)
        or _read_list_item(reading, item)
        or _heading(reading, index, item)
        or _goes_on(reading, index, item)
        or _read_request_after_concern(reading, item)
        or _ends(reading, item)
    )


def _margin(reading: ReportReading, item: LinePart) -> bool:
    if item.line.kind in ("margin", "rule"):
        where = {"margin": "Page header or footer", "rule": "Label"}[item.line.kind]
        return reading.place(item, where, taken=(item.text,))
    is_note = footnotes.read_note(item.line, reading.marks, in_notes=False) is not None
    return is_note and reading.place(item, OWN)


def _contents(reading: ReportReading, item: LinePart) -> bool:
    """Place lines of the table of contents: they end in a page number, or are a list of links."""
    if item.text.strip(" :").lower() in front_matter.CONTENTS:
        reading.in_contents = True
        return reading.place(item, OWN)
    reading.in_contents = reading.in_contents and (item.is_bullet or bool(front_matter.IN_CONTENTS.match(item.text)))
    return reading.in_contents and reading.place(item, OWN)


# -- starts


def _section(reading: ReportReading, item: LinePart) -> bool:
    """Start a list at "Recommendations", "Areas for improvement", "Recommendations for chief constables"."""
    section = item.section
    if section is None or not section.kind or item.is_bullet:
        return False
    if section.kind == PRACTICE and not PRACTICES.search(item.text):
        return False
    _keep_cause(reading, section.kind)
    reading.to_each, reading.headlines = False, True
    reading.section, reading.level, reading.style = section, _level(item), None
    reading.deadline = ""
    reading.state.where, reading.state.section_to = "section", section.addressees
    return reading.place(item, "Label", taken=(item.text,))


def _keep_cause(reading: ReportReading, kind: str) -> None:
    """Attach what directly follows a cause of concern to it."""
    state = reading.state
    if kind != RECOMMENDATION:
        state.cause = None
    elif reading.rec is not None and reading.rec.is_concern:
        state.cause = reading.rec
    elif state.where not in ("rec", "section"):
        state.cause = None


def _read_named_start(reading: ReportReading, index: int, item: LinePart) -> bool:
    """Start a recommendation at "Recommendation 3", "AFI 4: The force should …", "Area for improvement" over a box."""
    start = item.start
    if start is None or start.bare or (item.is_bullet and not start.number):
        return False
    if start.rest and not start.number and start.rest[0].islower() and item.heading_level is None:
        return False
    _keep_cause(reading, start.kind)
    one_of_a_list = reading.section is not None and reading.section.kind == start.kind
    if not one_of_a_list or _level(item) <= reading.level:
        reading.section = reading.section if one_of_a_list and item.heading_level is None else None
        reading.level, reading.state.section_to = _level(item), reading.state.section_to if one_of_a_list else ""
    _begin(reading, Rec(start.kind, start.number, level=item.line.level))
    return _read_text_after_name(reading, index, item, start)


def _read_text_after_name(reading: ReportReading, index: int, item: LinePart, start: Start) -> bool:
    """Read the text after "Recommendation 3" on the same line: a deadline, a heading, or the text."""
    rec = reading.state.current
    words, rest = recommendation_rules.deadline_first(start.rest)
    if words:
        rec.deadline_words = words.strip("()[]:.–— -")
    if not rest:
        return reading.place(item, rec=rec, taken=(start.words, words) if words else (start.words,))
    if judging.is_a_heading(item, rest):
        rec.heading = rest
        return reading.place(item, "Heading", rec=rec, taken=(start.words,))
    rec.stem.append(rest)
    return reading.place(item, rec=rec, taken=(start.words, words) if words else (start.words,))


def _begin(reading: ReportReading, rec: Rec) -> None:
    state = reading.state
    rec.cause = state.cause if rec.kind == RECOMMENDATION else None
    rec.to_all = state.section_to
    rec.deadline_words = rec.deadline_words or reading.deadline
    state.rec, state.where = rec, "rec"
    reading.concern = rec if rec.is_concern else reading.concern if rec.kind == RECOMMENDATION else None
    reading.parts.add(rec)


def _says_when_to_answer(reading: ReportReading, item: LinePart) -> bool:
    """Place "Please respond to this report by 12 May", below a recommendation, as the report's own text."""
    rec = reading.rec
    if rec is None or not rec.stem or item.start is not None or item.is_bullet or not says_when_to_answer(item.text):
        return False
    return reading.place(item, OWN, doubt=NOT_TAKEN)


def _deadline_of_those_that_follow(reading: ReportReading, item: LinePart) -> bool:
    """Read "Within three months:" over some of a list's recommendations."""
    waits = reading.section is not None and reading.section.kind == RECOMMENDATION and not item.is_bullet
    if not waits or not (item.short or item.text.endswith(":")) or SHOULD.search(item.text):
        return False
    words, rest = recommendation_rules.deadline_first(item.text.rstrip(":"))
    if not words or rest or read_deadline(words, None).kind == "none":
        return False
    reading.deadline, reading.state.where = words, "section"
    return reading.place(item, "Label", taken=(item.text,))


def _turns_to(reading: ReportReading, index: int, item: LinePart) -> bool:
    """Read "The Home Office should:" over numbered lines, each of which is a recommendation."""
    match = SHOULD_ALONE.match(plain(item.text)) if reading.section and not item.is_bullet else None
    following = reading.outlook.next_item(index)
    numbered = following is not None and following.start is not None and following.start.bare and not following.limb
    if match is None or not numbered or not find_addressees(item.text):
        return False
    reading.state.section_to, reading.state.where, reading.level = match["whom"], "section", DEEPEST
    reading.to_each = True
    return reading.place(item, "Label", taken=(item.text,))


# -- lists


def _read_list_item(reading: ReportReading, item: LinePart) -> bool:
    """Start the next of a list: numbered, or a paragraph or bullet that asks like the first one."""
    section, rec = reading.section, reading.rec
    if section is None:
        return False
    start = item.start
    each = reading.to_each and start is not None and start.bare
    if rec is not None and not each and not _can_end(reading, rec, item):
        return False
    if start is not None and start.bare and start.rest:
        return _read_numbered_item(reading, section, item, start)
    if item.limb or not judging.reads_as_one(section.kind, item):
        return False
    if reading.style not in (None, _style(item)) or (rec is not None and judging.GOES_ON.match(plain(item.text))):
        return False
    reading.style = _style(item)
    _begin(reading, Rec(section.kind, level=item.line.level, bullet=item.is_bullet))
    reading.state.current.stem.append(item.text)
    return reading.place(item, rec=reading.state.rec)


def _can_end(reading: ReportReading, rec: Rec, item: LinePart) -> bool:
    """Whether another one can start here: this one has its text, and its parts if it announces them."""
    return bool(rec.limbs) or (reading.is_whole(rec, item.text) and not rec.stem[-1].endswith(":"))


def _read_numbered_item(reading: ReportReading, section: RecommendationsHeading, item: LinePart, start: Start) -> bool:
    last, number = reading.state.rec, as_tuple(start.number)
    own = as_tuple(last.number) if last else ()
    if last is not None and reading.rec is last and own and number[: len(own)] == own and len(number) > len(own):
        return False
    if section.kind in judging.ASKED and not (item.asks or reading.to_each) and not start.rest.endswith(":"):
        return False
    _begin(reading, Rec(section.kind, start.number, level=item.line.level, bullet=item.is_bullet))
    reading.state.current.stem.append(start.rest)
    return reading.place(item, rec=reading.state.rec, taken=(start.words,))


def _style(item: LinePart) -> Style:
    """Return a line's formatting, which the items of one list share."""
    return (item.line.kind, item.line.level, item.line.mark if item.is_bullet else "")


# -- continuations


def _heading(reading: ReportReading, index: int, item: LinePart) -> bool:
    """Read a heading: it is a recommendation's text or heading, or ends the section above."""
    if item.heading_level is None:
        return False
    rec = reading.rec
    reading.to_each = False
    if rec is not None and not rec.stem and not rec.limbs:
        return _first_words(reading, index, item, rec)
    if _is_a_headline(reading, item):
        return _begin_with_headline(reading, item)
    deeper = reading.section is not None and _level(item) > reading.level
    if deeper and (turns := TURNS_TO.match(plain(item.text))):
        reading.state.section_to, reading.to_each, reading.state.where = turns["whom"], True, "section"
        return reading.place(item, "Label", taken=(item.text,))
    if rec is not None and rec.is_concern and _level(item) > reading.level and judging.recommends_below(reading, index):
        return _add(reading, item, rec)
    reading.headlines = False
    if not deeper:
        if _heads_more_of_the_list(reading, index, item):
            reading.state.where = "section"
            return reading.place(item, OWN)
        reading.section, reading.state.cause, reading.state.section_to = None, None, ""
        reading.deadline, reading.concern = "", None
    reading.state.where = "section" if deeper else "own"
    return reading.place(item, OWN)


def _is_a_headline(reading: ReportReading, item: LinePart) -> bool:
    """Whether it is one of several findings under "Areas for improvement": a bold sentence above its explanation."""
    section, rec = reading.section, reading.rec
    if section is None or section.kind not in (IMPROVEMENT, PRACTICE) or not reading.headlines:
        return False
    return (rec is None or _can_end(reading, rec, item)) and finds_something(item.text)


def _begin_with_headline(reading: ReportReading, item: LinePart) -> bool:
    section = reading.section
    rec = Rec(section.kind if section else IMPROVEMENT, level=item.line.level, stem=[item.text])
    _begin(reading, rec)
    reading.said_in_bold = rec
    return reading.place(item, rec=rec)


def _heads_more_of_the_list(reading: ReportReading, index: int, item: LinePart) -> bool:
    """Whether a bold line starts a group in the list above: the next line asks the force itself."""
    following = reading.outlook.next_item(index)
    bold_alone = reading.section is not None and reading.level == DEEPEST and item.heading_level == 0
    return (
        bold_alone and following is not None and following.heading_level is None and judging.asks_the_force(following)
    )


def _first_words(reading: ReportReading, index: int, item: LinePart, rec: Rec) -> bool:
    """Read the bold line of a box: the sentence that asks or finds, or a short heading above it."""
    following = reading.outlook.next_item(index)
    finds = rec.kind in (IMPROVEMENT, PRACTICE) and not (following is not None and judging.asks_one(following))
    if rec.heading or item.asks or item.text[-1] == "." or finds:
        rec.stem.append(item.text)
        reading.said_in_bold = None if item.text.endswith(":") else rec
        return reading.place(item, rec=rec)
    rec.heading = item.text
    return reading.place(item, "Heading", rec=rec)


def _goes_on(reading: ReportReading, index: int, item: LinePart) -> bool:
    """Add more text to a recommendation, or one of its parts."""
    rec = reading.rec
    if rec is None:
        return False
    if not rec.stem and not rec.limbs:
        if (turns := TURNS_TO.match(plain(item.text))) and not item.asks:
            rec.to_all = turns["whom"]
            return reading.place(item, "Label", rec=rec, taken=(item.text,))
        rec.stem.append(item.text)
        return reading.place(item, rec=rec)
    if rec.is_concern and judging.recommends(item):
        return _start_under_concern(reading, item, rec)
    if _is_part(reading, item, rec) or _is_unmarked_part(item, rec):
        return _add_part(reading, item, rec)
    if rec.is_concern and judging.recommends_below(reading, index):
        return _add(reading, item, rec)
    if not rec.limbs and not reading.is_whole(rec, item.text) and not item.is_bullet:
        return _add(reading, item, rec)
    return judging.goes_on(rec, item) and _add(reading, item, rec)


def _read_request_after_concern(reading: ReportReading, item: LinePart) -> bool:
    """Read a request after a cause of concern and its explanation, without a heading."""
    if reading.concern is None or reading.section is not None or item.heading_level is not None:
        return False
    return judging.recommends(item) and _start_under_concern(reading, item, reading.concern)


def _start_under_concern(reading: ReportReading, item: LinePart, concern: Rec) -> bool:
    reading.state.cause = concern
    _begin(reading, Rec(RECOMMENDATION, level=item.line.level))
    reading.state.current.stem.append(item.text)
    return reading.place(item, rec=reading.state.rec)


def _is_part(reading: ReportReading, item: LinePart, rec: Rec) -> bool:
    """Whether it is a part: a bullet, (a) or 7.1 after words that announce it, or after another part."""
    start = item.start
    numbered = start is not None and start.bare and bool(start.rest)
    if not (item.is_bullet or item.limb or numbered):
        return False
    if numbered and not item.limb and rec.limbs and rec.limb_style not in ("digit", "decimal"):
        return False
    return bool(rec.limbs) or not reading.is_whole(rec, item.text) or rec.last_character in ":;"


def _is_unmarked_part(item: LinePart, rec: Rec) -> bool:
    """Whether it is a list item that lost its bullet: after a colon, or after a part that announces another."""
    before = rec.limbs[-1] if rec.limbs else rec.stem[-1]
    goes_on = re.search(r"(?:[;,]|;? and)$", before) if rec.limbs else before.endswith(":")
    return bool(goes_on) and item.text[0].islower() and item.heading_level is None


def _add_part(reading: ReportReading, item: LinePart, rec: Rec) -> bool:
    start = item.start
    if start is not None and not (start.bare and start.rest):
        start = None
    if start and not rec.number and "." in start.number:
        reading.parts.give_number(rec, start.number.rpartition(".")[0])
    mark, style = item.limb or (start.number if start else "", "digit" if start else "bullet")
    recommendation_rules.add_limb(reading, item, mark, style)
    return True


def _add(reading: ReportReading, item: LinePart, rec: Rec) -> bool:
    rec.add(item.text, item.line.mark)
    return reading.place(item, rec=rec)


def _ends(reading: ReportReading, item: LinePart) -> bool:
    """Place the report's own text. An open list can continue after it."""
    if reading.state.where == "rec":
        reading.state.where = "section" if reading.section is not None else "own"
    asks = item.heading_level is None and judging.asks_one(item)
    return reading.place(item, OWN, doubt=NOT_TAKEN if asks else "")


def _level(item: LinePart) -> int:
    """Return a heading's level; other lines are deepest."""
    return item.heading_level or DEEPEST
