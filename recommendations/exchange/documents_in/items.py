"""The document's lines, classified by their own words, for the grammar to look back and ahead."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from recommendations.exchange.documents_in.asking import reads_as_answer, reads_as_recommendation
from recommendations.exchange.documents_in.comment_labels import CommentLabel, read_label
from recommendations.exchange.documents_in.letter_boilerplate import introduces_chief
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.recommendation_starts import (
    ALONE,
    RecommendationsHeading,
    Start,
    read_limb,
    read_section,
    read_start,
)
from recommendations.exchange.documents_in.vocabulary import plain

LONGEST_LABEL = 200
MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
INSIDE = re.compile(
    r"(?<=[.!?”\"]) +(?=(?:OPF?CC|PF?CC|P&CC|Commissioner's|Force|Chief Constable's"
    r"|(?:Local )?[Pp]olicing [Bb]ody's) "
    r"(?:[Cc]omments?|[Rr]esponse|[Pp]osition)(?::| [–—-] ))"
    r"|(?<= [–—-]) +(?=(?:(?:OPF?CC|PF?CC|P&CC|Commissioner's|Force|Chief Constable's|Our|My) )?"
    r"(?:[Rr]esponse|[Cc]omments?|[Aa]nswer): )"
)
LINKED = re.compile(r"^(?P<words>[^<>]{3,80}?)\s*<(?:https?|mailto):[^<>\s]+>\s*:?$")  # with its address behind it
QUOTED = re.compile(r":\s*(?P<words>“[^“”]+”|\"[^\"]+\"|‘[^‘]+’(?!\w))")
FEWEST_SPACES = 4  # between the words of a quotation that is more than a phrase
ENDS_OPEN = re.compile(r"[^\W_][^.,;:!?…]*$")
MONTH_AFTER = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)? (?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LinePart:
    """A line, or part of a line that contains a label."""

    line: DocumentLine

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def printed(self) -> str:
        """The text with its bullet."""
        return f"{self.line.mark} {self.text}" if self.line.mark else self.text

    @property
    def short(self) -> bool:
        """Whether the line could be a heading: a few words without the end of a sentence, ignoring a note mark."""
        words = self.text.rstrip(MARKS)
        return len(self.text) <= 80 and len(self.text.split()) <= 10 and bool(ENDS_OPEN.search(words))

    @property
    def is_bullet(self) -> bool:
        return self.line.kind == "bullet"

    @property
    def heading_level(self) -> int | None:
        """The level of a heading by its style; 0 if it is only bold; None for other lines."""
        return self.line.level if self.line.kind == "heading" else None

    @property
    def place_in_lists(self) -> tuple[bool, int]:
        """Whether it is a heading, and its depth: the numbers of one list have both in common."""
        return self.heading_level is not None, self.line.level

    @cached_property
    def label(self) -> CommentLabel | None:
        if len(plain(self.text).split(":")[0]) > LONGEST_LABEL:
            return None
        if linked := LINKED.match(self.text):
            label = read_label(linked["words"])
            return replace(label, words=self.text) if label is not None and not label.rest else None
        return read_label(self.text)

    @cached_property
    def section(self) -> RecommendationsHeading | None:
        return read_section(self.text) if len(self.text) <= LONGEST_LABEL else None

    @cached_property
    def start(self) -> Start | None:
        if MONTH_AFTER.match(self.text):
            return None
        if alone := ALONE.match(self.text):
            return Start("", alone["number"], self.text, "", bare=True)
        if linked := LINKED.match(self.text):
            start = read_start(linked["words"])
            return replace(start, words=self.text) if start is not None and not start.rest else read_start(self.text)
        return read_start(self.text)

    @cached_property
    def limb(self) -> tuple[str, str] | None:
        return read_limb(self.text)

    @cached_property
    def asks(self) -> bool:
        """Whether the text, without a leading number, reads as a recommendation."""
        return reads_as_recommendation(self.start.rest if self.start else self.text)

    @cached_property
    def answers(self) -> bool:
        return reads_as_answer(self.start.rest if self.start else self.text)

    @property
    def names_a_recommendation(self) -> bool:
        return self.start is not None and not self.start.bare


def items_of(lines: list[DocumentLine]) -> list[LinePart]:
    """Return an item for each line, or several if a comment's label or the chief officer's words are within it."""
    items = []
    for before, line in zip(["", *(line.text for line in lines)], lines, strict=False):
        inside = [match.end() for match in INSIDE.finditer(plain(line.text))] or _quote_within(line.text, before)
        cuts = [0, *inside, len(line.text)]
        pieces = [piece for start, end in pairwise(cuts) if (piece := line.text[start:end].strip().removesuffix(" –"))]
        items += [LinePart(line)] if len(pieces) <= 1 else [LinePart(replace(line, text=piece)) for piece in pieces]
    return items


def _quote_within(text: str, before: str) -> list[int]:
    """Return where the chief officer's words begin and end in a paragraph that introduces and quotes them."""
    for match in QUOTED.finditer(text):
        if introduces_chief(text[: match.start() + 1], before) and match["words"].count(" ") >= FEWEST_SPACES:
            return [match.start("words"), match.end("words")]
    return []
