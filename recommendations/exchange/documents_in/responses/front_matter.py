"""Read the lines before the narrative: title, inspectorate, the responding body, the report's publication day."""

import re

from recommendations.exchange.documents_in import letter_boilerplate, titles
from recommendations.exchange.documents_in.items import LinePart
from recommendations.exchange.documents_in.parts import UNPLACED
from recommendations.exchange.documents_in.reading_state import ReadingState
from recommendations.exchange.documents_in.vocabulary import OFFICE

NARRATES = re.compile(
    r"^(?:\d+[.)]? )?(?:introduction|background|overview|context|summary|foreword|executive summary|narrative"
    r"|about)\b",
    re.IGNORECASE,
)
CONTENTS = ("contents", "table of contents")
IN_CONTENTS = re.compile(r"^[A-Z1-9].{2,80}?[\s.…]+\d{1,3}$")
FACT_CELL = re.compile(
    r"^(?:date(?: of)? (?:published|publication|inspection|report)|publication date|published(?: on)?"
    r"|type of inspection|inspection type|forces?(?: inspected)?|date|author|version|status)\s*:?$",
    re.IGNORECASE,
)
LONGEST_FIRST_LINE = 200


def take(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Place the line if it belongs to the head. The first line that does not ends the head."""
    state = reading.state
    if state.where != "head":
        return False
    if state.expects_body:
        state.expects_body = False
        return _body(reading, item, "", item.text)
    if state.expects_value:
        state.expects_value = False
        return reading.around(item)
    if item.line.cell is not None and FACT_CELL.match(item.text):
        state.expects_value = True
        return reading.place(item, "Label", taken=(item.text,))
    if _is_in_contents(reading, item):
        return reading.around(item)
    if _field(reading, item) or _title(reading, index, item) or _letterhead(reading, item):
        return True
    if letter_boilerplate.is_see_also(item.text):
        return reading.unplaced(item)
    if index <= reading.outlook.salutation or letter_boilerplate.is_stray(item.text):
        return reading.around(item)
    if _belongs_below(item) or not _is_separate_line(reading, index, item):
        state.where = "narrative"
        return False
    return reading.unplaced(item)


def take_field(reading: ReadingState, item: LinePart) -> bool:
    """Place a field below the start of the narrative, or a line that says whose response it is."""
    if reading.parts.recs or reading.parts.body or item.label is not None:
        return False
    return (":" in item.text[:40] and _field(reading, item)) or take_body(reading, item)


def take_title(reading: ReadingState, item: LinePart) -> bool:
    """Place a line below the start of the narrative that gives the title more clearly than the head does."""
    if reading.parts.recs or item.section or not titles.says_what_was_inspected(item.text):
        return False
    return _replace_title(reading, item) if reading.parts.title else _add_title(reading, item)


def take_body(reading: ReadingState, item: LinePart) -> bool:
    """Place a later line that says whose response this is, such as under a letter's signature."""
    found = letter_boilerplate.read_body(item.text)
    if reading.parts.body or found is None or item.label is not None:
        return False
    return _body(reading, item, *found)


def _is_in_contents(reading: ReadingState, item: LinePart) -> bool:
    """Whether it is a line of the table of contents: words and a page number."""
    last = reading.parts.places[-1].line.text if reading.parts.places else ""
    return bool(IN_CONTENTS.match(item.text) and (last.lower() in CONTENTS or IN_CONTENTS.match(last)))


def _belongs_below(item: LinePart) -> bool:
    return bool(item.section or item.label or item.start or item.is_bullet or NARRATES.match(item.text))


def _is_separate_line(reading: ReadingState, index: int, item: LinePart) -> bool:
    """Whether a short line is separate: it is a heading of the narrative only if text directly follows."""
    if not item.short or item.heading_level is not None:
        return False
    following = reading.outlook.next_item(index)
    return (
        following is None
        or following.short
        or bool(letter_boilerplate.read_body(following.text))
        or not reading.parts.title
    )


def _field(reading: ReadingState, item: LinePart) -> bool:
    """Read "Inspectorate: X", "Published: 9 September 2025", "Date of response: 2 March 2026", "Response from: X"."""
    if found := letter_boilerplate.read_inspectorate(item.text):
        if reading.parts.inspectorate not in ("", found[1]):
            return reading.unplaced(item)
        reading.parts.inspectorate = found[1]
        return reading.place(item, "Inspectorate", taken=(found[0],))
    if published_on := letter_boilerplate.read_publication_day(item.text):
        if reading.parts.published_on not in (None, published_on):
            return reading.unplaced(item)
        reading.parts.published_on = published_on
        return reading.place(item, "Published", taken=(item.text,))
    if responded_on := letter_boilerplate.read_response_day(item.text):
        if reading.parts.responded_on not in (None, responded_on):
            return reading.unplaced(item)
        reading.parts.responded_on = responded_on
        return reading.place(item, "Published", taken=(item.text,))
    found = letter_boilerplate.read_body(item.text)
    if found is None or not found[0]:
        return False
    if not found[1]:
        reading.state.expects_body = True
        return reading.place(item, "Label", taken=(item.text,))
    return _body(reading, item, *found)


def _letterhead(reading: ReadingState, item: LinePart) -> bool:
    """Read a line with only an office's name as the responding body."""
    found = letter_boilerplate.read_body(item.text)
    if found is None or found[0] or item.label or reading.parts.body:
        return False
    if letter_boilerplate.is_bare_office(found[1]):
        return reading.around(item)
    return _body(reading, item, "", found[1])


def _body(reading: ReadingState, item: LinePart, words: str, body: str) -> bool:
    if reading.parts.body:
        return reading.unplaced(item)
    reading.parts.body = body
    return reading.place(item, "Response from", taken=(words,) if words else ())


def _title(reading: ReadingState, index: int, item: LinePart) -> bool:
    if reading.parts.title and titles.heads_a_title(item.text) and not titles.looks_like_a_title(_title_line(reading)):
        _drop_title(reading)
    if reading.parts.title:
        return _second_line(reading, item) or _replace_title(reading, item)
    if titles.heads_a_title(item.text):
        reading.state.expects_title = True
        return reading.place(item, "Label", taken=(item.text,))
    first = all(place.kind in ("furniture", "label", "body") for place in reading.parts.places)
    says_what_it_is = titles.CUE.search(item.text) or (first and item.label is not None and item.label.voice == OFFICE)
    if titles.is_generic(item.text) and says_what_it_is and not item.section:
        reading.state.expects_title = True
        return reading.place(item, "Label", taken=(item.text,))
    if letter_boilerplate.is_salutation(item.text):
        return False
    above = index < reading.outlook.salutation  # where a letter's recipient is
    if above and not titles.read_title(item.text).taken:
        return False
    if titles.looks_like_a_title(item.text) or _could_be_one(reading, item) or _announces_one(reading, item):
        return _add_title(reading, item)
    return False


def _announces_one(reading: ReadingState, item: LinePart) -> bool:
    """Whether "PCC response: The police response to stalking" is the title here, not a comment's label."""
    above = [place for place in reading.parts.places if place.kind not in ("furniture", "label", "body")]
    label = item.label if item.heading_level is not None and not above else None
    return label is not None and label.voice == OFFICE and bool(label.rest) and item.text[-1] not in ".;,"


def _second_line(reading: ReadingState, item: LinePart) -> bool:
    places = reading.parts.places
    if not places or places[-1].where != "Title" or item.label or item.section:
        return False
    both_headings = item.heading_level is not None and places[-1].line.kind == "heading"
    alike = both_headings and item.line.level == places[-1].line.level
    if titles.goes_on(item.text) or (titles.is_unfinished(places[-1].line.text) and (alike or item.short)):
        return _add_title(reading, item)
    return False


def _replace_title(reading: ReadingState, item: LinePart) -> bool:
    """Replace the title by a line that gives it more clearly: "Name of report: X", "HMICFRS: X", "X: An inspection"."""
    first = _title_line(reading)
    names = titles.names_a_title(item.text) and not titles.names_a_title(first)
    cued = titles.looks_like_a_title(item.text) and not titles.looks_like_a_title(first)
    clearly = titles.says_what_was_inspected(item.text) and not titles.says_what_was_inspected(first)
    cued = (cued or clearly) and not titles.is_generic(item.text) and not letter_boilerplate.is_salutation(item.text)
    if not names and not cued:
        return False
    _drop_title(reading)
    return _add_title(reading, item)


def _title_line(reading: ReadingState) -> str:
    return next(place.line.text for place in reading.parts.places if place.where == "Title")


def _drop_title(reading: ReadingState) -> None:
    for place in reading.parts.places:
        if place.where == "Title":
            place.where, place.taken = UNPLACED, ()
            reading.parts.unplaced.append(place.line.text)
    reading.parts.title = []


def _could_be_one(reading: ReadingState, item: LinePart) -> bool:
    """Whether it could be the title: a heading, the first line, or the line below "HMICFRS inspection response"."""
    if (
        item.label
        or item.section
        or item.start
        or letter_boilerplate.is_stray(item.text)
        or letter_boilerplate.read_body(item.text)
    ):
        return False
    above = [place for place in reading.parts.places if place.kind not in ("furniture", "label")]
    first = not above and item.heading_level in (None, 0) and reading.outlook.salutation < 0
    fits = first and len(item.text) <= LONGEST_FIRST_LINE
    return item.text[-1] not in ".:;,!" and (reading.state.expects_title or item.heading_level in (1, 2) or fits)


def _add_title(reading: ReadingState, item: LinePart) -> bool:
    parts, read = reading.parts, titles.read_title(item.text)
    reading.state.expects_title = False
    parts.title += [read.title] if read.title else []
    parts.inspectorate = parts.inspectorate or read.inspectorate
    parts.body = parts.body or next(filter(None, map(letter_boilerplate.body_in_title, read.taken)), "")
    if parts.kind in ("", "other"):
        parts.kind = read.kind
    return reading.place(item, "Title", taken=read.taken)
