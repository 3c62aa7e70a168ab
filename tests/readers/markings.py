"""Plays a person who puts a document right: they mark the first block that is wrong, look again, and are counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recommendations.exchange.documents_in.marking.blocks import Block
from recommendations.exchange.documents_in.marking.groups import group_blocks
from recommendations.exchange.documents_in.marking.layouts import Layout
from recommendations.exchange.documents_in.marking.marks import Mark
from recommendations.exchange.documents_in.marking.reading import marked_blocks
from recommendations.exchange.documents_in.marking.roles import Role
from tests.readers.truth import Truth, keys_of_groups, wrong_blocks

MOST = 400


@dataclass(frozen=True)
class Played:
    """The marks that were needed, the blocks that they left, and those of them that no mark puts right."""

    marks: tuple[Mark, ...]
    blocks: tuple[Block, ...]
    left: tuple[int, ...]


def play(blocks: Sequence[Block], truths: Sequence[Truth], layout: Layout | None = None) -> Played:
    """Return what a person marks who knows the truth. A block that stays wrong is marked once and then passed over."""
    marks: list[Mark] = []
    tried: set[int] = set()
    while len(marks) < MOST:
        now = marked_blocks(blocks, marks, layout)
        wrong = wrong_blocks(now, truths)
        place = next((each for each in wrong if each not in tried), None)
        if place is None:
            return Played(tuple(marks), now, tuple(wrong))
        tried.add(place)
        marks.append(_mark(place, truths, lambda mark: marked_blocks(blocks, [*marks, mark], layout)))
    raise RuntimeError("A document needs more marks than a person would make.")


def _mark(place: int, truths: Sequence[Truth], mark_it: Callable[[Mark], tuple[Block, ...]]) -> Mark:
    """Return the mark for a block: what it is and, if that isn't enough, of which recommendations."""
    truth = truths[place]
    if all(Role.NOTHING in {each.role, *each.as_well} for each in truths[place:]):
        return Mark(place + 1, len(truths), Role.NOTHING)
    mark = Mark(place + 1, place + 1, truth.role)
    if not truth.about:
        return mark
    now = mark_it(mark)
    if place not in wrong_blocks(now, truths):
        return mark
    keys = keys_of_groups(now, truths, group_blocks(now).about)
    return Mark(place + 1, place + 1, truth.role, tuple(id_ for id_, key in keys.items() if key in truth.about))
