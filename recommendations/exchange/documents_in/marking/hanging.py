"""What hung on a recommendation that is none any more: its parts go where it went, and so do the answers to it."""

from collections.abc import Sequence
from dataclasses import replace

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.groups import Assembly
from recommendations.exchange.documents_in.marking.roles import ANSWERS, BEGINS, OF_A_RECOMMENDATION, BlockRole

HUNG = "the recommendation that it belonged to is none now"
TAKES_ITS_PARTS = ANSWERS | {BlockRole.NARRATIVE, BlockRole.NOTHING, BlockRole.CHIEF, BlockRole.REPLY}


def with_what_hung(as_read: Assembly, now: Sequence[Block], alone: frozenset[int]) -> tuple[Block, ...]:
    """Return the blocks, those that hung on what is no recommendation any more with what they are then.

    `as_read` has the blocks as the reader took them. What was marked, or is like what was, stays; so does what hung on
    a block that was marked `alone`, with a doubt.
    """
    found = list(now)
    for group in as_read.groups.values():
        began = [block.id for block in group.blocks if block.role in BEGINS]
        if not began or any(now[id_ - 1].role in OF_A_RECOMMENDATION for id_ in began):
            continue
        gone = now[began[-1] - 1]
        for block in group.blocks:
            if block.id not in began and not now[block.id - 1].by:
                role = gone.role if gone.role in TAKES_ITS_PARTS else BlockRole.UNSURE
                found[block.id - 1] = _moved(now[block.id - 1], gone, role, alone)
        for block in (*as_read.comments.get((group.id,), ()), *group.answers):
            if not now[block.id - 1].by and gone.role not in ANSWERS:
                role = BlockRole.NARRATIVE if gone.role == BlockRole.NARRATIVE else BlockRole.UNSURE
                found[block.id - 1] = _moved(now[block.id - 1], gone, role, alone)
    return _about_what_begins_later(as_read, found)


def _about_what_begins_later(as_read: Assembly, now: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks, those about a recommendation whose heading is none any more about where it begins now."""
    later: dict[int, int] = {}
    for group in as_read.groups.values():
        begun = [block.id for block in group.blocks if block.role in BEGINS]
        still = [id_ for id_ in begun if now[id_ - 1].role in OF_A_RECOMMENDATION]
        if still and still[0] != begun[0]:
            later[begun[0]] = still[0]
    return tuple(
        replace(block, of=tuple(later.get(id_, id_) for id_ in block.of)) if later.keys() & set(block.of) else block
        for block in now
    )


def _moved(block: Block, gone: Block, role: BlockRole, alone: frozenset[int]) -> Block:
    if gone.id in alone:
        return replace(block, doubt=HUNG)
    doubt = HUNG if role == BlockRole.UNSURE else ""
    return replace(block, role=role, of=gone.of, taken=(), by="like", like=gone.like or gone.id, doubt=doubt)
