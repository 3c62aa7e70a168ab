"""Assemble a response or report from its blocks: what the reader read stays where no block of it was marked."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from recommendations.deadlines import Deadline, find_deadline, read_deadline
from recommendations.exchange.documents_in.accounting import accounting_problems
from recommendations.exchange.documents_in.addressees import find_addressees
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.blocks import first_blocks
from recommendations.exchange.documents_in.marking.groups import Assembly, Group
from recommendations.exchange.documents_in.marking.roles import (
    KIND_OF_ROLE,
    BlockRole,
)
from recommendations.exchange.documents_in.parts import PARAGRAPHS, DocumentParts, Rec, join_with_and
from recommendations.exchange.documents_in.responses.reading import without_a_guess
from recommendations.exchange.documents_in.responses.recommendation_rules import deadline_first
from recommendations.exchange.documents_in.results import (
    Placed,
    ReadComment,
    ReadFootnote,
    ReadRecommendation,
    ReadResponse,
)

SAYS_WHEN = frozenset(
    {
        BlockRole.RECOMMENDATION,
        BlockRole.MORE,
        BlockRole.HEADING,
        BlockRole.NUMBER,
        BlockRole.DEADLINE,
        BlockRole.ADDRESSEES,
    }
)


def assemble(
    read: ReadResponse,
    was: Assembly,
    now: Assembly,
    lines: Iterable[DocumentLine] | None = None,
    published_on: date | None = None,
) -> ReadResponse:
    """Return what the blocks say now. `read` is the reader's result, and `was` its blocks as the reader took them;
    deadlines count from `published_on`, or else from the day in the document. With `lines`, every word is accounted for
    again.
    """
    first = first_blocks(read)
    day = published_on or read.published_on
    as_read = {
        first[rec.label]: rec if day == read.published_on else _counted_from(day, rec)
        for rec in read.recommendations
        if first.get(rec.label) in was.groups
    }
    labels = _labels(now, was, as_read)
    found = [_recommendation(group, was.groups.get(id_), as_read.get(id_), day) for id_, group in now.groups.items()]
    named = {as_read[id_].label: labels[id_] for id_ in as_read if id_ in labels}
    recommendations = tuple(
        replace(
            rec,
            label=labels[id_],
            cause=named.get(rec.cause, ""),
            chief_officer_comments=_force_words(now.groups[id_], was.groups.get(id_), as_read.get(id_)),
        )
        for id_, rec in zip(now.groups, found, strict=True)
    )
    comments = tuple(_comments(now, was, read, as_read, labels))
    answers: dict[str, list[str]] = {}
    for comment in comments:
        for label in dict.fromkeys(comment.answers):
            answers.setdefault(label, []).append(comment.text)
    assembled = replace(
        read,
        title=_whole(now, was, BlockRole.TITLE, read.title, " "),
        narrative=_texts(now, was, BlockRole.NARRATIVE, read.narrative),
        reply=_whole(now, was, BlockRole.REPLY, read.reply, PARAGRAPHS),
        footnotes=_footnotes(now, was, read),
        unplaced=_texts(now, was, BlockRole.UNSURE, read.unplaced),
        recommendations=tuple(
            replace(rec, comment=PARAGRAPHS.join(answers.get(rec.label, ()))) for rec in recommendations
        ),
        comments=comments,
        chief_officer_comments=_chief_officer(now, was, read, recommendations),
        placed=tuple(_placed(block, now, labels) for block in now.blocks),
    )
    return replace(assembled, unaccounted=tuple(accounting_problems(lines, assembled))) if lines else assembled


def _labels(now: Assembly, was: Assembly, as_read: dict[int, ReadRecommendation]) -> dict[int, str]:
    """Return the unique label of each recommendation."""
    recs = []
    for id_, group in now.groups.items():
        own = as_read.get(id_)
        same = own is not None and _unchanged(group, was.groups.get(id_))
        recs.append(Rec(own.kind, own.number) if same and own else Rec(group.kind, group.number))
    DocumentParts(recs=recs).name_recommendations()
    return {id_: rec.label for id_, rec in zip(now.groups, recs, strict=True)}


def _unchanged(now: Group, was: Group | None) -> bool:
    return was is not None and _key(now.blocks) == _key(was.blocks)


def _key(blocks: Sequence[Block]) -> list[tuple[int, BlockRole]]:
    return [(block.id, block.role) for block in blocks]


def _rest_is_unchanged(now: Assembly, was: Assembly, role: BlockRole) -> bool:
    """Whether the blocks of a role that no recommendation has are those that the reader took for it."""
    return _key(now.rest.get(role, [])) == _key(was.rest.get(role, []))


def _recommendation(
    group: Group, was: Group | None, own: ReadRecommendation | None, published_on: date | None
) -> ReadRecommendation:
    if own is not None and _unchanged(group, was):
        return own
    text, parts, heading, deadline_words, to = _words_of(group)
    if (
        own is not None
        and was is not None
        and _key(group.blocks_of_roles(SAYS_WHEN)) == _key(was.blocks_of_roles(SAYS_WHEN))
    ):
        text, heading, deadline, to = own.text, own.heading, own.deadline, list(own.addressees)
    else:
        deadline = read_deadline(deadline_words, published_on) if deadline_words else find_deadline(text, published_on)
        deadline = deadline if deadline.words or not heading else find_deadline(heading, published_on)
        deadline = without_a_guess(deadline) if deadline.words else Deadline()
    return ReadRecommendation(
        number=group.number,
        kind=group.kind,
        heading=heading,
        text=text,
        limbs=tuple(parts),
        addressees=tuple(to or find_addressees(text)),
        deadline=deadline,
        comment="",
        label="",
        cause=own.cause if own else "",
        priority=own.priority if own else "",
    )


def _counted_from(day: date | None, rec: ReadRecommendation) -> ReadRecommendation:
    """Return the recommendation with its deadline counted from another day than the reader's."""
    if not rec.deadline.words:
        return rec
    return replace(rec, deadline=without_a_guess(read_deadline(rec.deadline.words, day)))


