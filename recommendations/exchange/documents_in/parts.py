"""The parts of a response being read, and the place of each line."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from recommendations.exchange.documents_in.addressees import is_an_ask
from recommendations.exchange.documents_in.asking import reads_as_recommendation
from recommendations.exchange.documents_in.footnotes import without_mark
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.vocabulary import (
    CONCERN,
    CONCERNS,
    IMPROVEMENT,
    ORDINALS,
    PRACTICE,
    RECOMMENDATION,
)
from recommendations.periods import say_nth

SHORT = {RECOMMENDATION: "", IMPROVEMENT: "AFI ", CONCERN: "Cause of concern ", PRACTICE: "Innovative practice "}
UNPLACED, SIGNATURE, AROUND, SAID_AGAIN = "Not used yet", "Signature", "Address or greeting", "Said again"
WITHHELD = "Not read"  # what may name a person, in a coroner's report
# Each place's name in JSON, by how its words begin; those of recommendations and comments are added.
KINDS = {
    "Title": "title",
    "Inspectorate": "inspectorate",
    "Response from": "body",
    "Published": "published",
    "Label": "label",
    "Heading": "heading",
    "Narrative": "narrative",
    "Deadline": "deadline",
    "Directed to": "addressees",
    "Chief officer": "chief_officer_comments",
    "Reply": "reply",
    "Footnote": "note",
    SIGNATURE: "signature",
    "Page header or footer": "furniture",
    AROUND: "furniture",
    "About the response": "furniture",
    "The report’s own text": "own_text",
    "Reference": "reference",
    "Answer by": "answer_by",
    "Priority": "priority",
    WITHHELD: "withheld",
    SAID_AGAIN: "said_again",
    UNPLACED: "unplaced",
}
PARAGRAPHS = "\n\n"
STATEMENTS = (*CONCERNS, PRACTICE)
FEWEST_WORDS = 4  # of a sentence that asks or states something
# How a sentence that goes on in the next paragraph breaks off.
ENDS_OPEN = re.compile(
    r"(?:[,:(/&–—-]|\b(?:and|or|the|an?|of|to|for|in|on|at|by|with|from|into|that|which|who|whose|as|its|their|should"
    r"|must|will|be|is|are|how|where|when|whether|including|following))$",
    re.IGNORECASE,
)


@dataclass(eq=False)
class Rec:
    """A recommendation, as collected so far."""

    kind: str
    number: str = ""
    heading: str = ""
    level: int = 0
    bullet: bool = False
    stem: list[str] = field(default_factory=list)
    limbs: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    limb_level: int = 0
    limb_style: str = ""
    last_mark: str = ""
    force: list[str] = field(default_factory=list)
    cause: "Rec | None" = None
    deadline_words: str = ""
    addressees: list[str] = field(default_factory=list)
    to_all: str = ""
    label: str = ""
    priority: str = ""
    headed: bool = False  # whether its text is a heading, without a final full stop

    @property
    def name(self) -> str:
        """ "Recommendation 1", "AFI 3"."""
        return f"Recommendation {self.label}" if self.kind == RECOMMENDATION else self.label

    @property
    def is_concern(self) -> bool:
        return self.kind in CONCERNS

    @property
    def text(self) -> str:
        return PARAGRAPHS.join(self.stem + self.tail)

    @property
    def is_whole(self) -> bool:
        """Whether the text so far can be complete: it has parts, or its last sentence has ended."""
        return bool(self.limbs) or self.headed or (bool(self.stem) and self.last_character in '.;!?”"')

    @property
    def last_character(self) -> str:
        """The last character of the text before its parts, without a note's mark."""
        return without_mark(self.stem[-1])[-1]

    def is_whole_before(self, following: str) -> bool:
        """Whether the text so far can be complete where this text follows: its last full stop may be missing."""
        if self.is_whole or not self.stem or following[:1].islower():
            return self.is_whole
        says_enough = len(self.text.split()) >= FEWEST_WORDS and (
            self.kind in STATEMENTS or reads_as_recommendation(self.text)
        )
        return says_enough and (is_an_ask(following) or not ENDS_OPEN.search(without_mark(self.stem[-1])))

    def add(self, text: str, mark: str = "") -> None:
        """Add a paragraph, with the bullet before it unless it is the first."""
        begins = not self.limbs and not self.stem
        (self.tail if self.limbs else self.stem).append(text if begins or not mark else f"{mark} {text}")


