"""Plays a person who puts a document right: they mark the first block that is wrong, look again, and are counted.

A second document in a layout is counted twice: with nothing remembered, and with the layouts of the first documents.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.groups import group_blocks
from recommendations.exchange.documents_in.marking.layouts import Layout, layout_of, likeliest
from recommendations.exchange.documents_in.marking.marks import Mark
from recommendations.exchange.documents_in.marking.reading import marked_blocks
from recommendations.exchange.documents_in.marking.roles import BlockRole
from recommendations.exchange.documents_in.marking.second_opinion import doubts
from recommendations.exchange.documents_in.sources.reading import FROM_DEATHS
from tests.readers.facts import facts_of
from tests.readers.reading import lines_of, read
from tests.readers.second_opinion import form_of
from tests.readers.source import Source
from tests.readers.truth import Truth, keys_of_groups, truths_of, wrong_blocks

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
    if all(BlockRole.NOTHING in {each.role, *each.as_well} for each in truths[place:]):
        return Mark(place + 1, len(truths), BlockRole.NOTHING)
    mark = Mark(place + 1, place + 1, truth.role)
    if not truth.about:
        return mark
    now = mark_it(mark)
    if place not in wrong_blocks(now, truths):
        return mark
    keys = keys_of_groups(now, truths, group_blocks(now).about)
    return Mark(place + 1, place + 1, truth.role, tuple(id_ for id_, key in keys.items() if key in truth.about))


@dataclass(frozen=True)
class Measured:
    """One file: which document, in what groups, and what was counted."""

    name: str
    groups: tuple[str, ...]
    counts: Counter[str]


def measure(
    documents: Sequence[Source], groups_of: Callable[[Source], Iterable[str]], *, by_rules: bool = True
) -> Iterable[Measured]:
    """Measure each file of each document. A twin whose first document is not among them is a document like others.

    Without `by_rules` nothing is read: what each block is, is left to marks and layouts alone.
    """
    names = {document.name for document in documents}
    layouts: list[tuple[Source, Layout]] = []
    for document in sorted(documents, key=lambda each: each.twin_of in names):
        is_second = document.twin_of in names
        groups = tuple(f"{group}, nothing remembered" if is_second else group for group in groups_of(document))
        for setting in document.files:
            name = f"{document.name} {setting}"
            blocks = blocks_of(read(document, lines_of(document, setting)))
            blocks = blocks if by_rules else _unread(blocks)
            truths = truths_of(document, blocks)
            played = play(blocks, truths)
            yield Measured(name, groups, _counts(document, blocks, truths, played))
            if is_second:
                yield _measured_by_layout(document, name, groups, blocks, truths, layouts)
            elif document.form not in set(FROM_DEATHS):
                layouts.append((document, layout_of(played.blocks)))


def _unread(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks as if nothing were known of them, but for what is withheld and what a page has around it."""
    kept = ("withheld", "furniture")
    return tuple(
        block if block.kind in kept else Block(block.id, block.line, BlockRole.UNSURE, kind="unplaced")
        for block in blocks
    )


def _measured_by_layout(
    document: Source,
    name: str,
    groups: Iterable[str],
    blocks: Sequence[Block],
    truths: Sequence[Truth],
    layouts: Sequence[tuple[Source, Layout]],
) -> Measured:
    firsts = [(first, layout) for first, layout in layouts if first.form == document.form]
    first, layout = likeliest(firsts, blocks) or (None, None)
    is_own = first is not None and first.name == document.twin_of
    played = play(blocks, truths, layout)
    counts = _counts(document, marked_blocks(blocks, [], layout), truths, played)
    counts.update(own=int(is_own), other=int(layout is not None and not is_own))
    by_layout = tuple(group.replace("nothing remembered", "remembered") for group in groups)
    return Measured(f"{name}, by layout", by_layout, counts)


def _counts(document: Source, blocks: Sequence[Block], truths: Sequence[Truth], played: Played) -> Counter[str]:
    wrong = {place + 1 for place in wrong_blocks(blocks, truths)}
    doubted = set(doubts(blocks, form_of(document)))
    number = len(played.marks)
    return Counter(
        files=1,
        blocks=len(blocks),
        recs=len(facts_of(document)["recommendations"]),
        wrong=len(wrong),
        marks=number,
        left=len(played.left),
        none=int(number == 0),
        three=int(number <= 3),
        ten=int(number <= 10),
        found=len(wrong & doubted),
        false=len(doubted - wrong),
    )


HEADS = ("files", "blocks", "recs", "wrong", "markings", "per rec", "left", "0", "≤ 3", "≤ 10", "doubts", "false")


def cells(counts: Counter[str]) -> list[str]:
    """The columns of `HEADS`: shares of files in hundredths, and of wrong and right blocks that are in doubt."""
    shares = [_share(counts[name], counts["files"]) for name in ("none", "three", "ten")]
    in_doubt = _share(counts["found"], counts["wrong"]), _share(counts["false"], counts["blocks"] - counts["wrong"])
    numbers = [str(counts[name]) for name in ("files", "blocks", "recs", "wrong", "marks")]
    per_rec = f"{counts['marks'] / counts['recs']:.2f}" if counts["recs"] else "-"
    return [*numbers, per_rec, str(counts["left"]), *shares, *in_doubt]


def _share(part: int, of: int) -> str:
    return f"{100 * part / of:.0f}%" if of else "-"
