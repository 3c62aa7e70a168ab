"""The blocks of a document that was read, as the reader took them."""

from collections.abc import Sequence
from dataclasses import replace

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.groups import group_blocks
from recommendations.exchange.documents_in.marking.roles import (
    ANSWERS,
    BEGINS,
    OF_A_RECOMMENDATION,
    ROLE_OF_KIND,
    BlockRole,
)
from recommendations.exchange.documents_in.results import Placed, ReadResponse

TIMES = 4  # what one block is said to be about can change what is above others


def blocks_of(read: ReadResponse) -> tuple[Block, ...]:
    """Return the blocks of a document in its order, as the reader took them."""
    first = first_blocks(read)
    blocks: list[Block] = []
    abouts: list[tuple[int, ...]] = []
    current = 0
    with_text: set[int] = set()
    for id_, each in enumerate(lines_in_order(read), start=1):
        about = tuple(first[label] for label in each.of if label in first)
        role = _role(each, about, with_text)
        if role == BlockRole.RECOMMENDATION:
            with_text.add(about[0])
        current = about[0] if role in BEGINS and about else current
        by_position = role in OF_A_RECOMMENDATION | ANSWERS and about == (current,)
        blocks.append(Block(id_, each.line, role, () if by_position else about, each.taken, each.kind, each.doubt))
        abouts.append(about)
    return _with_what_position_does_not_say(blocks, abouts)


def _with_what_position_does_not_say(blocks: list[Block], abouts: Sequence[tuple[int, ...]]) -> tuple[Block, ...]:
    """Return the blocks, those for which the recommendation above is not right with those that are."""
    for _ in range(TIMES):
        by_position = group_blocks(blocks).about
        wrong = [n for n, about in enumerate(abouts) if about and by_position.get(n + 1, ()) != about]
        if all(blocks[n].of == abouts[n] for n in wrong):
            break
        for n in wrong:
            blocks[n] = replace(blocks[n], of=abouts[n])
    return tuple(blocks)


def first_blocks(read: ReadResponse) -> dict[str, int]:
    """Return the first block of each recommendation, by its label. One that is only answered has -1, -2 ..."""
    placed = lines_in_order(read)
    found: dict[str, int] = {}
    for begins in (True, False):  # one that only has parts is known by the first of them
        for id_, each in enumerate(placed, start=1):
            if each.of and (each.kind in ("number", "text", "heading") if begins else each.kind == "part"):
                found.setdefault(each.of[0], id_)
    answered = [rec.label for rec in read.recommendations if rec.label not in found]
    return found | {label: -number for number, label in enumerate(answered, start=1)}


def lines_in_order(read: ReadResponse) -> list[Placed]:
    """Return the lines, or parts of them, in the order of the document."""
    return sorted(read.placed, key=lambda each: each.line.number)


def _role(placed: Placed, about: tuple[int, ...], with_text: set[int]) -> BlockRole:
    role = ROLE_OF_KIND.get(placed.kind, BlockRole.NOTHING)
    if role in (BlockRole.ADDRESSEES, BlockRole.DEADLINE) and not placed.of:
        return BlockRole.NOTHING  # the document's own
    if role == BlockRole.CHIEF and placed.of:
        return BlockRole.FORCE
    if role == BlockRole.RECOMMENDATION and about and about[0] in with_text:
        return BlockRole.MORE
    return role
