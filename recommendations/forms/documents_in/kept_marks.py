"""The marks of a document that is being imported, as they are kept, and how they are carried over when a new release of
the program reads the document into other blocks.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from recommendations.exchange.documents_in.marking.block import Block

type Step = list[dict[str, Any]]  # marks as JSON that were made by one press

KEYED = re.compile(r"^(?P<before>(?:recommendation|comment)-[bc])(?P<ids>\d+(?:x\d+)*)(?P<after>(?:y\d+)?-\w+)$")


@dataclass(frozen=True)
class KeptMarks:
    """Marks in steps, what was typed, and the blocks that they name. `read_differently`: they were carried over."""

    steps: list[Step]
    typed: dict[str, str]
    reading: list[str]
    read_differently: bool = False


def identify(blocks: Sequence[Block]) -> list[str]:
    """What identifies each block: its line, its words, and what the reader took it for."""
    return [f"{block.line.number}:{_digest(block.text)}:{block.role}" for block in blocks]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def carry_over(marks: KeptMarks, reading: list[str]) -> KeptMarks:
    """The marks and typed values for the blocks as they are read now: those of lines that are the same."""
    if marks.reading == reading or not marks.reading:
        return replace(marks, reading=reading)
    now = {_line_and_words(each): id_ for id_, each in reversed(list(enumerate(reading, start=1)))}
    moved = {id_: now.get(_line_and_words(each), 0) for id_, each in enumerate(marks.reading, start=1)}
    steps = [[mark for each in step if (mark := _moved(each, moved))] for step in marks.steps]
    typed = {name: value for old, value in marks.typed.items() if (name := _renamed(old, moved))}
    return KeptMarks([step for step in steps if step], typed, reading, read_differently=True)


def _line_and_words(identified: str) -> str:
    return identified.rpartition(":")[0]


def _moved(mark: dict[str, Any], moved: dict[int, int]) -> dict[str, Any] | None:
    first, last = moved.get(mark["id"], 0), moved.get(mark.get("to", mark["id"]), 0)
    about = mark.get("of", [])
    of = [moved.get(id_, 0) for id_ in (about if isinstance(about, list) else [about])]
    if not first or last < first or not all(of):
        return None
    return mark | {"id": first} | ({"to": last} if "to" in mark else {}) | ({"of": of} if of else {})


def _renamed(name: str, moved: dict[int, int]) -> str:
    """The name of a typed field for the blocks of now; "" if its blocks are no more."""
    match = KEYED.match(name)
    if match is None:
        return name
    ids = [moved.get(int(id_), 0) for id_ in match["ids"].split("x")]
    return f"{match['before']}{'x'.join(map(str, ids))}{match['after']}" if all(ids) else ""
