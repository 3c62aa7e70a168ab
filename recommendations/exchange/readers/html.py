"""Read web pages (.html) as rows: the main content's headings, paragraphs, numbered list items, table cells."""

import codecs
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from recommendations.exchange.readers.docx_numbering import format_count
from recommendations.exchange.readers.errors import MAX_CHARACTERS, TOO_COMPLICATED, TOO_LONG, Unreadable
from recommendations.exchange.readers.text import decode_text

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
UNREAD = {
    "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "canvas", "video",
    "audio", "input", "select", "textarea", "button", "head", "title", "-comment", "dialog", "map",
}  # fmt: skip
BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "ul", "ol", "li", "table", "thead", "tbody", "tfoot",
    "tr", "td", "th", "caption", "dl", "dt", "dd", "blockquote", "figure", "figcaption", "form", "fieldset", "legend",
    "details", "summary", "address", "pre", "center", "h1", "h2", "h3", "h4", "h5", "h6", "body", "html", "hr",
    "nav", "aside", "hgroup", "menu", "dir", "search",
}  # fmt: skip
STRUCK = {"s", "strike", "del"}
STRUCK_OUT = re.compile(r"text-decoration(?:-line)?\s*:[^;{}]*line-through", re.IGNORECASE)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")  # of a style sheet: its selectors and what they set
SIMPLE = re.compile(r"[\w.#-]+")  # a selector of elements by name, class or id alone
SET_AS_BLOCK = re.compile(r"display:\s*(?:block|flex|grid|table|list-item)\b", re.IGNORECASE)
LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
PAGE_FURNITURE = re.compile(
    r"(?:^|\s)(?:cookie[-_]?(?:s|banner|notice|consent|bar|message)[\w-]*|breadcrumbs?|skip-?link|pagination"
    r"|social-?(?:links|share|media|icons)|share(?:-?(?:buttons|links|this))?|site-(?:header|footer)|crumbs?"
    r"|(?:page-|last-)+updated|(?:main-|top-)?(?:menu|navbar|nav)|\w*-?footer)(?:\s|$)",
    re.IGNORECASE,
)
LINKS_ALONE, FEWEST_LINKS, LONGEST_MENU = 0.7, 2, 1_500  # the share of a menu's text that is links
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
BACK = re.compile(r"(?:(?:go |jump |return )?back to|return to)\b.{0,60}$|[↩↑^]\ufe0e?$", re.IGNORECASE)
LONGEST_HEADING = 100
DEEPEST = 200


def rows(data: bytes) -> list[dict[str, Any]]:
    """Return the rows of a saved web page. Raises Unreadable."""
    tree = LexborHTMLParser(_characters(data))
    body = tree.body
    if body is None:
        raise Unreadable("There is no text in this web page. Save it again, or paste the text.")
    opened = {name for node in tree.css("[aria-controls]") for name in (node.attributes["aria-controls"] or "").split()}
    return HtmlReader(opened, _struck_by_style(tree)).rows(_content(tree, body))


def _characters(data: bytes) -> str:
    """Decode in the encoding that the page declares, if it fits."""
    named = CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(codecs.lookup(named[1].decode("ascii")).name)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode_text(data)


def _struck_by_style(tree: LexborHTMLParser) -> set[int]:
    """Return the ids of the elements that the page's own style sheets strike out, by simple selectors."""
    found: set[int] = set()
    for sheet in tree.css("style"):
        for selectors, settings in RULE.findall(sheet.text() or ""):
            if STRUCK_OUT.search(settings):
                named = [selector.strip() for selector in selectors.split(",")]
                found |= {node.mem_id for name in named if SIMPLE.fullmatch(name) for node in tree.css(name)}
    return found


def _content(tree: LexborHTMLParser, body: LexborNode) -> list[LexborNode]:
    """Return the main content, preceded by the page's first heading if that is outside it."""
    whole = len(body.text() or "")
    for selector in ("main", "[role=main]", "article"):
        found = tree.css(selector)
        if len(found) == 1 and len(found[0].text() or "") > whole / 4:
            title = tree.css_first("h1")
            outside = title is not None and found[0].css_first("h1") is None
            return [title, found[0]] if title is not None and outside else [found[0]]
    return [body]


