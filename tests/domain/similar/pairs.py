"""The labelled pairs of pairs.txt: a hundred that are much alike, and a hundred of one theme that are not."""

import re
from collections.abc import Iterator
from pathlib import Path

LINE = re.compile(r"([1-4])([ab]) (.+)")
ASKS = 4

type Pair = tuple[str, str]


def themes() -> list[dict[str, str]]:
    """The texts of each theme: "1a" and "1b" are two wordings of one ask."""
    found: list[dict[str, str]] = []
    for line in Path(__file__).with_name("pairs.txt").read_text().splitlines():
        if line.startswith("## "):
            found.append({})
        elif one := LINE.fullmatch(line):
            found[-1][one[1] + one[2]] = one[3]
    return found


def alike() -> Iterator[Pair]:
    """Both wordings of each ask."""
    for texts in themes():
        yield from ((texts[f"{ask}a"], texts[f"{ask}b"]) for ask in range(1, ASKS + 1))


def not_alike() -> Iterator[Pair]:
    """Each ask with the next one of its theme, in the one wording and the other."""
    for texts in themes():
        for ask in range(1, ASKS + 1):
            one, other = ("a", "b") if ask % 2 == 0 else ("b", "a")
            yield texts[f"{ask}{one}"], texts[f"{ask % ASKS + 1}{other}"]
