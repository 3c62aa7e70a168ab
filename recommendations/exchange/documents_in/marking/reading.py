"""What a document's blocks are, once a person has marked some: those marked, those like them, and the rest as read."""

from collections.abc import Sequence

from recommendations.exchange.documents_in.marking.blocks import Block
from recommendations.exchange.documents_in.marking.marks import Mark, apply_marks


def marked_blocks(blocks: Sequence[Block], marks: Sequence[Mark]) -> tuple[Block, ...]:
    """Return the blocks with the marks."""
    return apply_marks(blocks, marks)