class HtmlReader:
    """Walks the page once, in order, past what is hidden or struck out.

    `opened` are ids of collapsible sections: hidden, but part of the page. `struck` are elements by their memory ids.
    """

    def __init__(self, opened: set[str], struck: set[int]) -> None:
        self.opened, self.struck = opened, struck
        self.found: list[dict[str, Any]] = []
        self.pieces: list[tuple[str, bool]] = []
        self.tables = 0
        self.characters = 0

    def rows(self, nodes: list[LexborNode]) -> list[dict[str, Any]]:
        for node in nodes:
            self._walk(node, {"kind": "paragraph"}, 0, bold=False)
            self._end_block({"kind": "paragraph"})
        return self.found

    def _walk(self, node: LexborNode, row: dict[str, Any], depth: int, *, bold: bool) -> None:
        if depth > DEEPEST:
            raise Unreadable(TOO_COMPLICATED)
        child = node.child
        while child is not None:
            self._take(child, row, depth + 1, bold=bold)
            child = child.next

    def _take(self, node: LexborNode, row: dict[str, Any], depth: int, *, bold: bool) -> None:
        tag = node.tag
        if tag == "-text":
            self._add(re.sub(r"\s+", " ", node.text_content or ""), bold=bold)
        elif tag == "button" and row["kind"] == "heading":
            self._walk(node, row, depth, bold=bold)
        elif tag in UNREAD or _is_hidden(node, self.opened) or self._is_struck(node):
            return
        elif row["kind"] != "margin" and tag in BLOCKS | {"nav", "aside"} and _is_furniture(node):
            self._furniture(node, row, depth)
        elif tag == "br":
            self._add("\n", bold=bold)
        elif tag == "sup":
            self._add_raised(node, row, depth, bold=bold)
        elif tag == "a":
            self._link(node, row, depth, bold=bold)
        elif tag and (tag in BLOCKS or SET_AS_BLOCK.search(node.attributes.get("style") or "")):
            self._block(node, tag, row, depth, bold=bold)
        elif tag == "q":
            self._add("“", bold=bold)
            self._walk(node, row, depth, bold=bold)
            self._add("”", bold=bold)
        else:
            self._walk(node, row, depth, bold=bold or tag in ("b", "strong"))

    def _is_struck(self, node: LexborNode) -> bool:
        by_tag = node.tag in STRUCK or bool(STRUCK_OUT.search(node.attributes.get("style") or ""))
        return by_tag or (bool(self.struck) and node.mem_id in self.struck)

    def _block(self, node: LexborNode, tag: str, row: dict[str, Any], depth: int, *, bold: bool) -> None:
        self._end_block(row)
        if tag == "hr":
            self.found.append({"kind": "rule", "text": ""})
            return
        if row["kind"] == "margin":
            self._walk(node, row, depth, bold=bold)
            self._end_block(row)
            return
        if tag == "table":
            self._table(node, row, depth)
            return
        if tag in ("ul", "ol"):
            self._list(node, row, depth)
            return
        inner = {**row, "kind": "heading", "level": int(tag[1])} if re.fullmatch(r"h[1-6]", tag) else row
        self._walk(node, inner, depth, bold=bold)
        self._end_block(inner)

    def _furniture(self, node: LexborNode, row: dict[str, Any], depth: int) -> None:
        """Read a menu, share bar or footer like a page header or footer, so that no text is lost."""
        self._end_block(row)
        self._walk(node, {"kind": "margin"}, depth, bold=False)
        self._end_block({"kind": "margin"})

    def _list(self, node: LexborNode, row: dict[str, Any], depth: int) -> None:
        """Read list items with the numbers that a browser prints."""
        attributes = node.attributes
        ordered = node.tag == "ol"
        form = LIST_FORMS.get(attributes.get("type") or "", "decimal")
        count = _whole(attributes.get("start"), 1)
        level = row.get("level", -1) + 1 if row.get("listed") else 0
        child = node.child
        while child is not None:
            if child.tag == "li":
                count = _whole(child.attributes.get("value"), count)
                mark = f"{format_count(count, form)}. " if ordered else "•"
                self._item(child, {**row, "level": level, "listed": True}, depth, mark, ordered=ordered)
                count += 1
            elif child.tag != "-text" or (child.text_content or "").strip():
                self._take(child, {**row, "level": level, "listed": True}, depth + 1, bold=False)
            child = child.next

    def _item(self, node: LexborNode, row: dict[str, Any], depth: int, mark: str, *, ordered: bool) -> None:
        """Put the item's mark on its first block, wherever in the item that is."""
        before = len(self.found)
        self._walk(node, {**row, "kind": "paragraph"}, depth, bold=False)
        self._end_block({**row, "kind": "paragraph"})
        if len(self.found) > before:
            first = self.found[before]
            first |= {"text": mark + first["text"]} if ordered else {"kind": "bullet", "mark": mark}

    def _table(self, node: LexborNode, row: dict[str, Any], depth: int) -> None:
        if row.get("cell"):  # a table inside a cell is read as part of that cell
            self._walk(node, row, depth, bold=False)
            self._end_block(row)
            return
        self.tables += 1
        number, taken = self.tables, set()
        for row_number, each in enumerate(_rows_of(node)):
            column = 0
            child = each.child
            while child is not None:
                if child.tag in ("td", "th"):
                    while (row_number, column) in taken:
                        column += 1
                    spans, wide = _span(child, "rowspan"), _span(child, "colspan")
                    taken |= {(row_number + down, column + right) for down in range(spans) for right in range(wide)}
                    inner = {"kind": "cell", "cell": (number, row_number, column), "rows": spans}
                    self._walk(child, inner, depth + 1, bold=False)
                    self._end_block(inner)
                    column += wide
                child = child.next

    def _add_raised(self, node: LexborNode, row: dict[str, Any], depth: int, *, bold: bool) -> None:
        text = (node.text() or "").strip()
        if re.fullmatch(r"\d{1,3}", text):
            self._add(text.translate(SUPERSCRIPTS), bold=bold)
        else:
            self._walk(node, row, depth, bold=bold)

    def _link(self, node: LexborNode, row: dict[str, Any], depth: int, *, bold: bool) -> None:
        """Add the link's text, followed by its address unless the text shows it. Links back from notes are skipped."""
        target, text = (node.attributes.get("href") or "").strip(), (node.text() or "").strip()
        if target.startswith("#") and BACK.match(text):
            return
        self._walk(node, row, depth, bold=bold)
        shown = unquote(target).removeprefix("mailto:").rstrip("/").lower()
        if text and re.match(r"(?:https?|mailto):", target) and shown not in text.lower():
            self._add(f" <{target}>", bold=bold)

    def _add(self, text: str, *, bold: bool) -> None:
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            raise Unreadable(TOO_LONG)
        self.pieces.append((text, bold))

    def _end_block(self, row: dict[str, Any]) -> None:
        """Turn the collected text into rows, one for each printed line."""
        text = "".join(piece for piece, _ in self.pieces)
        bold = all(is_bold for piece, is_bold in self.pieces if piece.strip())
        self.pieces = []
        for line in text.split("\n"):
            line = re.sub(r"\s+", " ", line).strip()
            if line:
                self.found.append(_row(line, row, bold=bold))


