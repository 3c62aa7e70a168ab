"""Which recommendations a block is about, by where they stand: so that it can be said of blocks like it."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.groups import group_blocks, groups_named_by
from recommendations.exchange.documents_in.marking.roles import ANSWERS, BEGINS, BlockRole


class WhichRecommendation(StrEnum):
    """HERE is the recommendation above, BELOW the next that begins, OPEN all those above that have no answer yet."""

    HERE = "here"
    BELOW = "below"
    OPEN = "open"


def about_of(block: Block) -> WhichRecommendation:
    """Return which recommendations a block is about."""
    if not block.of:
        return WhichRecommendation.HERE
    if block.of[0] > block.id:
        return WhichRecommendation.BELOW
    return WhichRecommendation.OPEN if len(block.of) > 1 else WhichRecommendation.HERE


def with_about(blocks: Sequence[Block], abouts: dict[int, WhichRecommendation]) -> tuple[Block, ...]:
    """Return the blocks, those with these ids with the recommendations that they are about."""
    if not any(about != WhichRecommendation.HERE for about in abouts.values()):
        return tuple(blocks)
    groups = group_blocks(blocks)
    found = list(blocks)
    begun: list[int] = []
    answered: dict[BlockRole, set[int]] = {role: set() for role in ANSWERS}
    before: Block | None = None
    for place, block in enumerate(blocks):
        if block.id in groups.groups:
            begun.append(block.id)
        about = abouts.get(block.id, WhichRecommendation.HERE)
        if about == WhichRecommendation.BELOW:
            below = next((each.id for each in blocks[place + 1 :] if each.role in BEGINS), None)
            found[place] = replace(block, of=(below,) if below else ())
        elif about == WhichRecommendation.OPEN and block.role in ANSWERS and not groups_named_by(groups, block):
            same = before is not None and before.role == block.role and before.of
            open_ = tuple(id_ for id_ in begun if id_ not in answered[block.role])
            found[place] = replace(block, of=before.of if same and before else open_)
        if block.role in ANSWERS:
            answered[block.role].update(found[place].of or groups.about.get(block.id, ()))
        before = found[place]
    return tuple(found)
