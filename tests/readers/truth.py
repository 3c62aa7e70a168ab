"""What each block of a fictional document is in truth, from what its source says of each line."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.groups import group_blocks
from recommendations.exchange.documents_in.marking.roles import ANSWERS, BEGINS, OF_A_RECOMMENDATION, BlockRole
from recommendations.exchange.documents_in.recommendation_starts import read_any_start
from tests.readers.score import words_of
from tests.readers.source import Source, SourceLine

NOT_ON_PAPER = ("raw", "box", "endbox", "foot")
ROLES = {
    "title": BlockRole.TITLE,
    "narr": BlockRole.NARRATIVE,
    "rec": BlockRole.RECOMMENDATION,
    "part": BlockRole.PART,
    "head": BlockRole.HEADING,
    "com": BlockRole.COMMENT,
    "chief": BlockRole.FORCE,
    "reply": BlockRole.REPLY,
    "note": BlockRole.NOTE,
    "num": BlockRole.NUMBER,
}
ASIDE = frozenset(
    {BlockRole.NOTHING, BlockRole.DAY, BlockRole.DEADLINE, BlockRole.ADDRESSEES, BlockRole.NUMBER, BlockRole.UNSURE}
)
TEXT = frozenset(
    {BlockRole.RECOMMENDATION, BlockRole.MORE, BlockRole.PART}
)  # all of them are its words, in their order

CODE_OF_A_FIELD = re.compile(r"Field [A-Z]\d")  # it numbers no recommendation
SAID = ANSWERS | {BlockRole.NARRATIVE, BlockRole.CHIEF, BlockRole.REPLY}  # a label among these words does no harm


@dataclass(frozen=True)
class Truth:
    """A block's role, the roles that do as well, and the recommendations that it is about (by their keys)."""

    role: BlockRole
    as_well: frozenset[BlockRole] = frozenset()
    about: tuple[str, ...] = ()
    is_label: bool = False


NOBODYS = Truth(BlockRole.NOTHING, ASIDE)


def truths_of(source: Source, blocks: Sequence[Block]) -> list[Truth]:
    """Return what each block is in truth. Furniture of a page, which no source line says, is nothing."""
    lines = [line for line in source.lines if line.setting not in NOT_ON_PAPER]
    begun: set[str] = set()
    found = []
    for counts in _lines_of_blocks(lines, blocks):
        is_content = any(content for _, content in counts)
        most = counts.most_common()
        best = max(most, key=lambda each: (each[0][1] == is_content, each[1]))[0][0] if most else None
        truth = _truth(source, lines, best, is_content=is_content) if best is not None else NOBODYS
        if truth.role == BlockRole.RECOMMENDATION:
            as_well = TEXT if truth.about[0].startswith("r") else TEXT | {BlockRole.HEADING}
            truth = Truth(BlockRole.MORE if truth.about[0] in begun else truth.role, as_well, truth.about)
            begun.update(truth.about)
        found.append(truth)
    return found


def _lines_of_blocks(lines: Sequence[SourceLine], blocks: Sequence[Block]) -> list[Counter[tuple[int, bool]]]:
    """Return, for each block, how many of its words are of each line, and whether they are content."""
    true = [
        (word, number, is_content)
        for number, line in enumerate(lines)
        for words, is_content in line.runs
        for word in words_of(words)
    ]
    read = [(word, place) for place, block in enumerate(blocks) for word in words_of(block.printed)]
    found: list[Counter[tuple[int, bool]]] = [Counter() for _ in blocks]
    matcher = SequenceMatcher(None, [word for word, *_ in true], [word for word, _ in read], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for (_, number, is_content), (_, place) in zip(true[a : a + size], read[b : b + size], strict=True):
            found[place][number, is_content] += 1
    return found


def _truth(source: Source, lines: Sequence[SourceLine], number: int, *, is_content: bool) -> Truth:
    line = lines[number]
    if line.role == "chief" and not line.about:
        return Truth(BlockRole.CHIEF)
    if line.role == "cut":
        return Truth(BlockRole.UNSURE, ASIDE)
    if line.role == "part" and is_content:
        return Truth(BlockRole.PART, TEXT, line.about)
    if line.role in ROLES and (is_content or line.role == "num"):
        return Truth(ROLES[line.role], frozenset(), line.about)
    if line.role in ("own", "name"):
        return Truth(BlockRole.NOTHING)
    named = _named_below(lines, number)
    if line.role == "label" or not is_content:
        if named:
            return Truth(BlockRole.NUMBER, frozenset({BlockRole.ADDRESSEES}), named, is_label=True)
        title, said = set(words_of(source.facts.get("title", ""))), set(words_of(line.text))
        titled = bool(title) and (said <= title or title <= said)
        return Truth(BlockRole.NOTHING, ASIDE | {BlockRole.TITLE} if titled else ASIDE, (), is_label=True)
    return NOBODYS


def _named_below(lines: Sequence[SourceLine], number: int) -> tuple[str, ...]:
    """Return the recommendation whose number this line says and which begins below it."""
    text = lines[number].text
    start = read_any_start(text) if text[:1].isalpha() and not CODE_OF_A_FIELD.match(text) else None
    if start is None or start.bare or not start.number:
        return ()
    for line in lines[number + 1 :]:
        if line.about:
            first = line.about[:1]
            begins = line.role in ("rec", "head", "part", "num") and not any(
                first[0] in each.about for each in lines[:number]
            )
            return first if begins and first[0][1:].rstrip("~") == start.number.removeprefix("AFI ") else ()
    return ()


def wrong_blocks(blocks: Sequence[Block], truths: Sequence[Truth]) -> list[int]:
    """Return the places of the blocks that are not what they are in truth."""
    about = group_blocks(blocks).about
    keys = keys_of_groups(blocks, truths, about)
    return [
        place
        for place, (block, truth) in enumerate(zip(blocks, truths, strict=True))
        if not _is_right(block, truth, tuple(keys.get(id_, "") for id_ in about.get(block.id, ())))
    ]


def keys_of_groups(
    blocks: Sequence[Block], truths: Sequence[Truth], about: dict[int, tuple[int, ...]]
) -> dict[int, str]:
    """Return which recommendation each group of blocks is: that of its first block that is part of one in truth."""
    keys: dict[int, str] = {}
    for roles in ({BlockRole.RECOMMENDATION, BlockRole.MORE, BlockRole.PART}, OF_A_RECOMMENDATION):
        for block, truth in zip(blocks, truths, strict=True):
            group, key = about.get(block.id, ()), truth.about[:1]
            if (
                block.role in OF_A_RECOMMENDATION
                and truth.role in roles
                and group
                and key
                and key[0] not in keys.values()
            ):
                keys.setdefault(group[0], key[0])
    for block, truth in zip(blocks, truths, strict=True):  # one of which the document has no words but the answer
        if block.role in ANSWERS and len(truth.about) == 1 and truth.about[0] not in keys.values():
            for group in about.get(block.id, ()):
                keys.setdefault(group, truth.about[0])
    return keys


def _is_right(block: Block, truth: Truth, about: tuple[str, ...]) -> bool:
    if block.role in BEGINS and about == ("",):  # begins a recommendation that there is not
        return False
    if truth.is_label and not truth.about and (not _says(block) or block.role in SAID):
        return True
    if block.role != truth.role and block.role not in truth.as_well:
        return False
    return block.role not in OF_A_RECOMMENDATION | ANSWERS or not truth.about or set(about) == set(truth.about)


def _says(block: Block) -> str:
    """Return the block's words without those that only say what it is."""
    return block.content if block.by or block.role != BlockRole.NUMBER else ""