def _row(line: str, row: dict[str, Any], *, bold: bool) -> dict[str, Any]:
    kept = {key: value for key, value in row.items() if key in ("kind", "level", "cell", "rows")}
    if row.get("cell"):
        return {**kept, "kind": "cell", "text": line}
    if bold and row["kind"] == "paragraph" and len(line) <= LONGEST_HEADING and line[-1] not in ".;,":
        return {**kept, "kind": "heading", "level": 0, "text": line}
    return {**kept, "text": line}


def _is_hidden(node: LexborNode, opened: set[str]) -> bool:
    attributes = node.attributes
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    hidden = hidden or bool(re.search(r"display:\s*none", attributes.get("style") or ""))
    return hidden and attributes.get("id") not in opened


def _is_furniture(node: LexborNode) -> bool:
    """Whether a block belongs to the site, not the document: by its tag, its class, or because it is mostly links."""
    if node.css_first("h1") is not None:
        return False
    if node.tag in ("nav", "aside", "header", "footer"):
        inside = node.tag in ("header", "footer") and node.parent is not None and node.parent.tag != "body"
        return not inside
    attributes = node.attributes
    if PAGE_FURNITURE.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"):
        return True
    return _is_a_menu(node)


def _is_a_menu(node: LexborNode) -> bool:
    """Whether a block or list is mostly links. Footnotes are not, because their links stay on the page."""
    if node.tag not in ("div", "ul", "ol", "section", "table"):
        return False
    words, links = len((node.text() or "").strip()), node.css("a[href]")
    if len(links) < FEWEST_LINKS or not 0 < words <= LONGEST_MENU:
        return False
    linked = sum(len((link.text() or "").strip()) for link in links if not _leads_inside(link))
    return linked > LINKS_ALONE * words


def _leads_inside(link: LexborNode) -> bool:
    return (link.attributes.get("href") or "").startswith("#")


def _rows_of(table: LexborNode) -> Iterator[LexborNode]:
    child = table.child
    while child is not None:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows_of(child)
        child = child.next


def _whole(printed: str | None, otherwise: int) -> int:
    return int(printed) if printed and re.fullmatch(r"-?\d{1,6}", printed.strip()) else otherwise


def _span(cell: LexborNode, name: str) -> int:
    return min(max(_whole(cell.attributes.get(name), 1), 1), 500)