@dataclass(eq=False)
class ParsedComment:
    """Text that answers one or more recommendations. `within` are all that the section answers that it is part of."""

    answers: list[Rec]
    paragraphs: list[str] = field(default_factory=list)
    last_number: tuple[int, ...] = ()
    last_place: tuple[bool, int] = (False, 0)
    within: list[Rec] = field(default_factory=list)


@dataclass
class LinePlace:
    """Where a line was placed. `taken` are its words that only identify it and are not repeated in its part.

    `doubt` says why it might belong elsewhere, or is "" if its own words are clear. `shared` are the recommendations
    that it is about, if there are several.
    """

    line: DocumentLine
    where: str = ""
    taken: tuple[str, ...] = ()
    rec: Rec | None = None
    limb: int | None = None
    comment: ParsedComment | None = None
    doubt: str = ""
    shared: tuple[Rec, ...] = ()

    @property
    def kind(self) -> str:
        """The place's name in JSON: "title", "text", "comment", "furniture"."""
        if self.comment is not None:
            return "comment"
        if self.limb is not None:
            return "part"
        if self.rec is not None and not self.where:
            return "number" if self.taken == (self.line.text,) else "text"
        return next(kind for words, kind in KINDS.items() if self.where.startswith(words))

    @property
    def of(self) -> tuple[str, ...]:
        """The labels of the recommendations that it is about."""
        if self.comment is not None:
            return tuple(rec.label for rec in self.comment.answers)
        about = self.shared or ((self.rec,) if self.rec is not None else ())
        return tuple(rec.label for rec in about)

    @property
    def label(self) -> str:
        """The place in words, once all recommendations are known: "Rec 1", "2, first part", "Comment, 1 and 2"."""
        if self.comment is not None:
            return f"Comment, {join_with_and([rec.label for rec in self.comment.answers])}"
        if self.rec is None:
            return self.where
        if self.limb is not None:
            return f"{self.rec.label}, {ordinal(self.limb)} part"
        if self.where:
            return f"{self.where}, {join_with_and(list(self.of))}"
        return f"Rec {self.rec.label}" if self.rec.kind == RECOMMENDATION else self.rec.label


@dataclass
class DocumentParts:
    """Everything read so far."""

    title: list[str] = field(default_factory=list)
    inspectorate: str = ""
    kind: str = ""
    body: str = ""
    published_on: date | None = None
    responded_on: date | None = None
    narrative: list[str] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    recs: list[Rec] = field(default_factory=list)
    numbered: dict[tuple[str, str], Rec] = field(default_factory=dict)
    comments: list[ParsedComment] = field(default_factory=list)
    chief: list[str] = field(default_factory=list)
    reply: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    places: list[LinePlace] = field(default_factory=list)

    def find(self, kind: str, number: str) -> Rec | None:
        """Return the last recommendation of this kind and number; "AFI 3" also finds area for improvement 3."""
        return self.numbered.get((kind, number.removeprefix("AFI "))) if number else None

    def add(self, rec: Rec) -> None:
        self.recs.append(rec)
        self.numbered[rec.kind, rec.number.removeprefix("AFI ")] = rec

    def give_number(self, rec: Rec, number: str) -> None:
        """Set a number inferred from a recommendation's parts (7 from 7.1), unless another has it."""
        if self.find(rec.kind, number) is None:
            rec.number = number
            self.numbered[rec.kind, number] = rec

    def name_recommendations(self) -> None:
        """Give each recommendation a unique label: its number, or else the next that no other has."""
        times: dict[str, int] = {}
        numbered = {_label(rec) for rec in self.recs if rec.number}
        free = {rec.kind: _free_labels(rec.kind, numbered) for rec in self.recs}
        for rec in self.recs:
            label = _label(rec) if rec.number else next(free[rec.kind])
            times[label] = times.get(label, 0) + 1
            rec.label = label if times[label] == 1 else f"{label} ({say_nth(times[label])})"


def _label(rec: Rec) -> str:
    return rec.number if rec.number.startswith("AFI") else f"{_short(rec.kind)}{rec.number}"


def _free_labels(kind: str, used: Collection[str]) -> Iterator[str]:
    """Yield what those of a kind without a number are called, one after another: "1", "2" ..."""
    labels = (f"{_short(kind)}{number}" for number in count(1))
    return (label for label in labels if label not in used)


def _short(kind: str) -> str:
    return SHORT.get(kind, "Accelerated cause of concern ")


def ordinal(position: int) -> str:
    return ORDINALS[position] if position < len(ORDINALS) else f"{position + 1}th"


def join_with_and(words: list[str]) -> str:
    """ "1", "1 and 2", "1, 2 and 3"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
