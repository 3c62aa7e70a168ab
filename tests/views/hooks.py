"""What a page says, asked by its roles and hooks: which fields are wrong, of what kind a message is, which facts stand.

How the sentences read is held by tests/golden.
"""

import re

from selectolax.lexbor import LexborHTMLParser


def parsed(page) -> LexborHTMLParser:
    """A page as it can be asked: of an answer, of its text, or of one that is parsed already."""
    if isinstance(page, LexborHTMLParser):
        return page
    return LexborHTMLParser(page if isinstance(page, str) else page.content.decode())


def wrong(page) -> list[str]:
    """The field that each line of the error summary leads to; "" for what is wrong with the whole."""
    return [_target(line) for line in parsed(page).css(".govuk-error-summary li")]


def _target(line) -> str:
    link = line.css_first("a")
    return re.sub(r"^#(id_)?|_0$", "", link.attributes["href"]) if link else ""


def flashes(page) -> list[str]:
    """The level of each message: success, info, warning, error."""
    found = [each.attributes["class"].split() for each in parsed(page).css(".app-flash")]
    return [name.removeprefix("app-flash--") for names in found for name in names if name.startswith("app-flash--")]


def lacking(page, css: str, *facts: str) -> list[str]:
    """The facts that do not stand in the elements that fit."""
    words = " ".join(" ".join(each.text(separator=" ").split()) for each in parsed(page).css(css))
    return [fact for fact in facts if fact not in words]


def number_of(page, css: str) -> int:
    return len(parsed(page).css(css))


def links(page, css: str) -> list[str]:
    """Where the links lead."""
    return [each.attributes["href"] for each in parsed(page).css(css)]


def values(page, name: str) -> list[str]:
    """The values that a choice of this name offers."""
    return [each.attributes["value"] or "" for each in parsed(page).css(f"[name={name}]")]
