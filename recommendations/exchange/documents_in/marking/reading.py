"""What a document's blocks are, once a person has marked some: those marked, those like them, and the rest as read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.features import head_of
from recommendations.exchange.documents_in.marking.hanging import with_what_hung
from recommendations.exchange.documents_in.marking.layouts import Layout
from recommendations.exchange.documents_in.marking.likeness import with_likeness
from recommendations.exchange.documents_in.marking.marks import Mark
from recommendations.exchange.documents_in.marking.roles import ANSWERS, BlockRole

LABELLED = ANSWERS | {BlockRole.RECOMMENDATION, BlockRole.HEADING, BlockRole.CHIEF, BlockRole.REPLY}


def marked_blocks(blocks: Sequence[Block], marks: Sequence[Mark], layout: Layout | None = None) -> tuple[Block, ...]:
    """Return the blocks as the layout says, with the marks over it, and with those that are like them."""
    if not marks and layout is None:
        return tuple(blocks)
    alone = frozenset(id_ for mark in marks if mark.alone for id_ in range(mark.first, mark.last + 1))
    now = with_what_hung(blocks, with_likeness(blocks, marks, layout), alone)
    return _with_labels([_with_what_was_read(block, was) for block, was in zip(now, blocks, strict=True)])


def _with_what_was_read(block: Block, was: Block) -> Block:
    """Return a block that is what the reader took it for with all that was read of it."""
    if not block.by or (block.role, block.of) != (was.role, was.of):
        return block
    return replace(was, by=block.by, like=block.like, doubt=block.doubt, kept=True)


def _with_labels(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks, those that were marked without the label at their head if another of their role has it too."""
    heads = [
        (block.role, head_of(block.text)) if block.is_changed and block.role in LABELLED else None for block in blocks
    ]
    times = Counter(heads)
    return tuple(
        replace(block, taken=(head[1],)) if head and head[1] and times[head] > 1 else block
        for block, head in zip(blocks, heads, strict=True)
    )


def followers(blocks: Sequence[Block], marks: Sequence[Mark], layout: Layout | None, mark: Mark) -> tuple[int, ...]:
    """Return the ids of the blocks that this mark would take with it, beside those that it names."""
    before, after = marked_blocks(blocks, marks, layout), marked_blocks(blocks, [*marks, mark], layout)
    return tuple(
        now.id
        for was, now in zip(before, after, strict=True)
        if not mark.first <= now.id <= mark.last and (was.role, was.of) != (now.role, now.of)
    )
