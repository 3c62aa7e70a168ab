"""Resolve lines that are ambiguous on their own, from the lines before and after."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from recommendations.exchange.documents_in.items import LinePart
from recommendations.exchange.documents_in.letter_boilerplate import is_from_a_force, is_salutation
from recommendations.exchange.documents_in.parts import ParsedComment, Rec
from recommendations.exchange.documents_in.vocabulary import CHIEF, FORCE, OFFICE, UNSAID

SALUTATION_WITHIN = 60
LOOKS_AHEAD = 250
MOST_HEADINGS = 8
BETWEEN_TEXT_AND_LABEL = 3
ANSWERING = (OFFICE, FORCE, CHIEF, UNSAID)


class Outlook:
    """The whole document, for looking ahead."""

    def __init__(self, items: Sequence[LinePart]) -> None:
        self.items = items
        named = next((n for n, item in enumerate(items) if item.names_a_recommendation), len(items))
        above = items[: min(named, SALUTATION_WITHIN)]
        self.salutation = next((n for n, item in enumerate(above) if is_salutation(item.text)), -1)
        first = next((n for n, item in enumerate(items) if item.names_a_recommendation or item.section), len(items))
        self.is_from_a_force = is_from_a_force([item.text for item in items])
        self.first_bare = next((n for n, item in enumerate(items) if item.start and item.asks), len(items))
        begins = min(first, self.first_bare)
        voices = [item.label.voice for item in items[begins:] if item.label and not item.section]
        self.office_answers = OFFICE in voices
        self.has_labels = any(voice in (OFFICE, FORCE, UNSAID) for voice in voices)
        self.has_headings = any(item.heading_level is not None for item in items)
        self.chief_labels = voices.count(CHIEF)
        self.last_section = max((n for n, item in enumerate(items) if item.section), default=-1)

    def after(self, index: int) -> Iterator[tuple[int, LinePart]]:
        for n in range(index + 1, len(self.items)):
            if self.items[n].line.kind not in ("margin", "rule"):
                yield n, self.items[n]

    def next_item(self, index: int) -> LinePart | None:
        return next((item for _, item in self.after(index)), None)

    def label_follows(self, index: int, *, past_others: bool, voices: Sequence[str] = ANSWERING) -> bool:
        """Whether a comment's label follows this recommendation, or further ones if `past_others`."""
        paragraphs = 0
        for _, item in islice(self.after(index), LOOKS_AHEAD):
            if item.label and not item.section:
                if item.label.voice in voices:
                    return not item.label.scope or past_others
                paragraphs = 0
                continue
            if item.section:
                return False
            if item.start and not item.limb:
                if not past_others:
                    return False
                paragraphs = 0
            elif not item.is_bullet and not item.limb:
                paragraphs += 1
            if paragraphs > BETWEEN_TEXT_AND_LABEL:
                return False
        return False

    def recommendation_follows(self, index: int) -> bool:
        """Whether the next line that is not a heading starts a recommendation, or a section with some."""
        for _, item in islice(self.after(index), MOST_HEADINGS):
            if item.section or item.names_a_recommendation or (item.start and item.asks):
                return True
            if item.heading_level is None and not (item.short and item.label is None):
                return item.asks and not item.answers and self.label_follows(index + 1, past_others=False)
        return False

    def starts(self, index: int, state: "DisambiguationState") -> bool:
        """Whether a bare number at the start of this line numbers a recommendation."""
        item = self.items[index]
        start = item.start
        if start is None:
            return False
        number = as_tuple(start.number)
        if not start.rest:
            return self._is_number_alone(index, state)
        if item.answers:
            return False
        if state.where in ("head", "narrative"):
            near = self.label_follows(index, past_others=True, voices=(OFFICE, FORCE))
            return item.asks and (near or index > self.last_section)
        if state.where == "section":
            return True
        if state.where == "rec":
            return not _is_part(item, number, state.current) and (
                item.asks or not state.current.is_whole_before(item.text) or bool(number)
            )
        return self._starts_after_comment(index, number, state)

    def _is_number_alone(self, index: int, state: "DisambiguationState") -> bool:
        """Whether a line with only a number numbers what follows: a heading does, otherwise a request must follow."""
        item, following = self.items[index], self.next_item(index)
        if following is None or state.where in ("head", "narrative"):
            return False
        heads = item.heading_level is not None and item.text[-1] in ".)"
        return heads or (following.asks and not following.answers)

    def _is_set_apart(self, item: LinePart) -> bool:
        """Whether the line is set like a recommendation: a heading or hanging number; in plain text, not indented."""
        return item.heading_level is not None or item.line.level < 0 or not (self.has_headings or item.line.level)

    def _starts_after_comment(self, index: int, number: tuple[int, ...], state: "DisambiguationState") -> bool:
        """Whether a number after a comment starts a recommendation, rather than being in a list within the comment."""
        item = self.items[index]
        if state.is_our_form and not self._is_set_apart(item):
            return False
        comment = state.comment
        if comment is not None and continues(comment.last_number, number) and comment.last_place == item.place_in_lists:
            return False
        last = as_tuple(state.rec.number) if state.rec else ()
        if not last or number > last:
            return item.asks or self.label_follows(index, past_others=True)
        return item.asks and (not self.has_labels or self.label_follows(index, past_others=False))


class DisambiguationState:
    """The current position: the part, the recommendation and the comment."""

    def __init__(self) -> None:
        self.where = "head"
        self.rec: Rec | None = None
        self.comment: ParsedComment | None = None
        self.pending: list[Rec] = []
        self.section_kind = ""
        self.section_to = ""
        self.heading: LinePart | None = None
        self.cause: Rec | None = None
        self.force_of: list[Rec] = []
        self.expects_title = self.expects_body = self.expects_value = False
        self.fact_above = ""  # the name of a fact whose value is on the next line
        self.expects_fact, self.is_our_form, self.own_label = "", False, ""
        self.in_notes = self.closing = self.list_in_a_sentence = False
        self.quote_until, self.quote_is_marked = -1, False  # the chief officer's words that a sentence introduced
        self.quote_of: list[Rec] = []
        self.answers_unlabelled = False

    @property
    def current(self) -> Rec:
        """The current recommendation, when `where` says that there is one."""
        if self.rec is None:
            raise LookupError("no recommendation has started")
        return self.rec


def as_tuple(number: str) -> tuple[int, ...]:
    """Return a sortable number: "7.1" and "7a" come after "7" and before "7.2", "7b" and "11"."""
    printed = number.removeprefix("AFI ")
    parts = re.findall(r"\d+|[a-z]", printed) if printed[:1].isdigit() else []
    return tuple(int(part) if part.isdigit() else ord(part) - ord("a") + 1 for part in parts)


def continues(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether a number is the next in a list."""
    return bool(last) and number[:-1] == last[:-1] and number[-1:] == (last[-1] + 1,)


def _is_part(item: LinePart, number: tuple[int, ...], rec: Rec) -> bool:
    """Whether a numbered line is a part of the previous recommendation: 7.1 under 7, or 1 under "should:"."""
    own = as_tuple(rec.number)
    if own and number[: len(own)] == own and len(number) > len(own):
        return True
    if item.line.level > rec.level and item.line.kind != "heading":
        return True
    begins_again = number == (1,) and bool(rec.stem) and rec.stem[-1].endswith(":")
    return (begins_again and own != ()) or (rec.limb_style == "digit" and continues(as_tuple(rec.last_mark), number))
