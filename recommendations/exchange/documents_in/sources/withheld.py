"""Removing what a coroner's report, or a response to one, says about people, as soon as it is read.

The person who died is named in the title, in the file's name, in sections 3 and 4, and in whom the report is copied to.
None of it is kept: a line says how many lines were removed.
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
    """How many lines a line stands for: itself, or those that were left out in its place."""
    return int(text[1:].split()[0]) if is_placeholder(text) else 1


def without(lines: Sequence[DocumentLine], numbers: Iterable[int]) -> list[DocumentLine]:
    """The lines without those numbered; each run removed is replaced by a line that says how many there were."""
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
    """A neutral file name: published reports are named after the person who died."""
    return f"{called}{PurePath(filename).suffix.lower()}" if filename else ""
