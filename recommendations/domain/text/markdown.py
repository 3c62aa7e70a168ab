"""Parsing Markdown into blocks and footnotes: plain words with their structure, without HTML.

CommonMark without what responses don't need: raw HTML, code, images, rules, underlined headings. Those are printed as
typed, so that no word is lost. Footnotes are `[^mark]` in the text and `[^mark]: words` below it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

LEFT_OUT = ("code", "fence", "backticks", "html_block", "html_inline", "image", "hr", "lheading")
NOTE_OPENS, NOTE_CLOSES, MARK = "footnote_reference_open", "footnote_reference_close", "footnote_ref"
LISTS = {"bullet_list_open": "bullet", "ordered_list_open": "number"}
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
BULLET, PARAGRAPHS = "•", "\n\n"
REFERENCE = re.compile(r"\[\^([^\]\s]{1,40})\]")
ADDRESS = re.compile(r"<https?://[^\s<>]+>|https?://[^\s<>]*[\w/]")
SPECIAL = re.compile(rf"([⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}|\[\d{{1,3}}\]|[*†‡§]{{1,3}}|{ADDRESS.pattern})")
PASTED_BULLET = re.compile(r"^[ \t]*[•▪●\uf0b7][ \t]*(?=\S)", re.MULTILINE)
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
WEB_OR_MAIL = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Note:
    """A footnote: its mark and its text."""

    mark: str
    text: str


@dataclass(frozen=True)
class TextRun:
    """A run of text in one style. `mark` is the footnote's number if the run is just its mark."""

    text: str
    strong: bool = False
    em: bool = False
    link: str = ""
    mark: str = ""

    @property
    def plain(self) -> str:
        """The text, followed by a link's address unless the text shows it."""
        if self.mark:
            return self.mark.translate(RAISED)
        bare = unquote(self.link).removeprefix("mailto:").rstrip("/").lower()
        return f"{self.text} <{self.link}>" if bare and bare not in self.text.lower() else self.text


@dataclass(frozen=True)
class MarkdownBlock:
    """A paragraph, heading (`level` from 2), quotation, or list item (`level` from 0, `sign` as printed)."""

    kind: str
    runs: tuple[TextRun, ...]
    level: int = 0
    sign: str = ""

    @property
    def plain(self) -> str:
        words = " ".join("".join(run.plain for run in self.runs).split())
        return f"{self.sign} {words}".strip()


@dataclass(frozen=True)
class Footnote:
    mark: str
    blocks: tuple[MarkdownBlock, ...]

    @property
    def plain(self) -> str:
        return "\n".join(block.plain for block in self.blocks)


@dataclass(frozen=True)
class FootnoteProblem:
    """A mark without a note, a note without a mark, or a mark with two notes. `mark` is as typed."""

    mark: str
    words: str


@dataclass(frozen=True)
class Parsed:
    """The tokens of the text and of each footnote. `numbers` maps marks to numbers, in order of the marks."""

    body: list[Token]
    notes: dict[str, list[Token]]
    numbers: dict[str, str]
    problems: list[FootnoteProblem] = field(default_factory=list)


def blocks_of(markdown: str) -> tuple[tuple[MarkdownBlock, ...], tuple[Footnote, ...]]:
    """The blocks of a text, in order, and its footnotes, numbered in order of their marks."""
    found = parse(markdown)
    notes = (Footnote(number, _blocks(found.notes[mark], found.numbers)) for mark, number in found.numbers.items())
    return _blocks(found.body, found.numbers), tuple(notes)


def plain_paragraphs(markdown: str) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """The paragraphs and footnotes as plain text. Marks are superscript digits; bullets stay with their paragraph."""
    blocks, notes = blocks_of(markdown)
    return paragraphs_of(blocks), tuple(Note(note.mark, note.plain) for note in notes)


def plain_text(markdown: str) -> str:
    """The whole text as plain words, with blank lines between paragraphs."""
    return PARAGRAPHS.join(plain_paragraphs(markdown)[0])


def paragraphs_of(blocks: Sequence[MarkdownBlock]) -> tuple[str, ...]:
    """One string for each paragraph, heading and numbered item; bullets are joined to the one before them."""
    paragraphs: list[str] = []
    for block in blocks:
        if block.sign == BULLET and paragraphs:
            paragraphs[-1] += f"\n{block.plain}"
        elif block.plain:
            paragraphs.append(block.plain)
    return tuple(paragraphs)


def plain_to_markdown(paragraphs: Sequence[str], notes: Sequence[Note] = ()) -> str:
    """Plain text as equivalent Markdown: lines are kept, and the marks of `notes` become footnotes."""
    marks = {note.mark for note in notes if note.mark}
    text = [_escaped_paragraph(each, marks) for each in paragraphs if each.strip()]
    under = [f"[^{note.mark}]: {_escaped_line(note.text, set())}" for note in notes if note.mark]
    loose = [_escaped_line(note.text, set()) for note in notes if not note.mark]
    return PARAGRAPHS.join([*text, *loose, *under])


def _escaped_paragraph(paragraph: str, marks: set[str]) -> str:
    """Its lines: bullets as list items, each other line as a paragraph of its own."""
    lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
    items = [line.startswith(BULLET) for line in lines]
    told = [
        f"- {_escaped_line(line[1:].strip(), marks)}" if item else _escaped_line(line, marks)
        for line, item in zip(lines, items, strict=True)
    ]
    parted = ("\n" if both else PARAGRAPHS for both in map(all, pairwise(items)))
    return "".join(map("".join, zip(told, [*parted, ""], strict=True)))