def _words_of(group: Group) -> tuple[str, list[str], str, str, list[str]]:
    """Return the text, parts, heading, deadline words and addressees that a group's blocks say."""
    text: list[str] = []
    parts: list[str] = []
    heading: list[str] = []
    deadline, to, level = "", list[str](), None
    for block in group.blocks:
        words = block.content
        if block.role in (BlockRole.RECOMMENDATION, BlockRole.MORE):
            first, words = deadline_first(words) if block.is_changed else ("", words)
            deadline = deadline or first.strip("()[]:.–— -")
            text += [words] if words else []
        elif block.role == BlockRole.PART:
            level = block.line.level if level is None else level
            if parts and block.line.level > level:
                parts[-1] += f"\n{block.printed}"
            else:
                parts.append(words)
        elif block.role == BlockRole.HEADING:
            heading += [words] if words else []
        elif block.role == BlockRole.DEADLINE:
            deadline = words
        elif block.role == BlockRole.ADDRESSEES:
            to += find_addressees(f"{words} should") or [words]
    return PARAGRAPHS.join(text), parts, ": ".join(heading), deadline, to


def _contents(blocks: Iterable[Block]) -> list[str]:
    """Return what blocks say, without those that say nothing."""
    return [block.content for block in blocks if block.content]


def _force_words(group: Group, was: Group | None, own: ReadRecommendation | None) -> str:
    if own is not None and was is not None and _key(group.answers) == _key(was.answers):
        return own.chief_officer_comments
    return PARAGRAPHS.join(_contents(group.answers))


