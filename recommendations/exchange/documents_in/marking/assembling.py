"""Assemble a response or report from its blocks: what the reader read stays where no block of it was marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from recommendations.deadlines import Deadline, find_deadline, read_deadline
from recommendations.exchange.documents_in.accounting import accounting_problems
from recommendations.exchange.documents_in.addressees import find_addressees
from recommendations.exchange.documents_in.comment_labels import read_label
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.marking.blocks import Block, blocks_of
from recommendations.exchange.documents_in.marking.roles import (
    ANSWERS,
    BEGINS,
    KIND_OF_ROLE,
    OF_A_RECOMMENDATION,
    Role,
)
from recommendations.exchange.documents_in.parts import PARAGRAPHS, DocumentParts, Rec, join_with_and
from recommendations.exchange.documents_in.recommendation_starts import Start, read_start
from recommendations.exchange.documents_in.responses.reading import without_a_guess
from recommendations.exchange.documents_in.responses.recommendation_rules import deadline_first
from recommendations.exchange.documents_in.results import (
    Placed,
    ReadComment,
    ReadFootnote,
    ReadRecommendation,
    ReadResponse,
)
from recommendations.exchange.documents_in.vocabulary import DIGITS, RECOMMENDATION, plain

# "Point 3: ", "Matter 2 – ", "R4", "4.1" alone.
ANY_NUMBER = re.compile(
    rf"^(?:[A-Z][\w'/-]*\.?(?: [\w'/-]+){{0,3}}? ?)?[#(]?(?P<number>{DIGITS})\)?(?:\s*[:.)–—-]+(?:\s+|$)|\s*$)"
)

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

    @property
    def has_text(self) -> bool:
        return any(block.role == Role.RECOMMENDATION for block in self.blocks)

    def ids(self, role: Role) -> list[int]:
        return [block.id for block in self.blocks if block.role == role]


@dataclass
class Assembly:
    """The blocks in their groups. `comments` are keyed by the recommendations that they answer."""

    groups: dict[int, Group] = field(default_factory=dict)
    comments: dict[tuple[int, ...], list[Block]] = field(default_factory=dict)
    about: dict[int, tuple[int, ...]] = field(default_factory=dict)
    rest: dict[Role, list[Block]] = field(default_factory=dict)


def assemble(
    read: ReadResponse,
    blocks: Sequence[Block],
    lines: Iterable[DocumentLine] | None = None,
    published_on: date | None = None,
) -> ReadResponse:
    """Return what the blocks say. `read` is the reader's result, from which they came; deadlines count from
    `published_on`, or else from the day in the document. With `lines`, every word is accounted for again.
    """
    was, now = group_blocks(blocks_of(read)), group_blocks(blocks)
    as_read = dict(zip(was.groups, read.recommendations, strict=False)) if _same_number(was, read) else {}
    labels = _labels(now, was, as_read)
    day = published_on or read.published_on
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
    assembled = replace(
        read,
        title=_whole(now, was, Role.TITLE, read.title, " "),
        narrative=_kept(now, was, Role.NARRATIVE, read.narrative),
        reply=_whole(now, was, Role.REPLY, read.reply, PARAGRAPHS),
        footnotes=_footnotes(now, was, read),
        unplaced=_kept(now, was, Role.UNSURE, read.unplaced),
        recommendations=tuple(
            replace(rec, comment=PARAGRAPHS.join(each.text for each in comments if rec.label in each.answers))
            for rec in recommendations
        ),
        comments=comments,
        chief_officer_comments=_chief_officer(now, was, read, recommendations),
        placed=tuple(_placed(block, now, labels) for block in blocks),
    )
    return replace(assembled, unaccounted=tuple(accounting_problems(lines, assembled))) if lines else assembled


def group_blocks(blocks: Sequence[Block]) -> Assembly:
    """Return the blocks by recommendation, comment and role, in the order of the document."""
    found = Assembly()
    current: Group | None = None
    answers: list[tuple[Block, Group | None]] = []
    still = {block.id for block in blocks if block.role in OF_A_RECOMMENDATION}
    for block in blocks:
        if block.role in OF_A_RECOMMENDATION:
            block = replace(block, of=tuple(each for each in block.of if each in still))
            current = _add_to_recommendation(found, block, current)
        elif block.role in ANSWERS:
            answers.append((block, current))
            if current and not block.of:
                current.is_answered = True
        else:
            found.rest.setdefault(block.role, []).append(block)
    for block, above in answers:  # an answer may stand before what it answers
        _add_answer(found, block, above)
    for empty in [id_ for id_, group in found.groups.items() if not group.blocks]:
        del found.groups[empty]
    return found


def _add_to_recommendation(found: Assembly, block: Block, current: Group | None) -> Group | None:
    if block.of:
        id_ = _group_of(found, block.of[0])
        group = found.groups.setdefault(id_, Group(id_))
    elif block.role in BEGINS and not _goes_on(block, current):
        returned = _named_before(found, block) if block.role == Role.NUMBER else None
        if returned is not None:
            found.rest.setdefault(Role.NOTHING, []).append(block)
            return returned
        group = found.groups.setdefault(block.id, Group(block.id))
    elif current is None:
        found.rest.setdefault(Role.UNSURE, []).append(block)
        return None
    else:
        group = current
    group.blocks.append(block)
    if block.role in BEGINS and (start := _start(block)) and (start.number or start.kind):
        group.kind, group.number = start.kind or group.kind, group.number or start.number
    found.about[block.id] = (group.id,)
    goes_on_here = not block.of or block.role in BEGINS or bool(block.by)
    return group if goes_on_here else current


def _group_of(found: Assembly, id_: int) -> int:
    """Return the recommendation that this block is now part of, by its first block."""
    return found.about.get(id_, (id_,))[0]


def _goes_on(block: Block, current: Group | None) -> bool:
    """Whether what begins here is the text of the number or heading just above."""
    if current is None or current.has_text or current.is_answered:
        return False
    if block.role == Role.RECOMMENDATION:
        return True
    return not current.ids(block.role)


def _named_before(found: Assembly, block: Block) -> Group | None:
    """Return the recommendation that this number names again, as above its answer in another part of the document."""
    if not block.by:
        return None
    start = _start(block)
    number = start.number if start else ""
    same = [group for group in found.groups.values() if number and group.number == number and group.has_text]
    return same[-1] if same else None


def _add_answer(found: Assembly, block: Block, above: Group | None) -> None:
    about = _answered(found, block, above)
    if not about:
        found.rest.setdefault(Role.UNSURE if block.role == Role.COMMENT else Role.CHIEF, []).append(block)
        return
    found.about[block.id] = about
    if block.role == Role.COMMENT:
        found.comments.setdefault(about, []).append(block)
    else:
        for id_ in about:
            found.groups[id_].answers.append(block)


def _answered(found: Assembly, block: Block, above: Group | None) -> tuple[int, ...]:
    """Return the recommendations that a block answers: those that were said, that it names, or the one above."""
    said = dict.fromkeys(_group_of(found, id_) for id_ in block.of)
    if said := {id_: None for id_ in said if id_ in found.groups}:
        return tuple(said)
    return (named_by(found, block) if block.by else ()) or ((above.id,) if above else ())


def named_by(found: Assembly, block: Block) -> tuple[int, ...]:
    """Return the recommendations that the label of an answer names: "Response to 1 and 2:", "What we do, 3:"."""
    groups = {(group.kind, group.number.removeprefix("AFI ")): id_ for id_, group in found.groups.items()}
    label = read_label(block.text)
    named = [(kind, (number or "").removeprefix("AFI ")) for kind, number in label.scope] if label else []
    if not named and (head := HEAD.match(plain(block.text))):
        named = [(RECOMMENDATION, number) for number in re.findall(DIGITS, head[0])]
    return tuple(groups[each] for each in named) if all(each in groups for each in named) else ()


def _same_number(was: Assembly, read: ReadResponse) -> bool:
    return len(was.groups) == len(read.recommendations)


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


def _key(blocks: Sequence[Block]) -> list[tuple[int, Role]]:
    return [(block.id, block.role) for block in blocks]


def _recommendation(
    group: Group, was: Group | None, own: ReadRecommendation | None, published_on: date | None
) -> ReadRecommendation:
    if own is not None and _unchanged(group, was):
        return own
    text, parts, heading, deadline_words, to = _words_of(group)
    deadline = read_deadline(deadline_words, published_on) if deadline_words else find_deadline(text, published_on)
    if not deadline.words:
        deadline = find_deadline(heading, published_on)
    return ReadRecommendation(
        number=group.number,
        kind=group.kind,
        heading=heading,
        text=text,
        limbs=tuple(parts),
        addressees=tuple(to or find_addressees(text)),
        deadline=without_a_guess(deadline) if deadline.words else Deadline(),
        comment="",
        label="",
        cause=own.cause if own else "",
        priority=own.priority if own else "",
    )


def _words_of(group: Group) -> tuple[str, list[str], str, str, list[str]]:
    """Return the text, parts, heading, deadline words and addressees that a group's blocks say."""
    text: list[str] = []
    parts: list[str] = []
    heading: list[str] = []
    deadline, to, level = "", list[str](), None
    for block in group.blocks:
        words = content(block)
        if block.role in (Role.RECOMMENDATION, Role.MORE):
            first, words = deadline_first(words)
            deadline = deadline or first.strip("()[]:.–— -")
            text += [words] if words else []
        elif block.role == Role.PART:
            level = block.line.level if level is None else level
            if parts and block.line.level > level:
                parts[-1] += f"\n{block.printed}"
            else:
                parts.append(words)
        elif block.role == Role.HEADING:
            heading += [words] if words else []
        elif block.role == Role.DEADLINE:
            deadline = words
        elif block.role == Role.ADDRESSEES:
            to += find_addressees(f"{words} should") or [words]
    return PARAGRAPHS.join(text), parts, ": ".join(heading), deadline, to


