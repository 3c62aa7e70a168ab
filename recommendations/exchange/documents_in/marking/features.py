"""How a block looks and where it stands: what is compared between blocks. No words of a document are among it.

Of a short label ("PCC response:") there is a check number of 16 bits, from which its words can't be had.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.roles import BlockRole

# What is compared, and how much each counts.
WEIGHTS = {
    "kind": 3,
    "level": 1,
    "bullet": 1,
    "column": 2,
    "columns": 1,
    "column_heading": 4,
    "row_label": 1,
    "first_row": 2,
    "in_cell": 1,
    "number": 2,
    "label": 8,
    "head": 8,
    "opens": 2,
    "is_label": 2,
    "before": 1,
    "before_kind": 1,
    "after": 1,
    "after_kind": 1,
    "above": 2,
    "asks": 2,
    "person": 2,
    "starts": 2,
    "before_ends": 1,
    "length": 1,
    "guess": 4,
    "guess_of": 1,
    "doubted": 1,
    "role_before": 3,
}
type Features = dict[str, str | int]

BONUS = {"opens"}
# What these count where no other block has the same: the words of a heading that stands once tell little of what it is.
LONE = {"label": 2, "head": 4, "row_label": 0, "above": 0}
UNLABELLED = -1
MOST_WORDS = 6  # of a label
NUMBER = re.compile(
    r"^(?P<number>\(?(?:\d{1,4}(?:\.\d{1,3})*|[a-zA-Z]|[ivx]{1,4})[.):]+(?=\s|$)|\d{1,4}(?:\.\d{1,3})*(?=\s|$))\s*"
)
LABEL = re.compile(r"(?P<words>[^:.;!?–—]{2,48}?)\s*(?:(?<![^\W\d_])(?P<numbered>\d[\d.]*)\s*)?(?P<ends>:|\s[-–—]\s|$)")
NAMED = re.compile(r"(?P<words>[A-Z][A-Za-z]*(?: [a-zA-Z]+){0,3}) \d+(?:\.\d+)*\b")
ASKS = re.compile(r"\b(?:should|must|needs? to|ought to)\b|^(?:we|I) recommend\b|^it is recommended\b", re.IGNORECASE)
OURS = re.compile(r"\b(?:I|[Mm]y|[Ww]e|[Oo]ur|[Mm]e|OPF?CC|PF?CC|[Cc]ommissioner|[Mm]ayor)\b")
THEIRS = re.compile(r"\b(?:[Ff]orce|[Cc]onstabulary|[Cc]hief [Cc]onstable|[Oo]fficers)\b")
ENUMERATED = re.compile(r"^[A-Za-z]{0,2}\d+[.):]*\s+")
LONGEST_QUESTION = 120
OPENS = re.compile(r"\w+\W+\w+")
DIGITS = re.compile(r"\d+")
# A number by itself: the code of a field ("B4") tells it from the others.
NUMBERED = re.compile(r"(?<![^\W\d_])\d+|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b")
SPACES = re.compile(r"\W+")


@lru_cache(maxsize=8192)
def _text_features(text: str) -> Features:
    """Return the features that a text has by itself."""
    found: Features = {"number": "none", "is_label": "none"}
    numbered = NUMBER.match(text)
    rest = text
    if numbered:
        found["number"] = re.sub(r"[ivx]{2,}|[a-z]", "a", DIGITS.sub("1", numbered["number"]))
        rest = text[numbered.end() :]
    label = LABEL.match(rest) or NAMED.match(rest)
    if label and len(label["words"].split()) <= MOST_WORDS:
        whole = label.end() == len(rest)
        found["is_label"] = "whole" if whole else "head"
        found["label" if whole else "head"] = _check_number(label["words"])
    if first := OPENS.match(rest):
        found["opens"] = _check_number(first[0])
    found["asks"] = "yes" if ASKS.search(text) else "no"
    found["person"] = "ours" if OURS.search(text) else "theirs" if THEIRS.search(text) else "none"
    found["starts"] = "lower" if text[:1].islower() else "upper" if text[:1].isupper() else "other"
    size = len(text)
    found["length"] = "short" if size < 30 else "line" if size < 100 else "long" if size < 400 else "very long"
    return found


def _end(text: str) -> str:
    return text[-1:] if text[-1:] in ".:;?" else "open"


def head_of(text: str) -> str:
    """Return the label at the head of a text, with what ends it ("What we are doing:"), or ""."""
    label = LABEL.match(text)
    return label[0] if label and label["ends"].strip() and len(label["words"].split()) <= MOST_WORDS else ""


def _check_number(words: str) -> int:
    masked = SPACES.sub(" ", NUMBERED.sub("1", words.casefold())).strip()
    return crc32(masked.encode()) & 0xFFFF


def _is_question(text: str) -> bool:
    return text.endswith("?") and len(text) <= LONGEST_QUESTION


def features_of(blocks: Sequence[Block]) -> list[Features]:
    """Return the features of each block, but for the role of the block before it, which depends on what is marked."""
    own = [_text_features(block.line.text) for block in blocks]
    labels = [features.get("label", features.get("head", UNLABELLED)) for features in own]
    tables = _Tables(blocks, labels)
    above: str | int | None = None
    found = []
    for place, (block, features) in enumerate(zip(blocks, own, strict=True)):
        line = block.line
        each = {"kind": line.kind, "level": line.level, "guess": block.kind or block.role.value, **features}
        each["guess_of"] = "else" if block.of else "here"
        if block.doubt:
            each["doubted"] = "yes"
        if line.mark:
            each["bullet"] = "a" if line.mark[0].isalnum() else line.mark[0]
        if line.cell:
            each |= tables.features(line.cell)
        if place:
            each["before"], each["before_kind"] = labels[place - 1], blocks[place - 1].line.kind
            each["before_ends"] = _end(blocks[place - 1].line.text)
        if place + 1 < len(blocks):
            each["after"], each["after_kind"] = labels[place + 1], blocks[place + 1].line.kind
        if above is not None:
            each["above"] = above
        if line.kind == "heading" or (features.get("is_label") == "whole" and not line.cell) or _is_question(line.text):
            above = labels[place] if labels[place] != UNLABELLED else _check_number(ENUMERATED.sub("", line.text))
        found.append(each)
    return found


class _Tables:
    """The tables of a document: how many columns each has, and what heads its columns and rows."""

    def __init__(self, blocks: Sequence[Block], labels: Sequence[str | int]) -> None:
        self.first: dict[int, int] = {}
        self.columns: dict[int, int] = {}
        self.headings: dict[tuple[int, int], str | int] = {}
        self.rows: dict[tuple[int, int], str | int] = {}
        self.last: tuple[int, int, int] | None = None
        self.in_cell = 0
        for block, label in zip(blocks, labels, strict=True):
            if cell := block.line.cell:
                table, row, column = cell
                self.first.setdefault(table, row)
                self.columns[table] = max(self.columns.get(table, 0), column)
                self.headings.setdefault((table, column), label)
                self.rows.setdefault((table, row), label)

    def features(self, cell: tuple[int, int, int]) -> Features:
        table, row, column = cell
        self.in_cell = min(self.in_cell + 1, 2) if cell == self.last else 0
        self.last = cell
        return {
            "column": column,
            "columns": self.columns[table],
            "column_heading": self.headings[table, column],
            "row_label": self.rows[table, row],
            "first_row": "yes" if row == self.first[table] else "no",
            "in_cell": self.in_cell,
        }


class Looks:
    """Features as bits, as many for each as it counts, so that what two blocks share is counted at once.

    What only one block has takes no bits: nothing is like it there. It counts in the size all the same, some
    of it less.
    """

    def __init__(self, *documents: Sequence[Features]) -> None:
        counts: Counter[tuple[str, str | int]] = Counter()
        for document in documents:
            for features in document:
                counts.update(features.items())
        self._bits: dict[tuple[str, str | int], int] = {}
        self._used = 0
        for role in ("", *BlockRole):
            self._add(("role_before", str(role)))
        for item, times in counts.items():
            if times > 1:
                self._add(item)
            else:
                self._bits[item] = 0

    def _add(self, item: tuple[str, str | int]) -> None:
        self._bits[item] = ((1 << WEIGHTS[item[0]]) - 1) << self._used
        self._used += WEIGHTS[item[0]]

    def look(self, features: Features) -> tuple[int, int]:
        """Return the bits of these features, and what they count in all (with the role before)."""
        bits, size = 0, WEIGHTS["role_before"]
        for item in features.items():
            name, own = item[0], self._bits[item]
            bits |= own
            if name not in BONUS:
                size += WEIGHTS[name] if own else LONE.get(name, WEIGHTS[name])
        return bits, size

    def role_before(self, role: str) -> int:
        return self._bits["role_before", role]
