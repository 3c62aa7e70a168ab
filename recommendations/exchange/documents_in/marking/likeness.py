"""Blocks like those that were marked, or like those of a layout that was remembered, are read as they were."""

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from typing import Any, Self

from recommendations.exchange.documents_in.asking import reads_as_recommendation
from recommendations.exchange.documents_in.letter_boilerplate import DATE
from recommendations.exchange.documents_in.marking.about import WhichRecommendation, about_of, with_about
from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.features import OURS, Looks, features_of
from recommendations.exchange.documents_in.marking.layouts import Layout
from recommendations.exchange.documents_in.marking.marks import Mark, apply_marks
from recommendations.exchange.documents_in.marking.roles import ANSWERS, OF_A_RECOMMENDATION, BlockRole

LIKE_ENOUGH = 0.7
CLEARLY_LIKE = 0.75
THE_SAME = 0.9
SHORTEST_SENTENCE = 30
FEWEST_OF_A_TITLE = 3  # words
OPENING = 60  # characters
HAS_DAY = re.compile(DATE)
LABELLED = re.compile(r"^[^:.]{1,40}(?::|$)")
WEAKLY_LIKE = "read as in the layout that was remembered, though it is not quite like it"


class SettledBlocks:
    """The blocks of a document that are settled, and those below them being read as they were. Settled are the blocks
    of the layout, those that were marked, and those that were passed over on the way to the furthest mark.

    `settled` has, for each look, the place of the last block that has it, or -1, -2 ... for those of the layout. A look
    of the layout that a mark corrected has the place of that mark.
    """

    def __init__(self, blocks: Sequence[Block], layout: Layout | None) -> None:
        self.now = list(blocks)
        self.remembered = layout.blocks if layout else ()
        found, rows = features_of(blocks), [block.features for block in self.remembered]
        looks = Looks(found, rows)
        self.looks = [looks.look(features) for features in found]
        self.before = {role: looks.role_before(role) for role in ("", *BlockRole)}
        self.of_layout = {
            (bits | self.before[block.role_before], size): -number
            for number, (block, (bits, size)) in enumerate(
                zip(self.remembered, map(looks.look, rows), strict=True), start=1
            )
        }
        self.settled = dict(self.of_layout)
        self.alone: set[int] = set()
        self.abouts: dict[int, WhichRecommendation] = {}
        self.furthest = 0

    def with_marks(self, marks: Iterable[Mark]) -> Self:
        """Return a copy in which these are marked too."""
        marked = copy(self)
        marked.now, marked.settled, marked.of_layout = self.now.copy(), self.settled.copy(), self.of_layout.copy()
        marked.alone, marked.abouts = self.alone.copy(), self.abouts.copy()
        for mark in marks:
            marked.mark(mark)
        return marked

    def read_to_the_end(self) -> tuple[Block, ...]:
        """Return all blocks, those below the furthest mark as the likest that is settled."""
        reading = self.with_marks(())
        reading.read_on(len(reading.now))
        return with_about(reading.now, reading.abouts)

    def mark(self, mark: Mark) -> None:
        """Mark blocks. What was passed over on the way to them is settled as it is."""
        self.read_on(mark.last)
        self.now = list(apply_marks(self.now, [mark]))
        changed = range(mark.first - 1, mark.last)
        for place in changed:
            self.abouts.pop(place + 1, None)
            if not mark.alone:
                self._correct_layout(place)
        (self.alone.update if mark.alone else self.alone.difference_update)(changed)
        self.furthest = max(self.furthest, mark.last)
        self.settled = dict(self.of_layout)
        for place in range(self.furthest):
            if place not in self.alone:
                look = self._look(place)
                self.settled.pop(look, None)  # the nearest above is the last
                self.settled[look] = place

    def _correct_layout(self, place: int) -> None:
        """Let a mark count over the blocks of the layout that clearly look the same."""
        bits, size = self._look(place)
        for other, of in self.of_layout:
            if 2 * (bits & other).bit_count() / (size + of) >= THE_SAME:
                self.of_layout[other, of] = place

    def read_on(self, last: int) -> None:
        """Read the blocks that are not settled, to this one, as the likest that is."""
        if not self.settled:
            return
        settled = [(*look, place) for look, place in self.settled.items()][::-1]
        known: dict[tuple[int, int], tuple[int, float]] = {}
        for place in range(self.furthest, last):
            look = self._look(place)
            if look not in known:
                bits, size = look
                alike = [2 * (bits & other).bit_count() / (size + of) for other, of, _ in settled]
                best = max(alike)
                known[look] = settled[alike.index(best)][2], best
            like, best = known[look]
            above = self.now[place - 1] if place and place - 1 not in self.alone else None
            goes_on = above is not None and best < THE_SAME and _goes_on_in_its_cell(above, self.now[place])
            if best >= LIKE_ENOUGH and not goes_on:
                self.now[place] = self._read_as(self.now[place], like, best)
            if above and (role := what_follows(above, self.now[place])):
                by = "layout" if above.by == "layout" else "like"
                source = 0 if by == "layout" else above.like or above.id
                self.now[place] = self._with(
                    self.now[place], role, WhichRecommendation.HERE, by=by, like=source, doubt=""
                )

    def _look(self, place: int) -> tuple[int, int]:
        bits, size = self.looks[place]
        return bits | self.before[self.now[place - 1].role if place else ""], size

    def _read_as(self, block: Block, like: int, alike: float) -> Block:
        if block.kind == "withheld":
            return block
        if like < 0:
            remembered = self.remembered[-like - 1]
            if block.role == remembered.role and remembered.about == WhichRecommendation.HERE:
                return block
            doubt = "" if alike >= CLEARLY_LIKE else WEAKLY_LIKE
            return self._with(block, remembered.role, remembered.about, by="layout", like=0, doubt=doubt)
        other = self.now[like]
        if alike < THE_SAME and _speaks_against(block, other):
            return block
        about = self.abouts.get(other.id) or about_of(other)
        if not other.by or (block.role == other.role and about == about_of(block)):
            return block
        by = "layout" if other.by == "layout" else "like"
        source = 0 if by == "layout" else other.like or other.id
        return self._with(block, other.role, about, by=by, like=source, doubt="")

    def _with(self, block: Block, role: BlockRole, about: WhichRecommendation, **by: Any) -> Block:
        self.abouts[block.id] = about
        return replace(block, role=role, of=(), taken=(), **by)