def content(block: Block) -> str:
    """Return a block's words without those that only say what it is."""
    text = (
        block.printed
        if block.role in (Role.COMMENT, Role.FORCE, Role.CHIEF, Role.NARRATIVE, Role.REPLY)
        else block.text
    )
    if block.by and (rest := _without_label(block, text)) != text:
        return rest
    for words in block.taken:
        text = text.removeprefix(words).strip() if words != text else ""
    return text


def _start(block: Block) -> Start | None:
    """Return the number and kind that a block begins with. What was marked may call it anything: "Point 3: ..."."""
    return read_any_start(block.text) if block.by else read_start(block.text)


def read_any_start(text: str) -> Start | None:
    """Return the number, and the kind if there is one, that a text begins with under whatever name."""
    start = read_start(text)
    if (start is None or not start.number) and (match := ANY_NUMBER.match(plain(text))):
        return Start("", match["number"], text[: match.end()].strip(), text[match.end() :].strip())
    return start


def _without_label(block: Block, text: str) -> str:
    if block.role == Role.NUMBER:
        return ""
    if block.role in BEGINS and (start := _start(block)):
        return start.rest
    if block.role in ANSWERS | {Role.CHIEF, Role.REPLY} and (label := read_label(block.text)):
        return label.rest
    return text


