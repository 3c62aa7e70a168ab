"""What somebody reads on a page, as plain text with a light mark for each role, so that a difference reads well.

title: …          of the browser's tab          # …  ## …   headings, by their level
[words]           a link                        <words>     a button
hint: …  error: … beside a field                ( )  [x]    a choice, and whether it is chosen
| … | … |         a row of a table              = …         what stands in a field
{words}           a name that is heard only
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCKS = {
    *("address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "label", "legend"),
    *("li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "textarea"),
    *("tfoot", "thead", "tr", "ul", "input", "desc", "title", "br"),
}
UNREAD = {"script", "style", "template", "path", "rect", "line", "circle", "use", "img"}
LEADS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
LISTED, CHOICE = ("- ", "  "), ("( )", "(x)")
LEADS |= {"li": "- ", "dt": "* ", "dd": "  ", "summary": "> ", "legend": "legend: ", "caption": "table: "}
HINTS = {"govuk-hint": "hint: ", "help": "hint: ", "govuk-error-message": "error: ", "errorlist": "error: "}
MOVING = [  # what chance or the order of the tests makes: a secret, a hash, the number of a mark
    (re.compile(r"\b[A-Z2-7]{32}\b"), "(secret)"),
    (re.compile(r"\b[0-9a-f]{40,}\b|(?:\b[0-9a-f]{4}\b ?){16}"), "(hash) "),
    (re.compile(r"\bRedaction \d+"), "Redaction (number)"),
    (re.compile(r"(?:\b[0-9a-f]{4}\b ){2}…(?: \b[0-9a-f]{4}\b){2}"), "(hash)"),
    (re.compile(r"\b\d{8}\b"), "(code)"),
    (re.compile(r"\b(zqcanary)\d+\b"), r"\1"),
]
TOLD = ".app-flash, .govuk-error-summary"
MANY = 12  # options of a list that are written out


def page_text(html: str, within: str = "main") -> str:
    """The title of a page and the text of its elements that match `within`, a line for each block."""
    page = LexborHTMLParser(html)
    return _text(page, page.css(within))


def errors_text(html: str) -> str:
    """What a page says of a form that is wrong: its messages, the summary, and the forms with a wrong field.

    A page that says it in neither way is shown whole.
    """
    page = LexborHTMLParser(html)
    main = page.css_first("main") or page.body
    wrong = [form for form in main.css("form") if form.css_first(".govuk-error-message")]
    inside = {told.mem_id for form in wrong for told in form.css(TOLD)}
    told = [each for each in main.css(TOLD) if each.mem_id not in inside]
    return _text(page, [*told, *wrong] or [main])


def _text(page: LexborHTMLParser, nodes: list[LexborNode]) -> str:
    title = page.css_first("head title")
    lines = [f"title: {_words(title.text())}"] if title else []
    for node in nodes:
        lines += ["", *_lines(node)]
    text = "\n".join(line.rstrip() for line in lines).strip()
    for moving, mask in MOVING:
        text = moving.sub(mask, text)
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def _words(text: str) -> str:
    return " ".join(text.split())


def _lines(node: LexborNode, lead: str = "") -> list[str]:
    """The lines of a block: its own words, and each block inside it. The first carries the mark."""
    lines, words = [], ""
    for each in [*node.iter(include_text=True), None]:
        if each is not None and each.tag not in BLOCKS:
            words = _joined(words, _inline(each))
            continue
        if text := _words(words):
            lines.append(lead + text)
            lead = "  " if lead in LISTED else ""
        words = ""
        if each is not None and (inside := _block(each, lead)):
            lines += inside
            lead = "  " if lead in LISTED else ""
    return _with_choices(lines)


def _joined(before: str, after: str) -> str:
    """Two pieces of a line; a gap that only a style sheet makes becomes a space."""
    gap = re.search(r"[\w\]>…]$", before) and re.match(r"[\w\[<“]", after)
    return f"{before} {after}" if gap else before + after


def _with_choices(lines: list[str]) -> list[str]:
    """Each mark of a choice on the line of its label."""
    found: list[str] = []
    for line in lines:
        if found and found[-1] in CHOICE:
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


def _block(node: LexborNode, lead: str) -> list[str]:
    if node.tag == "tr":
        cells = [" / ".join(_lines(cell)) for cell in node.iter() if cell.tag in ("td", "th")]
        return [f"| {' | '.join(cells)} |"]
    if node.tag == "select":
        return _options(node)
    if node.tag in ("input", "textarea"):
        return _field(node)
    inside = _lines(node, _lead(node) or (lead if lead in LISTED else ""))
    return ["", *inside, ""] if _lead(node).startswith("#") else inside


def _lead(node: LexborNode) -> str:
    classes = (node.attributes.get("class") or "").split()
    return next((HINTS[name] for name in classes if name in HINTS), LEADS.get(node.tag, ""))


def _options(node: LexborNode) -> list[str]:
    """The first of a list's options and whichever is chosen, and how many there are."""
    options = [
        f"  {'(x)' if 'selected' in option.attributes else '( )'} {_words(option.text())}"
        for option in node.css("option")
    ]
    chosen = [option for option in options[MANY:] if option.startswith("  (x)")]
    more = [f"  … {len(options)} in all"] if len(options) > MANY else []
    return [*options[:MANY], *chosen, *more]


def _field(node: LexborNode) -> list[str]:
    """What stands in a field: whether a choice is made, or what is written."""
    kind, value = node.attributes.get("type") or "text", node.attributes.get("value") or ""
    if kind in ("radio", "checkbox"):
        return ["(x)" if "checked" in node.attributes else "( )"]
    if kind in ("submit", "button"):
        return [f"<{value}>"]
    written = _words(node.text() if node.tag == "textarea" else value)
    return [] if kind in ("hidden", "password") or not written else [f"= {written}"]


def _inline(node: LexborNode) -> str:
    if node.tag == "-text":
        return node.text_content or ""
    if node.tag in UNREAD or node.tag.startswith(("-", "_", "!")):
        return ""
    inside = " / ".join(_lines(node)) if node.tag in ("a", "button", "svg") else _spaced(node)
    heard = node.attributes.get("aria-label")
    text = f"{inside} {{{heard}}}" if heard else inside
    return {"a": f"[{text}]", "button": f"<{text}>", "svg": f" {text} "}.get(node.tag, text)


def _spaced(node: LexborNode) -> str:
    """The words of an inline element as they stand, spaces at its edges included."""
    words = ""
    for each in node.iter(include_text=True):
        words = _joined(words, _inline(each) if each.tag not in BLOCKS else " " + " / ".join(_block(each, "")))
    return words
