"""The blocks of a document that was read: its lines, or parts of lines, each with what it was taken for."""

from collections.abc import Sequence
from dataclasses import dataclass

from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.marking.roles import ANSWERS, BEGINS, ROLE_OF_KIND, Role
from recommendations.exchange.documents_in.results import Placed, ReadResponse


@dataclass(frozen=True)
class Block:
    """A block. `id` counts from 1 in the order of the document; `line` has the block's own text.

    `of` are the first blocks of the recommendations that it is about, and empty where those are the one above it.
    `taken` are its words that only say what it is. `kind` is the reader's place for it, `doubt` why it might belong
    elsewhere. `by` is who took it for what it is: "" for the reader, "you" for a person, "like" for one that was read
    as block `like`, and "layout" for a layout that was remembered.
    """

    id: int
    line: DocumentLine
    role: Role
    of: tuple[int, ...] = ()
    taken: tuple[str, ...] = ()
    kind: str = ""
    doubt: str = ""
    by: str = ""
    like: int = 0

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def printed(self) -> str:
        """The text with its bullet."""
        return f"{self.line.mark} {self.text}" if self.line.mark else self.text


def blocks_of(read: ReadResponse) -> tuple[Block, ...]:
    """Return the blocks of a document in its order, as the reader took them."""
    placed = sorted(read.placed, key=lambda each: each.line.number)
    first = _first_blocks(placed)
    blocks: list[Block] = []
    current = 0
    with_text: set[int] = set()
    for id_, each in enumerate(placed, start=1):
        about = tuple(first[label] for label in each.of if label in first)
        role = _role(each, about, with_text)
        if role == Role.RECOMMENDATION:
            with_text.add(about[0])
        begins = role in BEGINS and about == (id_,)
        current = about[0] if role in BEGINS and about else current
        by_position = begins or (about == (current,) and _follows_by_position(role))
        blocks.append(Block(id_, each.line, role, () if by_position else about, each.taken, each.kind, each.doubt))
    return tuple(blocks)


def _first_blocks(placed: Sequence[Placed]) -> dict[str, int]:
    """Return the first block of each recommendation, by its label."""
    found: dict[str, int] = {}
    for begins in (True, False):  # one that only has parts is known by the first of them
        for id_, each in enumerate(placed, start=1):
            if each.of and (each.kind in ("number", "text", "heading") if begins else each.kind == "part"):
                found.setdefault(each.of[0], id_)
    return found


def _role(placed: Placed, about: tuple[int, ...], with_text: set[int]) -> Role:
    role = ROLE_OF_KIND.get(placed.kind, Role.NOTHING)
    if role == Role.CHIEF and placed.of:
        return Role.FORCE
    if role == Role.RECOMMENDATION and about and about[0] in with_text:
        return Role.MORE
    return role


def _follows_by_position(role: Role) -> bool:
    return role in BEGINS or role in ANSWERS or role in (Role.MORE, Role.PART, Role.DEADLINE, Role.ADDRESSEES)