def _force_words(group: Group, was: Group | None, own: ReadRecommendation | None) -> str:
    if own is not None and was is not None and _key(group.answers) == _key(was.answers):
        return own.chief_officer_comments
    return PARAGRAPHS.join(filter(None, map(content, group.answers)))


def _comments(
    now: Assembly, was: Assembly, read: ReadResponse, as_read: dict[int, ReadRecommendation], labels: dict[int, str]
) -> Iterable[ReadComment]:
    for about, blocks in now.comments.items():
        answers = tuple(labels[id_] for id_ in about)
        own = tuple(as_read[id_].label for id_ in about if id_ in as_read)
        if as_read and _key(blocks) == _key(was.comments.get(about, [])):
            yield from (replace(each, answers=answers) for each in read.comments if each.answers == own)
        elif text := PARAGRAPHS.join(filter(None, map(content, blocks))):
            yield ReadComment(answers, text)


def _kept(now: Assembly, was: Assembly, role: Role, as_read: tuple[str, ...]) -> tuple[str, ...]:
    blocks = now.rest.get(role, [])
    if _key(blocks) == _key(was.rest.get(role, [])):
        return as_read
    return tuple(filter(None, map(content, blocks)))


def _whole(now: Assembly, was: Assembly, role: Role, as_read: str, joint: str) -> str:
    blocks = now.rest.get(role, [])
    if _key(blocks) == _key(was.rest.get(role, [])):
        return as_read
    return joint.join(filter(None, map(content, blocks)))


