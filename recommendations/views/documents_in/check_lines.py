"""The document as it is shown while it is checked: each block with its mark, rows of tables, and what is folded."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import groupby

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.roles import BEGINS, BlockRole
from recommendations.forms.documents_in.marked import RESPONSE, MarkedDocument
from recommendations.models.inspections.inspections import shorten

SHORT_DOCUMENT = 60  # blocks: nothing of it is folded
LONG_DOCUMENT = 250  # blocks: recommendations without doubt are folded too
BESIDE = 3  # lines shown before and after one that needs a look
MOST_IN_SIGHT = 100  # of these
FIRST = 12  # lines shown at the top
LEAST_FOLDED, MOST_FOLDED = 6, 200
SIDE_BY_SIDE = 3  # columns
LONGEST_HEADING = 40  # of a column
LETTERS = {
    BlockRole.RECOMMENDATION: "R",
    BlockRole.MORE: "R",
    BlockRole.NUMBER: "R",
    BlockRole.HEADING: "H",
    BlockRole.PART: "P",
    BlockRole.DEADLINE: "D",
    BlockRole.ADDRESSEES: "D",
    BlockRole.COMMENT: "C",
    BlockRole.FORCE: "F",
    BlockRole.CHIEF: "F",
    BlockRole.REPLY: "C",
    BlockRole.NARRATIVE: "N",
    BlockRole.NOTE: "N",
    BlockRole.TITLE: "T",
    BlockRole.DAY: "Y",
    BlockRole.NOTHING: "X",
    BlockRole.UNSURE: "?",
}
# How the tile of a role looks, where it is not as its letter.
STYLES = {
    BlockRole.HEADING: "P",
    BlockRole.DEADLINE: "P",
    BlockRole.ADDRESSEES: "P",
    BlockRole.FORCE: "C",
    BlockRole.CHIEF: "C",
    BlockRole.DAY: "T",
}
# What the reader left out, in words, by its place.
LEFT_OUT = {
    "own_text": "Report’s own text", "label": "Label", "said_again": "Said again", "withheld": "Not read",
    "inspectorate": "Inspectorate", "body": "Response from", "reference": "Reference", "answer_by": "Answer by",
    "priority": "Priority", "signature": "Signature",
}  # fmt: skip
READ_BY = {"you": "by you", "layout": "as before"}
CONCERN = re.compile(r"^Rec\b")
OF_AN_ANSWER = {"Chief officer": "The answer"}
FOLDED = {BlockRole.NARRATIVE: "narrative", BlockRole.NOTHING: "left out", BlockRole.CHIEF: "the chief officer’s words"}


def signature(part: object) -> str:
    """What tells a part of the page from itself after a change: the script sends it back, and gets what differs."""
    return blake2b(repr(part).encode(), digest_size=6).hexdigest()


@dataclass(frozen=True)
class ShownLine:
    """A block as it is shown. `style` is how its tile looks, `tag` who read it so, in words."""

    id: int
    role: str
    letter: str
    style: str
    word: str
    tag: str
    text: tuple[str, str, str]  # before, in and after the deadline's words
    why: str
    by: str = ""
    of: str = ""  # the first blocks of what it is said to be about: "6,7"
    is_unsure: bool = False
    heading: str = ""  # of its column

    is_line = True

    @property
    def number(self) -> str:
        """Its number as text: a template takes a while to say that of a number."""
        return str(self.id)

    @property
    def anchor(self) -> str:
        return f"l{self.id}"

    @property
    def classes(self) -> str:
        """Of its element: how it looks, whether it is unsure, and who read it so."""
        looks = (self.style, "unsure" if self.is_unsure else "", self.by)
        return " ".join(["app-docline", *(f"app-docline--{look}" for look in looks if look)])


@dataclass(frozen=True)
class ShownRow:
    """The cells of a row."""

    lines: tuple[ShownLine, ...]
    columns: int

    is_row = True

    @property
    def anchor(self) -> str:
        return f"row-{self.lines[0].id}"

    @property
    def is_side_by_side(self) -> bool:
        return 1 < self.columns <= SIDE_BY_SIDE


@dataclass(frozen=True)
class Fold:
    """Lines that are not shown until they are opened, and what they are."""

    first: int
    last: int
    words: str

    @property
    def anchor(self) -> str:
        return f"fold-{self.first}"


type Item = ShownLine | ShownRow | Fold


def signed(items: Iterable[Item]) -> list[tuple[Item, str]]:
    """The items, each with its signature."""
    return [(item, signature(item)) for item in items]


class CheckLines:
    """The lines of a document in its order."""

    def __init__(self, marked: MarkedDocument) -> None:
        self.marked, self.blocks = marked, marked.blocks

    @cached_property
    def unsure(self) -> list[int]:
        """The blocks that need a look: without a place, or with a doubt."""
        return [block.id for block in self.blocks if self._is_unsure(block)]

    def _is_unsure(self, block: Block) -> bool:
        return block.role == BlockRole.UNSURE or block.id in self.marked.doubts

    def items(self, opened: Iterable[int] = ()) -> list[Item]:
        """Lines, rows of tables and folds, in order. `opened` are shown whatever they are."""
        shown = self._ids_in_sight(set(opened))
        found: list[Item] = []
        for is_shown, run in groupby(self._rows, key=lambda row: any(block.id in shown for block in row)):
            rows = list(run)
            blocks = [block for row in rows for block in row]
            if is_shown or len(blocks) < LEAST_FOLDED:
                found += [self._item(row) for row in rows]
            else:
                found += self._folds(rows)
        return found

    def between(self, first: int, last: int) -> list[Item]:
        """The lines and rows of a fold that is opened."""
        return [self._item(row) for row in self._rows if row[0].id >= first and row[-1].id <= last]

    @cached_property
    def _rows(self) -> list[list[Block]]:
        """The blocks, those of one row of a table together."""
        key = lambda block: block.line.cell[:2] if block.line.cell else -block.id  # noqa: E731
        return [list(row) for _, row in groupby(self.blocks, key=key)]

    def _ids_in_sight(self, opened: set[int]) -> set[int]:
        total = len(self.blocks)
        if total <= SHORT_DOCUMENT:
            return set(range(1, total + 1))
        is_long = total > LONG_DOCUMENT
        by = ("you",) if is_long else ("you", "like")
        look = [block.id for block in self.blocks if self._is_unsure(block) or block.by in by][:MOST_IN_SIGHT]
        beside = {id_ + step for id_ in look for step in range(-BESIDE, BESIDE + 1)}
        text = (BlockRole.NOTHING, BlockRole.NARRATIVE, BlockRole.CHIEF)
        placed = {block.id for block in self.blocks if block.role not in text} if not is_long else set()
        return beside | placed | opened | set(range(1, FIRST + 1))

    def _folds(self, rows: Sequence[list[Block]]) -> list[Fold]:
        """Folds of so many lines that one can be opened at once."""
        found: list[Fold] = []
        run: list[Block] = []
        for row in [*rows, []]:
            if run and (not row or len(run) + len(row) > MOST_FOLDED):
                found.append(Fold(run[0].id, run[-1].id, self._in_words(run)))
                run = []
            run += row
        return found

    def _in_words(self, blocks: Sequence[Block]) -> str:
        """What folded lines are: "3 recommendations, 5 comments", or "narrative"."""
        begun = len({self.marked.groups.about.get(block.id) for block in blocks if block.role in BEGINS})
        comments = sum(block.role == BlockRole.COMMENT for block in blocks)
        counted = [
            f"{number} {one if number == 1 else f'{one}s'}"
            for number, one in ((begun, "recommendation"), (comments, "comment"))
            if number
        ]
        if counted:
            return ", ".join([*counted, "nothing doubtful"])
        ((role, kind), _) = Counter((block.role, block.kind) for block in blocks).most_common(1)[0]
        if role == BlockRole.NOTHING and kind == "own_text":
            return "the report’s own text"
        return FOLDED.get(role, "nothing doubtful")

    def _item(self, row: list[Block]) -> Item:
        if row[0].line.cell is None:
            return self.line(row[0])
        columns = 1 + max(block.line.cell[2] for block in row if block.line.cell)
        return ShownRow(tuple(self.line(block) for block in row), columns)

    def line(self, block: Block) -> ShownLine:
        unsure = block.role == BlockRole.UNSURE
        return ShownLine(
            id=block.id,
            role=block.role.value,
            letter=LETTERS[block.role],
            style="D" if unsure else STYLES.get(block.role, LETTERS[block.role]),
            word=self._word(block),
            tag=f"like line {block.like}" if block.by == "like" else READ_BY.get(block.by, ""),
            text=self._text(block),
            why=_as_sentence(self.marked.doubts.get(block.id, "")),
            by=block.by,
            of=",".join(map(str, block.of)),
            is_unsure=self._is_unsure(block),
            heading=self._heading(block),
        )

    def _word(self, block: Block) -> str:
        if block.role == BlockRole.NOTHING:
            own = "own_text" if block.by and self.marked.kind != RESPONSE else ""
            return LEFT_OUT.get(own or ("" if block.by else block.kind), "Left out")
        words = self._places.get(block.id, "")
        if self.marked.is_answer:  # its numbered items are concerns, and the rest is the answer
            words = OF_AN_ANSWER.get(words, CONCERN.sub("Concern", words))
        return words

    @cached_property
    def _places(self) -> dict[int, str]:
        placed = self.marked.result.placed
        return {block.id: each.where for block, each in zip(self.blocks, placed, strict=True)}

    def _text(self, block: Block) -> tuple[str, str, str]:
        words = self._deadlines.get(self.marked.groups.about.get(block.id, (0,))[0], "")
        if words and block.role in (
            BlockRole.RECOMMENDATION,
            BlockRole.MORE,
            BlockRole.DEADLINE,
            BlockRole.HEADING,
            BlockRole.NUMBER,
        ):
            before, found, after = block.printed.partition(words)
            return (before, found, after) if found else (block.printed, "", "")
        return block.printed, "", ""

    @cached_property
    def _deadlines(self) -> dict[int, str]:
        """The deadline's words of each recommendation, by its first block."""
        recs = zip(self.marked.groups.groups, self.marked.result.recommendations, strict=True)
        return {id_: rec.deadline.words for id_, rec in recs}

    def _heading(self, block: Block) -> str:
        """The heading of a cell's column, "" for the heading itself."""
        cell = block.line.cell
        heading = self._headings.get((cell[0], cell[2]), "") if cell else ""
        return "" if heading == shorten(block.text, LONGEST_HEADING) else heading

    @cached_property
    def _headings(self) -> dict[tuple[int, int], str]:
        """The heading of each column of each table, by table and column."""
        found: dict[tuple[int, int], str] = {}
        first_rows: dict[int, int] = {}
        for block in self.blocks:
            if cell := block.line.cell:
                table, row, column = cell
                if row == first_rows.setdefault(table, row):
                    found.setdefault((table, column), shorten(block.text, LONGEST_HEADING))
        return found


def _as_sentence(why: str) -> str:
    return why[:1].upper() + why[1:] + ("" if why[-1:] in ("", ".", "?") else ".")