def _comments(
    now: Assembly, was: Assembly, read: ReadResponse, as_read: dict[int, ReadRecommendation], labels: dict[int, str]
) -> Iterable[ReadComment]:
    for about, blocks in now.comments.items():
        answers = tuple(labels[id_] for id_ in about)
        own = tuple(as_read[id_].label for id_ in about if id_ in as_read)
        if as_read and _key(blocks) == _key(was.comments.get(about, [])):
            yield from (replace(each, answers=answers) for each in read.comments if each.answers == own)
        elif text := PARAGRAPHS.join(_contents(blocks)):
            yield ReadComment(answers, text)


def _texts(now: Assembly, was: Assembly, role: BlockRole, as_read: tuple[str, ...]) -> tuple[str, ...]:
    if _rest_is_unchanged(now, was, role):
        return as_read
    return tuple(_contents(now.rest.get(role, [])))


def _whole(now: Assembly, was: Assembly, role: BlockRole, as_read: str, joint: str) -> str:
    return joint.join(_texts(now, was, role, (as_read,)))


def _footnotes(now: Assembly, was: Assembly, read: ReadResponse) -> tuple[ReadFootnote, ...]:
    if _rest_is_unchanged(now, was, BlockRole.NOTE):
        return read.footnotes
    return tuple(ReadFootnote(block.line.mark, block.content) for block in now.rest.get(BlockRole.NOTE, []))


def _chief_officer(
    now: Assembly, was: Assembly, read: ReadResponse, recommendations: tuple[ReadRecommendation, ...]
) -> str:
    """Return the chief officer's words: on the whole, then those on each recommendation under its name."""
    if _rest_is_unchanged(now, was, BlockRole.CHIEF) and [rec.chief_officer_comments for rec in recommendations] == [
        rec.chief_officer_comments for rec in read.recommendations
    ]:
        return read.chief_officer_comments
    whole = _contents(now.rest.get(BlockRole.CHIEF, []))
    each = [f"{rec.name}: {rec.chief_officer_comments}" for rec in recommendations if rec.chief_officer_comments]
    return PARAGRAPHS.join(whole + each)


def _placed(block: Block, now: Assembly, labels: dict[int, str]) -> Placed:
    """Return where a block's words went, for the check of words and for what is printed."""
    about = now.about.get(block.id, () if block.is_changed else block.of)
    of = tuple(labels[id_] for id_ in about if id_ in labels)
    role = now.instead.get(block.id, block.role)
    kind = block.kind if block.kind and not block.is_changed and role == block.role else KIND_OF_ROLE[role]
    taken = block.taken
    if block.is_changed:
        kept = block.content
        taken = tuple(filter(None, [block.printed.removesuffix(kept).strip()])) if kept else (block.text,)
        if role in (BlockRole.RECOMMENDATION, BlockRole.MORE):
            taken += tuple(filter(None, [deadline_first(kept)[0]]))
    return Placed(block.line, _place_in_words(role, of), taken, kind, of, block.doubt)


WORDS = {
    BlockRole.NUMBER: "Number",
    BlockRole.HEADING: "Heading",
    BlockRole.DEADLINE: "Deadline",
    BlockRole.ADDRESSEES: "Directed to",
    BlockRole.COMMENT: "Comment",
    BlockRole.FORCE: "Force",
    BlockRole.CHIEF: "Chief officer",
    BlockRole.REPLY: "Reply",
    BlockRole.NARRATIVE: "Narrative",
    BlockRole.TITLE: "Title",
    BlockRole.DAY: "Day",
    BlockRole.NOTE: "Footnote",
    BlockRole.NOTHING: "Left out",
    BlockRole.UNSURE: "Not sure",
}


def _place_in_words(role: BlockRole, of: tuple[str, ...]) -> str:
    """ "Rec 1", "Part, 2", "Comment, 1 and 2", "Narrative"."""
    about = join_with_and(list(of))
    if role in (BlockRole.RECOMMENDATION, BlockRole.MORE):
        return f"Rec {about}" if about[:1].isdecimal() else about or "Rec"
    words = "Part" if role == BlockRole.PART else WORDS[role]
    return f"{words}, {about}" if about else words