def _footnotes(now: Assembly, was: Assembly, read: ReadResponse) -> tuple[ReadFootnote, ...]:
    blocks = now.rest.get(Role.NOTE, [])
    if _key(blocks) == _key(was.rest.get(Role.NOTE, [])):
        return read.footnotes
    return tuple(ReadFootnote(block.line.mark, block.text) for block in blocks)


def _chief_officer(
    now: Assembly, was: Assembly, read: ReadResponse, recommendations: tuple[ReadRecommendation, ...]
) -> str:
    """Return the chief officer's words: on the whole, then those on each recommendation under its name."""
    same = _key(now.rest.get(Role.CHIEF, [])) == _key(was.rest.get(Role.CHIEF, []))
    if same and [rec.chief_officer_comments for rec in recommendations] == [
        rec.chief_officer_comments for rec in read.recommendations
    ]:
        return read.chief_officer_comments
    whole = [text for block in now.rest.get(Role.CHIEF, []) if (text := content(block))]
    each = [f"{rec.name}: {rec.chief_officer_comments}" for rec in recommendations if rec.chief_officer_comments]
    return PARAGRAPHS.join(whole + each)


def _placed(block: Block, now: Assembly, labels: dict[int, str]) -> Placed:
    """Return where a block's words went, for the check of words and for what is printed."""
    of = tuple(labels[id_] for id_ in now.about.get(block.id, ()) if id_ in labels)
    kind = block.kind if not block.by and block.kind else KIND_OF_ROLE[block.role]
    taken = block.taken
    if block.by:
        kept = content(block)
        taken = (block.text,) if not kept else tuple(filter(None, [block.printed.removesuffix(kept).strip()]))
    return Placed(block.line, _place_in_words(block, of), taken, kind, of, block.doubt)


WORDS = {
    Role.NUMBER: "Number",
    Role.HEADING: "Heading",
    Role.DEADLINE: "Deadline",
    Role.ADDRESSEES: "Directed to",
    Role.COMMENT: "Comment",
    Role.FORCE: "Force",
    Role.CHIEF: "Chief officer",
    Role.REPLY: "Reply",
    Role.NARRATIVE: "Narrative",
    Role.TITLE: "Title",
    Role.DAY: "Day",
    Role.NOTE: "Footnote",
    Role.NOTHING: "Left out",
    Role.UNSURE: "Not sure",
}


def _place_in_words(block: Block, of: tuple[str, ...]) -> str:
    """ "Rec 1", "Part, 2", "Comment, 1 and 2", "Narrative"."""
    about = join_with_and(list(of))
    if block.role in (Role.RECOMMENDATION, Role.MORE):
        return f"Rec {about}" if about[:1].isdecimal() else about or "Rec"
    words = "Part" if block.role == Role.PART else WORDS[block.role]
    return f"{words}, {about}" if about else words