def _speaks_against(block: Block, other: Block) -> bool:
    """Whether a block's words speak against being what another is that looks like it: a sentence is not left out, and
    no title, as a line is that is none; the office's answer in its own name is not the force's.
    """
    if other.role in (BlockRole.NOTHING, BlockRole.TITLE):
        return _is_sentence(block.text) and not _is_sentence(other.text)
    is_of_office = block.role == BlockRole.COMMENT and bool(OURS.search(block.text[:OPENING]))
    return other.role == BlockRole.FORCE and is_of_office and not OURS.search(other.text[:OPENING])


def _is_sentence(text: str) -> bool:
    return len(text) >= SHORTEST_SENTENCE and text[-1] in ".!?"


def what_follows(above: Block, block: Block) -> BlockRole | None:
    """Return what a block is as it stands below one that was marked: the text that a number has, the parts of a text,
    a further paragraph of an answer, the title below what is none.
    """
    if not above.by or block.by or block.kind == "withheld" or block.role in OF_A_RECOMMENDATION | ANSWERS:
        return None
    if above.role == BlockRole.NUMBER and reads_as_recommendation(block.text):
        return BlockRole.RECOMMENDATION
    if above.role in ANSWERS and (_goes_on(above, block) or _goes_on_in_its_cell(above, block)):
        return above.role
    if above.kind == "title" and above.role == BlockRole.NOTHING and _could_be_a_title(block):
        return BlockRole.TITLE
    of_a_list = above.role == BlockRole.PART and above.line.kind == "bullet"
    opens_a_list = above.role in (BlockRole.RECOMMENDATION, BlockRole.MORE) and above.text.endswith(":")
    return BlockRole.PART if block.line.kind == "bullet" and (of_a_list or opens_a_list) else None


def _goes_on(above: Block, block: Block) -> bool:
    """Whether a block that the reader had no sure place for is a further paragraph of the answer above it."""
    same = (block.line.kind, block.line.cell) == (above.line.kind, above.line.cell)
    is_sentence = _is_sentence(block.text) and not LABELLED.match(block.text)
    unsure = block.role in (BlockRole.NARRATIVE, BlockRole.UNSURE) or block.kind in ("own_text", above.kind)
    return same and is_sentence and unsure


def _goes_on_in_its_cell(above: Block, block: Block) -> bool:
    """Whether a block is a further paragraph in the cell of a table of the answer above it."""
    same = block.line.cell is not None and block.line.cell == above.line.cell
    return same and bool(above.by) and above.role in ANSWERS and not LABELLED.match(block.text)


def _could_be_a_title(block: Block) -> bool:
    open_ = block.role in (BlockRole.NARRATIVE, BlockRole.UNSURE) and block.text[-1] not in ".:;"
    return open_ and len(block.text.split()) >= FEWEST_OF_A_TITLE and not HAS_DAY.search(block.text)
