"""Marks: what a person says that blocks are, in the order in which they were given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.roles import BlockRole


@dataclass(frozen=True)
class Mark:
    """Blocks `first` to `last` are `role`, of the recommendations that begin with blocks `of` (none: the one above).

    `alone`: blocks like them stay as they are.
    """

    first: int
    last: int
    role: BlockRole
    of: tuple[int, ...] = ()
    alone: bool = False

    def as_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"id": self.first, "role": self.role.value}
        data |= {"to": self.last} if self.last != self.first else {}
        data |= {"of": self.of[0] if len(self.of) == 1 else list(self.of)} if self.of else {}
        return data | ({"alone": True} if self.alone else {})


class WrongMark(ValueError):
    """A mark that can't be applied: says which and why."""


def marks_of_json(data: Any, number_of_blocks: int) -> list[Mark]:
    """Return the marks in a list of objects with "id" and "role", and perhaps "to", "of" and "alone".

    "of" is a number or a list of numbers. Raises WrongMark, which says what is wrong with which.
    """
    if not isinstance(data, list):
        raise WrongMark("The marks are not a list of objects with “id” and “role”.")
    return [_mark(place, each, number_of_blocks) for place, each in enumerate(data, start=1)]


def _mark(place: int, data: Any, number_of_blocks: int) -> Mark:
    if not isinstance(data, dict) or not {"id", "role"} <= set(data):
        raise WrongMark(f"Mark {place} is not an object with “id” and “role”.")
    of = data.get("of", [])
    ids = [data["id"], data.get("to", data["id"]), *(of if isinstance(of, list) else [of])]
    whole = all(isinstance(each, int) and not isinstance(each, bool) and 1 <= each <= number_of_blocks for each in ids)
    if not whole or ids[0] > ids[1]:
        raise WrongMark(f"Mark {place} names a block that the document does not have: it has {number_of_blocks}.")
    if not isinstance(data["role"], str) or data["role"] not in set(BlockRole):
        roles = ", ".join(BlockRole)
        raise WrongMark(f"Mark {place} has a role that there is not: {data['role']}. The roles are {roles}.")
    return Mark(ids[0], ids[1], BlockRole(data["role"]), tuple(ids[2:]), bool(data.get("alone")))


def apply_marks(blocks: Sequence[Block], marks: Iterable[Mark]) -> tuple[Block, ...]:
    """Return the blocks with the marks, the later over the earlier."""
    found = list(blocks)
    for mark in marks:
        for place in range(mark.first - 1, mark.last):
            found[place] = _marked(found[place], mark)
    return tuple(found)


def _marked(block: Block, mark: Mark) -> Block:
    """Return the block as it was marked. What is marked as it was read keeps what was read of it."""
    if mark.role == block.role and mark.of in ((), block.of):
        return replace(block, by="you", like=0, doubt="")
    return replace(block, role=mark.role, of=mark.of, taken=(), by="you", like=0, doubt="")
