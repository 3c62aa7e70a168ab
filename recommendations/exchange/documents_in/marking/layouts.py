"""A document's layout: how its blocks look and what they were, so that the next one is read in the same way.

It has no words of the document: of a short label there is a check number (see `features`). What may name a person in
a document about a death is left out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from recommendations.exchange.documents_in.marking.about import WhichRecommendation, about_of
from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.features import WEIGHTS, Features, Looks, features_of
from recommendations.exchange.documents_in.marking.roles import BlockRole

VERSION = 1
SAME_LAYOUT = 0.70
MOST_BLOCKS = 5000
MOST_COMPARED = 200  # of a long document every second, third ... block is enough to know its layout
FEATURES = tuple(name for name in WEIGHTS if name != "role_before")


@dataclass(frozen=True)
class LayoutBlock:
    """Blocks of one look. `role_before` is what stands above them, `about` which recommendation they are about."""

    role: BlockRole
    role_before: str
    about: WhichRecommendation
    look: tuple[tuple[str, str | int], ...]

    @property
    def features(self) -> Features:
        return dict(self.look)


@dataclass(frozen=True)
class Layout:
    """The looks of a document's blocks, each once."""

    blocks: tuple[LayoutBlock, ...]

    def as_json(self) -> dict[str, Any]:
        rows = [
            [block.role.value, block.role_before, block.about.value, *(block.features.get(name) for name in FEATURES)]
            for block in self.blocks
        ]
        return {"version": VERSION, "columns": ["role", "role_before", "about", *FEATURES], "blocks": rows}


class WrongLayout(ValueError):
    """A layout that can't be used: says why."""


def layout_of_json(data: Any) -> Layout:
    """Return the layout in what `as_json` gave. Raises WrongLayout, which says what is wrong."""
    if not isinstance(data, dict) or not {"version", "columns", "blocks"} <= set(data):
        raise WrongLayout("This is not a layout: it has no “version”, “columns” and “blocks”.")
    if data["version"] != VERSION:
        raise WrongLayout(f"This layout is of version {data['version']}. Only version {VERSION} can be used.")
    columns, rows = data["columns"], data["blocks"]
    if not isinstance(columns, list) or columns[:3] != ["role", "role_before", "about"]:
        raise WrongLayout("The columns of this layout do not begin with “role”, “role_before” and “about”.")
    if unknown := [str(name) for name in columns[3:] if name not in FEATURES]:
        raise WrongLayout(f"This layout has columns that are not known: {', '.join(unknown)}.")
    if not isinstance(rows, list) or not rows:
        raise WrongLayout("This layout has no blocks.")
    if len(rows) > MOST_BLOCKS:
        raise WrongLayout(f"This layout has {len(rows)} blocks. At most {MOST_BLOCKS} can be used.")
    return Layout(tuple(_block(place, row, columns) for place, row in enumerate(rows, start=1)))


def _block(place: int, row: Any, columns: list[str]) -> LayoutBlock:
    if not isinstance(row, list) or len(row) != len(columns):
        raise WrongLayout(f"Block {place} of this layout does not have {len(columns)} values.")
    role, before, about, *look = row
    if not all(isinstance(each, str) for each in (role, before, about)):
        raise WrongLayout(f"Block {place} of this layout has a role that is not a word.")
    if role not in set(BlockRole) or before not in {"", *BlockRole} or about not in set(WhichRecommendation):
        raise WrongLayout(f"Block {place} of this layout has a role that is not known: {role}, {before}, {about}.")
    if not all(each is None or (isinstance(each, str | int) and len(str(each)) <= 40) for each in look):
        raise WrongLayout(f"Block {place} of this layout has a value that is not a short text or a number.")
    kept = tuple((name, each) for name, each in zip(columns[3:], look, strict=True) if each is not None)
    return LayoutBlock(BlockRole(role), before, WhichRecommendation(about), kept)


def layout_of(blocks: Sequence[Block]) -> Layout:
    """Return the layout of a document whose blocks are right. Of blocks that look the same it keeps what most are."""
    counts: dict[tuple[str, tuple[tuple[str, str | int], ...]], Counter[tuple[BlockRole, WhichRecommendation]]] = {}
    before = ""
    for block, features in zip(blocks, features_of(blocks), strict=True):
        if block.kind != "withheld":
            about = about_of(block)
            look = tuple((name, features[name]) for name in FEATURES if name in features)
            counts.setdefault((before, look), Counter())[block.role, about] += 1
        before = block.role.value
    return Layout(
        tuple(
            LayoutBlock(role, role_before, about, look)
            for (role_before, look), found in counts.items()
            for (role, about), _ in found.most_common(1)
        )
    )


def likeness_to(layout: Layout, features: Sequence[Features]) -> float:
    """Return how like blocks are to the layout, from 0 to 1: the mean of each one's likeness to the likest."""
    rows = [block.features for block in layout.blocks]
    looks = Looks(rows, features)
    remembered = list(dict.fromkeys(map(looks.look, rows)))
    counted = Counter(map(looks.look, features))
    alike = 0.0
    for (bits, size), times in counted.items():
        alike += times * max([2 * (bits & other).bit_count() / (size + of) for other, of in remembered])
    return alike / len(features) if features else 0.0


def likeliest[Where](layouts: Iterable[tuple[Where, Layout]], blocks: Sequence[Block]) -> tuple[Where, Layout] | None:
    """Return the layout that the blocks are likest, with where it is from; None if none is like enough."""
    found = features_of(blocks)
    found = found[:: len(found) // MOST_COMPARED + 1]
    alike = [(likeness_to(each[1], found), place, each) for place, each in enumerate(layouts)]
    best = max(alike, default=None, key=lambda each: each[:2])
    return best[2] if best and best[0] >= SAME_LAYOUT else None
