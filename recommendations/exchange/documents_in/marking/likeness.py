"""Blocks like those that were marked, or like those of a layout that was remembered, are read as they were."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from recommendations.exchange.documents_in.marking.blocks import Block
from recommendations.exchange.documents_in.marking.features import Looks, features_of
from recommendations.exchange.documents_in.marking.layouts import NEXT, Layout
from recommendations.exchange.documents_in.marking.marks import Mark, apply_marks
from recommendations.exchange.documents_in.marking.roles import BEGINS, Role

LIKE_ENOUGH = 0.60
CLEARLY_LIKE = 0.75
WEAKLY_LIKE = "read as in the layout that was remembered, though it is not quite like it"
BELOW = -1  # the recommendation that begins below


class Likeness:
    """The blocks of a document that are settled, and those below them being read as they were.

    `settled` has, for each look, the place of the last block that has it, or -1, -2 ... for those of the layout.
    """

    def __init__(self, blocks: Sequence[Block], layout: Layout | None) -> None:
        self.now = list(blocks)
        self.remembered = layout.blocks if layout else ()
        found, rows = features_of(blocks), [block.features for block in self.remembered]
        looks = Looks(found, rows)
        self.looks = [looks.look(features) for features in found]
        self.before = {role: looks.role_before(role) for role in ("", *Role)}
        self.of_layout = {
            (bits | self.before[block.role_before], size): -number
            for number, (block, (bits, size)) in enumerate(
                zip(self.remembered, map(looks.look, rows), strict=True), start=1
            )
        }
        self.settled = dict(self.of_layout)
        self.alone: set[int] = set()
        self.furthest = 0

    def mark(self, mark: Mark) -> None:
        """Mark blocks. What was passed over on the way to them is settled as it is."""
        self.read_on(mark.last)
        self.now = list(apply_marks(self.now, [mark]))
        changed = range(mark.first - 1, mark.last)
        (self.alone.update if mark.alone else self.alone.difference_update)(changed)
        self.furthest = max(self.furthest, mark.last)
        self.settled = dict(self.of_layout)
        for place in range(self.furthest):
            if place not in self.alone:
                look = self._look(place)
                self.settled.pop(look, None)  # the nearest above is the last
                self.settled[look] = place

    def read_on(self, last: int) -> None:
        """Read the blocks that are not settled, to this one, as the likest that is."""
        if not self.settled:
            return
        settled = list(self.settled.items())[::-1]
        known: dict[tuple[int, int], tuple[int, float]] = {}
        for place in range(self.furthest, last):
            look = self._look(place)
            if look not in known:
                bits, size = look
                alike = [2 * (bits & other).bit_count() / (size + of) for (other, of), _ in settled]
                best = max(alike)
                known[look] = settled[alike.index(best)][1], best
            like, best = known[look]
            if best >= LIKE_ENOUGH:
                self.now[place] = self._read_as(self.now[place], like, best)

    def _look(self, place: int) -> tuple[int, int]:
        bits, size = self.looks[place]
        return bits | self.before[self.now[place - 1].role if place else ""], size

    def _read_as(self, block: Block, like: int, alike: float) -> Block:
        if block.kind == "withheld":
            return block
        if like < 0:
            remembered = self.remembered[-like - 1]
            of = (BELOW,) if remembered.about == NEXT else ()
            doubt = "" if alike >= CLEARLY_LIKE else WEAKLY_LIKE
            same = block.role == remembered.role
            return block if same else replace(block, role=remembered.role, of=of, taken=(), by="layout", doubt=doubt)
        other = self.now[like]
        of = (BELOW,) if other.of and (other.of[0] > other.id or other.of[0] == BELOW) else ()
        if not other.by or (block.role == other.role and block.of == of):
            return block
        by = "layout" if other.by == "layout" else "like"
        source = 0 if by == "layout" else other.like or other.id
        return replace(block, role=other.role, of=of, taken=(), by=by, like=source, doubt="")


def with_likeness(blocks: Sequence[Block], marks: Iterable[Mark], layout: Layout | None = None) -> tuple[Block, ...]:
    """Return the blocks with the marks, and those below them that are like a settled one as that one.

    Settled are the blocks of the layout, those that were marked, and those that were passed over on the way to the
    furthest mark.
    """
    reading = Likeness(blocks, layout)
    for mark in marks:
        reading.mark(mark)
    reading.read_on(len(blocks))
    return tuple(_with_what_is_below(reading.now))


def _with_what_is_below(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, with where the next recommendation begins for those that are about it."""
    found, below = [], 0
    for block in reversed(blocks):
        found.append(replace(block, of=(below,) if below else ()) if block.of == (BELOW,) else block)
        if block.role in BEGINS:
            below = block.id
    return found[::-1]
