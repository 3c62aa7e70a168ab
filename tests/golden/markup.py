"""What is wrong with a page and is not seen at once: ids used twice, controls without a name, references to nothing,
moments that are none.
"""

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

CONTROLS = "input, select, textarea, button, a[href], summary, iframe"
NAMED_BY_THEMSELVES = ("hidden", "submit", "reset", "button", "image")
# A month, a day, or a moment of one: with three digits of a second at most.
MOMENT = re.compile(r"\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d))?)?")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "headers", "form")


def faults(html: str) -> list[str]:
    """Each fault in a few words; empty where there is none."""
    page = LexborHTMLParser(html)
    ids = Counter(node.attributes["id"] for node in page.css("[id]"))
    twice = [f"id twice: {name}" for name, number in ids.items() if number > 1]
    nowhere = [
        f"{attribute} of a {node.tag} leads nowhere: {name}"
        for attribute in REFERENCES
        for node in page.css(f"[{attribute}]")
        for name in (node.attributes[attribute] or "").split()
        if name not in ids
    ]
    nameless = [f"no name: {node.html[:120]}" for node in page.css(CONTROLS) if not _is_named(page, node)]
    moments = [node.attributes["datetime"] or "" for node in page.css("time[datetime]")]
    return twice + nowhere + nameless + [f"no moment: {each}" for each in moments if not MOMENT.fullmatch(each)]


def _is_named(page: LexborHTMLParser, node: LexborNode) -> bool:
    """Whether assistive technology has words for a control: a label, what it says itself, or a title."""
    said = node.attributes
    if node.tag == "input" and said.get("type") == "hidden":
        return True
    if any((said.get(name) or "").strip() for name in ("aria-label", "aria-labelledby", "title")):
        return True
    if node.tag == "input" and said.get("type") in NAMED_BY_THEMSELVES:
        return bool(said.get("value") or said.get("alt"))
    if node.tag in ("input", "select", "textarea"):
        return _has_label(page, node)
    return bool(node.text(deep=True).strip()) or any(each.attributes.get("alt") for each in node.css("img"))


def _has_label(page: LexborHTMLParser, node: LexborNode) -> bool:
    labels = [each for each in page.css("label[for]") if each.attributes["for"] == node.attributes.get("id")]
    around = node.parent
    while around is not None and not labels:
        labels = [around] if around.tag == "label" else []
        around = around.parent
    return any(label.text(deep=True).strip() for label in labels)