def _escaped_line(line: str, marks: set[str]) -> str:
    """Escape Markdown's special characters in a line. A superscript number, [1] or * that is a mark becomes one."""
    pieces: list[str] = []
    for piece in SPECIAL.split(line):
        mark = piece.translate(LOWERED).strip("[] ")
        behind_a_word = next((before[-1:].strip() for before in reversed(pieces) if before), "")
        if SPECIAL.fullmatch(piece) and mark in marks and behind_a_word:
            pieces.append(f"[^{mark}]")
        elif ADDRESS.fullmatch(piece):
            pieces.append(f"<{piece.strip('<>')}>")
        else:
            pieces.append(PUNCTUATION.sub(r"\\\g<0>", piece))
    return "".join(pieces)


def problems(markdown: str) -> list[FootnoteProblem]:
    """Marks without notes, notes without marks, marks with two notes: any of these prevents publication."""
    return parse(markdown).problems


def parse(markdown: str) -> Parsed:
    """The tokens, with the footnotes taken out of the text and numbered."""
    body: list[Token] = []
    notes: dict[str, list[Token]] = {}
    twice = []
    into: list[Token] = body
    for token in parser().parse(PASTED_BULLET.sub("- ", markdown)):
        if token.type == NOTE_OPENS:
            mark = token.meta["label"]
            twice += [mark] if mark in notes else []
            into = notes.setdefault(mark, [])
        elif token.type == NOTE_CLOSES:
            into = body
        else:
            into.append(token)
    return _number_notes(body, notes, twice)


def _number_notes(body: list[Token], notes: dict[str, list[Token]], twice: list[str]) -> Parsed:
    """Number the notes by their first mark; marks inside notes come after those of the text."""
    marks = list(dict.fromkeys(_marks(body)))
    for mark in marks:
        marks += [each for each in dict.fromkeys(_marks(notes.get(mark, []))) if each not in marks]
    found = [FootnoteProblem(mark, f"The mark [^{mark}] has no note.") for mark in marks if mark not in notes]
    found += [
        FootnoteProblem(mark, f"The note [^{mark}] has no mark in the text.") for mark in notes if mark not in marks
    ]
    found += [FootnoteProblem(mark, f"The mark [^{mark}] has two notes.") for mark in dict.fromkeys(twice)]
    known = [mark for mark in marks if mark in notes]
    return Parsed(body, notes, {mark: str(number) for number, mark in enumerate(known, start=1)}, found)


def _marks(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        yield from (each.meta["label"] for each in token.children or () if each.type == MARK)


@cache
def parser() -> MarkdownIt:
    """A CommonMark parser with footnotes. Marks without a note are recognised too, to report them."""
    made = MarkdownIt("commonmark", {"html": False})
    made.disable(list(LEFT_OUT))
    made.use(footnote_plugin, inline=False, move_to_end=False)
    made.inline.ruler.at("footnote_ref", _reference)
    return made


def _reference(state: StateInline, silent: bool) -> bool:
    """Replaces the plugin's rule, which is quadratic: it scans the whole text for the end of each mark."""
    found = REFERENCE.match(state.src, state.pos, state.posMax)
    if found and not silent:
        state.push(MARK, "", 0).meta = {"label": found[1]}
    state.pos = found.end() if found else state.pos
    return found is not None


def _blocks(tokens: list[Token], numbers: dict[str, str]) -> tuple[MarkdownBlock, ...]:
    blocks: list[MarkdownBlock] = []
    lists: list[tuple[str, int]] = []  # the kind of each open list, and the number of its next item
    quoted, sign, level = 0, "", 0
    for token in tokens:
        if token.type in LISTS:
            lists.append((LISTS[token.type], int(token.attrs.get("start", 1))))
        elif token.type.endswith("_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            kind, count = lists[-1]
            sign = BULLET if kind == "bullet" else f"{count}."
            lists[-1] = (kind, count + 1)
        elif token.type.startswith("blockquote"):
            quoted += token.nesting
        elif token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "inline":
            runs = tuple(_runs(token.children or (), numbers))
            blocks.append(_block(runs, level, lists, sign, quoted))
            sign, level = "", 0
    return tuple(blocks)


def _block(
    runs: tuple[TextRun, ...], level: int, lists: list[tuple[str, int]], sign: str, quoted: int
) -> MarkdownBlock:
    if level:
        return MarkdownBlock("heading", runs, min(max(level, 2), 4))
    if lists:
        return MarkdownBlock("item", runs, len(lists) - 1, sign)
    return MarkdownBlock("quote" if quoted else "paragraph", runs)


def _runs(tokens: Sequence[Token], numbers: dict[str, str]) -> Iterator[TextRun]:
    strong = em = 0
    link = ""
    linked: list[TextRun] = []
    for token in tokens:
        if token.type == "link_open":
            link, linked = str(token.attrs.get("href", "")), []
        elif token.type == "link_close":
            yield from _link_run(linked, link)
            link = ""
        elif token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            em += token.nesting
        elif token.type == MARK:
            yield _mark(token.meta["label"], numbers)
        elif words := " " if token.type in ("softbreak", "hardbreak") else token.content:
            run = TextRun(words, bool(strong), bool(em))
            if link:
                linked.append(run)
            else:
                yield run


def _link_run(runs: list[TextRun], link: str) -> Iterator[TextRun]:
    """A link as one run, styled like its first words. Addresses other than web and mail are dropped."""
    words = "".join(run.text for run in runs)
    if runs and words.strip():
        address = link if WEB_OR_MAIL.fullmatch(link) else ""
        yield TextRun(words, runs[0].strong, runs[0].em, address)


def _mark(mark: str, numbers: dict[str, str]) -> TextRun:
    """The run for a footnote's mark; without a note, the mark as typed."""
    return TextRun("", mark=numbers[mark]) if mark in numbers else TextRun(f"[^{mark}]")
