"""Where a long paper is cut into parts, which processes of their own make (parallel.py).

Each part but the first begins in the middle of the register, with an inspection if it can, and on a new page.
"""

import re
from itertools import pairwise
from typing import NamedTuple

MAIN = "<main>"
ENTRY = re.compile(r'<h4 id="')
INSPECTION = re.compile(r"<h3>([^<]*)</h3>")
BEGINNING = re.compile(r'<h3>|<h4 id="')  # of an inspection or an entry
CHAPTER = re.compile(r'<div class="chapter"[^>]*>')
NAMED = re.compile(r'\bid="([^"]+)"')
NUMBERED = re.compile(r'class="pg" href="#([^"]+)"')  # a link that prints the page of what it points to
NOT_AFTER = ('class="pg"', "<table", "<svg")  # what only the first part can have: it alone knows the others' pages
FEWEST = 150  # entries: a shorter register is made in one piece, and no page of it ends early
EACH = 150  # entries in a part, roughly: more take memory, fewer end more pages early
NEAR = 0.2  # of a part's text: how far from its end an inspection may begin


class Parts(NamedTuple):
    """The HTML of each, and every name that a link in any can point to."""

    first: str
    others: tuple[str, ...]
    names: frozenset[str]


def cut(html: str) -> Parts | None:
    """`html` in parts of like length, of which there is an even number, since two are made at a time.

    None where its register is short, or what follows is not only entries.
    """
    last = max(html.rfind(words) for words in NOT_AFTER)
    marks = [*BEGINNING.finditer(html, last + 1)]
    starts = [mark.start() for before, mark in pairwise(marks) if ENTRY.match(before[0])]
    if not starts or len(ENTRY.findall(html)) < FEWEST:
        return None
    parts = 2 * max(round((1 + len(starts)) / EACH / 2), 1)
    length = len(html) / parts
    first = max(length, starts[0] + NEAR * length)
    step = (len(html) - first) / (parts - 1)
    cuts = sorted({_nearest(html, starts, first + step * number, NEAR * length) for number in range(parts - 1)})
    others = (_opening(html[:start], html[start:end]) for start, end in pairwise([*cuts, len(html)]))
    return Parts(_with_names(html, cuts[0]), tuple(others), frozenset(NAMED.findall(html)))


def _nearest(html: str, starts: list[int], wanted: float, near: float) -> int:
    """The start that is nearest to `wanted`: that of an inspection, where one is near enough."""
    inspections = [start for start in starts if abs(start - wanted) < near and INSPECTION.match(html, start)]
    return min(inspections or starts, key=lambda start: abs(start - wanted))


def _with_names(html: str, end: int) -> str:
    """`html` up to `end`, and on a page of its own, which is left out, the later names whose pages it prints."""
    names = sorted(set(NUMBERED.findall(html)) & set(NAMED.findall(html, end)))
    return html[:end] + '<div class="annex"><p>-' + "".join(f'<i id="{name}"></i>' for name in names)


def _opening(before: str, part: str) -> str:
    """`part` behind what `before` leaves open, opened anew: the document, its chapter, its register, its inspection."""
    chapters, inspections = CHAPTER.findall(before), INSPECTION.findall(before)
    chapter = NAMED.sub("", chapters[-1]) if chapters else ""
    goes_on = inspections[-1].replace('"', "&quot;") if ENTRY.match(part) else ""
    said = f'<p class="goes-on" data-inspection="{goes_on}"></p>' if goes_on else ""
    return f'{before[: before.index(MAIN)]}{MAIN}{chapter}<div class="annex">{said}{part}'
