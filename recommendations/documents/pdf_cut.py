"""Where a long paper is cut in two halves, which two processes make (pdf_halves.py).

The second half begins in the middle of the register, with an inspection and on a new page.
"""

import re
from typing import NamedTuple

MAIN = "<main>"
ENTRY = re.compile(r'<h4 id="')
INSPECTION = re.compile(r"<h3>([^<]*)</h3>")
CHAPTER = re.compile(r'<div class="chapter"[^>]*>')
NAMED = re.compile(r'\bid="([^"]+)"')
NUMBERED = re.compile(r'class="pg" href="#([^"]+)"')  # a link that prints the page of what it points to
NOT_AFTER = ('class="pg"', "<table", "<svg")  # what a second half cannot have: it does not know the first one's pages
FEWEST = 150  # entries: a shorter register is made in one piece, and no page of it ends early
SHARE = 0.5  # of the text, in the first half
NEAR = 0.1  # of the text: how far from there an inspection may begin


class Halves(NamedTuple):
    """The HTML of both, and every name that a link in either can point to."""

    first: str
    second: str
    names: frozenset[str]


def cut(html: str) -> Halves | None:
    """`html` in two halves; None where its register is short, or what follows the middle is not only entries."""
    last = max(html.rfind(words) for words in NOT_AFTER)
    entries = [found.start() for found in ENTRY.finditer(html)]
    inspections = [found.start() for found in INSPECTION.finditer(html, last)]
    wanted = SHARE * len(html)
    near = [start for start in inspections if abs(start - wanted) < NEAR * len(html)]
    start = min(near or [each for each in entries if each > last], key=lambda each: abs(each - wanted), default=None)
    if start is None or len(entries) < FEWEST:
        return None
    before, after = html[:start], html[start:]
    return Halves(_with_names(before, after), _opening(before, after) + after, frozenset(NAMED.findall(html)))


def _with_names(before: str, after: str) -> str:
    """`before`, and on a page of its own, which is left out, the names in `after` whose pages it prints."""
    names = sorted(set(NUMBERED.findall(before)) & set(NAMED.findall(after)))
    return before + '<div class="annex"><p>-' + "".join(f'<i id="{name}"></i>' for name in names)


def _opening(before: str, after: str) -> str:
    """What is open at the end of `before`, opened anew: the document, its chapter, its register with its inspection."""
    chapters, inspections = CHAPTER.findall(before), INSPECTION.findall(before)
    chapter = NAMED.sub("", chapters[-1]) if chapters else ""
    goes_on = inspections[-1].replace('"', "&quot;") if ENTRY.match(after) else ""
    said = f'<p class="goes-on" data-inspection="{goes_on}"></p>' if goes_on else ""
    return f'{before[: before.index(MAIN)]}{MAIN}{chapter}<div class="annex">{said}'
