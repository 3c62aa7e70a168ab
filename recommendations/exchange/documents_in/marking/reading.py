"""What a document's blocks are, once a person has marked some: those marked, those like them, and the rest as read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.features import head_of
from recommendations.exchange.documents_in.marking.groups import Assembly, group_blocks
from recommendations.exchange.documents_in.marking.hanging import with_what_hung
from recommendations.exchange.documents_in.marking.layouts import Layout
from recommendations.exchange.documents_in.marking.likeness import SettledBlocks
from recommendations.exchange.documents_in.marking.marks import Mark
from recommendations.exchange.documents_in.marking.roles import ANSWERS, BlockRole

LABELLED = ANSWERS | {BlockRole.RECOMMENDATION, BlockRole.HEADING, BlockRole.CHIEF, BlockRole.REPLY}


@dataclass(frozen=True, eq=False)
class MarkedBlocks:
    """The blocks of a document as the reader took them, and those that are settled by a layout and by marks. With more
    marks they make others: what no mark changes is made once.
    """

    as_read: Assembly
    settled: SettledBlocks
    marks: tuple[Mark, ...] = ()

    @classmethod
    def unmarked(cls, blocks: Sequence[Block], layout: Layout | None = None) -> Self:
        return cls(group_blocks(blocks), SettledBlocks(blocks, layout))

    def with_marks(self, marks: Iterable[Mark]) -> Self:
        """Return the blocks with these marks too."""
        more = tuple(marks)
        return replace(self, settled=self.settled.with_marks(more), marks=(*self.marks, *more))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks as the layout says, with the marks over it, and with those that are like them."""
        if not self.marks and not self.settled.remembered:
            return tuple(self.as_read.blocks)
        alone = frozenset(id_ for mark in self.marks if mark.alone for id_ in range(mark.first, mark.last + 1))
        now = with_what_hung(self.as_read, self.settled.read_to_the_end(), alone)
        pairs = zip(now, self.as_read.blocks, strict=True)
        return _with_labels([_with_what_was_read(block, was) for block, was in pairs])

    def followers(self, mark: Mark) -> tuple[int, ...]:
        """Return the ids of the blocks that this mark would take with it, beside those that it names."""
        return tuple(
            now.id
            for was, now in zip(self.blocks, self.with_marks([mark]).blocks, strict=True)
            if not mark.first <= now.id <= mark.last and (was.role, was.of) != (now.role, now.of)
        )


def marked_blocks(blocks: Sequence[Block], marks: Sequence[Mark], layout: Layout | None = None) -> tuple[Block, ...]:
    """Return the blocks as the layout says, with the marks over it, and with those that are like them."""
    if not marks and layout is None:
        return tuple(blocks)
    return MarkedBlocks.unmarked(blocks, layout).with_marks(marks).blocks


def _with_what_was_read(block: Block, was: Block) -> Block:
    """Return a block that is what the reader took it for with all that was read of it."""
    if not block.by or (block.role, block.of) != (was.role, was.of):
        return block
    return replace(was, by=block.by, like=block.like, doubt=block.doubt, kept=True)


def _with_labels(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks, those that were marked without the label at their head if another of their role has it too."""
    heads = {
        place: (block.role, head)
        for place, block in enumerate(blocks)
        if block.is_changed and block.role in LABELLED and (head := head_of(block.text))
    }
    times = Counter(heads.values())
    found = list(blocks)
    for place, label in heads.items():
        if times[label] > 1:
            found[place] = replace(found[place], taken=(label[1],))
    return tuple(found)
