"""The blocks of a document by recommendation, answer and role."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.roles import ANSWERS, BEGINS, OF_A_RECOMMENDATION, BlockRole
from recommendations.exchange.documents_in.references import those_named_first
from recommendations.exchange.documents_in.vocabulary import DIGITS, RECOMMENDATION, plain

HEAD = re.compile(r"^[^:.–—]{1,60}(?::|\s[-–—])\s")


@dataclass
class Group:
    """A recommendation and its blocks; `id` is that of the first. `answers` are the force's words on it."""

    id: int
    blocks: list[Block] = field(default_factory=list)
    answers: list[Block] = field(default_factory=list)
    kind: str = RECOMMENDATION
    number: str = ""
    is_answered: bool = False  # by a block below it
    answered_at: int = 0  # the block that answers it, of one that the document has no other words of

    @property
    def has_text(self) -> bool:
        return any(block.role == BlockRole.RECOMMENDATION for block in self.blocks)

    def blocks_of_roles(self, roles: Collection[BlockRole]) -> list[Block]:
        return [block for block in self.blocks if block.role in roles]


@dataclass
class Assembly:
    """The blocks in their groups. `comments` are keyed by the recommendations that they answer, `about` has those that
    each block is about, and `instead` what a block is that is about none though its role asks for one.
    """

    blocks: Sequence[Block]
    groups: dict[int, Group] = field(default_factory=dict)
    comments: dict[tuple[int, ...], list[Block]] = field(default_factory=dict)
    about: dict[int, tuple[int, ...]] = field(default_factory=dict)
    rest: dict[BlockRole, list[Block]] = field(default_factory=dict)
    instead: dict[int, BlockRole] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[tuple[str, str], int]:
        """The recommendations by kind and number, once each has them."""
        return {(group.kind, group.number.removeprefix("AFI ")): id_ for id_, group in self.groups.items()}

    def leave(self, block: Block, role: BlockRole | None = None) -> None:
        """Take a block for what no recommendation has: its own role, or another where there is no recommendation."""
        if role is not None:
            self.instead[block.id] = role
        self.rest.setdefault(role or block.role, []).append(block)


def group_blocks(blocks: Sequence[Block]) -> Assembly:
    """Return the blocks by recommendation, comment and role, in the order of the document."""
    assembly = Assembly(blocks)
    current: Group | None = None
    answers: list[tuple[Block, Group | None]] = []
    still = {block.id for block in blocks if block.role in OF_A_RECOMMENDATION}
    for block in blocks:
        if block.role in OF_A_RECOMMENDATION:
            if not still.issuperset(block.of):
                block = replace(block, of=tuple(each for each in block.of if each in still))
            current = _add_to_recommendation(assembly, block, current)
        elif block.role in ANSWERS:
            answers.append((block, current))
            if current and not block.of:
                current.is_answered = True
        else:
            assembly.leave(block)
    for block, _ in answers:
        for id_ in block.of:
            if id_ < 0:
                assembly.groups.setdefault(id_, Group(id_, answered_at=block.id))
    for block, above in answers:  # an answer may stand before what it answers
        _add_answer(assembly, block, above)
    assembly.groups = {
        id_: group for id_, group in sorted(assembly.groups.items(), key=_place) if group.blocks or id_ < 0
    }
    return assembly


def _place(item: tuple[int, Group]) -> int:
    """Return where a recommendation stands: at its first block, or at the first answer to it."""
    _, group = item
    return group.blocks[0].id if group.blocks else group.answered_at


def _add_to_recommendation(assembly: Assembly, block: Block, current: Group | None) -> Group | None:
    if block.of:
        id_ = _group_of(assembly, block.of[0])
        group = assembly.groups.setdefault(id_, Group(id_))
    elif block.role in BEGINS and not _goes_on(block, current):
        returned = _earlier_of_same_number(assembly, block) if block.role == BlockRole.NUMBER else None
        if returned is not None:
            assembly.leave(block, BlockRole.NOTHING)
            return returned
        group = assembly.groups.setdefault(block.id, Group(block.id))
    elif current is None:
        assembly.leave(block, BlockRole.UNSURE)
        return None
    else:
        group = current
    group.blocks.append(block)
    if block.role in BEGINS and (start := block.start) and (start.number or start.kind):
        group.kind, group.number = start.kind or group.kind, group.number or start.number
    assembly.about[block.id] = (group.id,)
    goes_on_here = not block.of or block.role in BEGINS or bool(block.by)
    return group if goes_on_here else current


def _group_of(assembly: Assembly, id_: int) -> int:
    """Return the recommendation that this block is now part of, by its first block."""
    return assembly.about.get(id_, (id_,))[0]


def _goes_on(block: Block, current: Group | None) -> bool:
    """Whether what begins here is the text of the number or heading just above."""
    if current is None or current.has_text or current.is_answered:
        return False
    if block.role == BlockRole.RECOMMENDATION:
        return True
    return not current.blocks_of_roles({block.role})


def _earlier_of_same_number(assembly: Assembly, block: Block) -> Group | None:
    """Return the recommendation that this number names again, as above its answer in another part of the document."""
    if not block.is_changed:
        return None
    number = block.start.number if block.start else ""
    same = [group for group in assembly.groups.values() if number and group.number == number and group.has_text]
    return same[-1] if same else None


def _add_answer(assembly: Assembly, block: Block, above: Group | None) -> None:
    about = _answered(assembly, block, above)
    if not about:
        assembly.leave(block, BlockRole.UNSURE if block.role == BlockRole.COMMENT else BlockRole.CHIEF)
        return
    assembly.about[block.id] = about
    if block.role == BlockRole.COMMENT:
        assembly.comments.setdefault(about, []).append(block)
    else:
        for id_ in about:
            assembly.groups[id_].answers.append(block)


def _answered(assembly: Assembly, block: Block, above: Group | None) -> tuple[int, ...]:
    """Return the recommendations that a block answers: those that were said, that it names, or the one above."""
    said = dict.fromkeys(_group_of(assembly, id_) for id_ in block.of)
    if said := {id_: None for id_ in said if id_ in assembly.groups}:
        return tuple(said)
    return (groups_named_by(assembly, block) if block.is_changed else ()) or ((above.id,) if above else ())


def groups_named_by(assembly: Assembly, block: Block) -> tuple[int, ...]:
    """Return the recommendations that an answer names where it begins: "Response to 1 and 2:", "What we do, 3:", "As to
    area 2, we ...".
    """
    groups = assembly.by_name
    scope = block.label.scope if block.label else ()
    named = [(kind, (number or "").removeprefix("AFI ")) for kind, number in scope]
    if not named and (head := HEAD.match(plain(block.text))):
        named = [(RECOMMENDATION, number) for number in re.findall(DIGITS, head[0])]
    named = named or those_named_first(block.text, groups)
    return tuple(groups[each] for each in named) if all(each in groups for each in named) else ()
