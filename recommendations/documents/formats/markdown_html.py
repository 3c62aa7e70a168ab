"""Markdown as safe HTML: parsed without raw HTML, then sanitised with a short allowlist.
This is the one place that marks HTML as safe. Whatever the parser produces, only the elements of TAGS remain, with web
and mail addresses, and the links between footnote marks and notes.
"""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from recommendations.domain.text.markdown import Parsed, parse, parser

TAGS = {"p", "strong", "em", "ul", "ol", "li", "a", "h2", "h3", "h4", "blockquote", "sup"}
ATTRIBUTES = {"a": {"href", "id", "aria-label"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
OURS = {
    "href": re.compile(r"(?:https?://|mailto:).+|#[a-z0-9-]*note-\d+", re.IGNORECASE | re.DOTALL),
    "id": re.compile(r"[a-z0-9-]*mark-\d+(?:-\d+)?"),
    "aria-label": re.compile(r"Footnote \d+"),
    "start": re.compile(r"\d{1,4}"),
}
LOWEST = 4
ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
FIRST_PARAGRAPH = re.compile(r"<p>(.*?)</p>(.*)", re.DOTALL)


@dataclass(frozen=True)
class WrittenNote:
    """A footnote: its number, its text, its anchor, and that of its first mark."""

    number: str
    html: SafeString
    anchor: str
    mark: str


@dataclass(frozen=True)
class Written:
    """A text as HTML. `first` is the content of its first paragraph, if it starts with one, and `rest`
    everything else.
    """

    html: SafeString
    notes: tuple[WrittenNote, ...] = ()

    @property
    def first(self) -> SafeString:
        found = FIRST_PARAGRAPH.match(self.html)
        return _safe(found[1]) if found else _safe("")

    @property
    def rest(self) -> SafeString:
        found = FIRST_PARAGRAPH.match(self.html)
        return _safe(found[2].strip()) if found else self.html


def render_markdown(markdown: str, *, prefix: str = "", top: int = 2) -> Written:
    """Render the text and, separately, its footnotes. Headings start at level `top`; `prefix` makes anchors
    unique if a page has two texts."""
    found = parse(markdown)
    context: Context = {"numbers": found.numbers, "prefix": prefix, "times": {}}
    html = _html(_shift_headings(found.body, top), context)
    return Written(html, tuple(_note(mark, found, context) for mark in found.numbers))


def render_comment(markdown: str) -> Written:
    """Render a comment: paragraphs, lists and links. It has no headings and no footnotes; marks stay as typed."""
    found = parse(markdown)
    bare = {"numbers": {}, "prefix": "", "times": {}}
    notes = [_html(_shift_headings(tokens, LOWEST + 1), bare) for tokens in found.notes.values()]
    return Written(_safe(_html(_shift_headings(found.body, LOWEST + 1), bare) + "".join(notes)))


def to_html(markdown: str, *, prefix: str = "", top: int = 2) -> SafeString:
    """Render the text with its footnotes as a list below it."""
    found = render_markdown(markdown, prefix=prefix, top=top)
    notes = "".join(f'<li id="{note.anchor}">{note.html}</li>' for note in found.notes)
    return _safe(f"{found.html}<ol>{notes}</ol>" if notes else found.html)


def clean(html: str) -> SafeString:
    """Sanitise any HTML, however it was made."""
    shown = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        attribute_filter=_allowed_value,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return _safe(shown)


def _allowed_value(tag: str, name: str, value: str) -> str | None:
    """The value if it is allowed, otherwise None. Called for every attribute, even of elements that are removed."""
    return value if name in OURS and OURS[name].fullmatch(value) else None


def _safe(html: str) -> SafeString:
    return mark_safe(html)


BEFORE_MARK = re.compile(r"[ \t\xa0]+(?=<sup><a )")  # a footnote mark directly follows its word


type Context = dict[str, Any]  # passed on by the renderer: the notes' numbers, how often each is referenced, the prefix


def _html(tokens: list[Token], context: Context) -> SafeString:
    html = _renderer().render(tokens, parser().options, context).strip()
    return clean(BEFORE_MARK.sub("", html))


def _note(mark: str, text: Parsed, context: Context) -> WrittenNote:
    number, prefix = text.numbers[mark], context["prefix"]
    html = _html(_shift_headings(text.notes[mark], LOWEST + 1), context)
    alone = ONE_PARAGRAPH.fullmatch(html)
    return WrittenNote(number, _safe(alone[1]) if alone else html, f"{prefix}note-{number}", f"{prefix}mark-{number}")


def _shift_headings(tokens: list[Token], top: int) -> list[Token]:
    """The tokens with headings from level `top`, no level skipped. Below the lowest level they become paragraphs."""
    shifted, last, tag = [], top - 1, "p"
    for token in tokens:
        if token.type == "heading_open":
            last = min(top + int(token.tag[1]) - 1, last + 1, max(LOWEST, top))
            tag = f"h{last}" if last <= LOWEST else "p"
        if token.type in ("heading_open", "heading_close"):
            token = copy.copy(token)
            token.tag = tag
        shifted.append(token)
    return shifted


def _renderer() -> RendererHTML:
    renderer = RendererHTML()
    renderer.rules["footnote_ref"] = _mark  # type: ignore[assignment]  # any function with a rule's arguments works
    return renderer


def _mark(tokens: Sequence[Token], index: int, options: OptionsDict, context: Context) -> str:
    """A footnote's mark, linked to its note. One without a note is printed as typed."""
    mark, numbers, prefix = tokens[index].meta["label"], context["numbers"], context["prefix"]
    if mark not in numbers:
        return escape(f"[^{mark}]")
    number = numbers[mark]
    times = context["times"][number] = context["times"].get(number, 0) + 1
    again = f"-{times}" if times > 1 else ""
    link = f'href="#{prefix}note-{number}" id="{prefix}mark-{number}{again}" aria-label="Footnote {number}"'
    return f"<sup><a {link}>{number}</a></sup>"
