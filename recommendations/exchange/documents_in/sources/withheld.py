"""Remove what a coroner's report, or a response to one, says about people, as soon as it is read.

The person who died is named in the title, the file's name, sections 3 and 4, and the recipients of copies. None of it
is kept: a placeholder line says how many lines were removed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import PurePath

from recommendations.exchange.documents_in.lines import DocumentLine

PLACEHOLDER = re.compile(r"^\[\d+ lines? not read\]$")


def is_placeholder(text: str) -> bool:
    return bool(PLACEHOLDER.match(text))


def lines_instead_of(text: str) -> int:
    """Return how many lines a line represents: one, or those removed in its place."""
    return int(text[1:].split()[0]) if is_placeholder(text) else 1


def without_lines(lines: Sequence[DocumentLine], numbers: Iterable[int]) -> list[DocumentLine]:
    """Remove the lines with these numbers, replacing each run by a line that says how many there were."""
    out = set(numbers)
    kept: list[DocumentLine] = []
    for is_out, together in groupby(lines, key=lambda line: line.number in out):
        run = list(together)
        kept += [_instead_of(run)] if is_out and not all(is_placeholder(line.text) for line in run) else run
    return kept


def _instead_of(run: list[DocumentLine]) -> DocumentLine:
    count = sum(lines_instead_of(line.text) for line in run)
    text = f"[{count} {'line' if count == 1 else 'lines'} not read]"
    return replace(run[0], kind="paragraph", text=text, level=0, mark="")


def name_without(filename: str, called: str) -> str:
    """Return a neutral file name: published reports are named after the person who died."""
    return f"{called}{PurePath(filename).suffix.lower()}" if filename else ""
