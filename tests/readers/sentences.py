"""The sentences of the fictional documents, from pools: one third of each pool is for the documents kept apart."""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

POOLS = Path(__file__).parent / "pools"
APART = 3  # each third sentence


@dataclass(frozen=True)
class Sentence:
    """A sentence, to whom it is directed if it asks, and its parts if it has some."""

    text: str
    to: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class Pools:
    """Sentences for one document: an order of its own, each sentence once until the pool is empty."""

    def __init__(self, document: str, *, apart: bool) -> None:
        self.seed, self.apart = document, apart
        self.left: dict[str, list[Sentence]] = {}

    def next(self, pool: str) -> Sentence:
        if not self.left.get(pool):
            sentences = [each for n, each in enumerate(_read(pool)) if (n % APART == APART - 1) == self.apart]
            self.left[pool] = random.Random(f"{self.seed} {pool}").sample(sentences, len(sentences))
        return self.left[pool].pop()


@cache
def _read(pool: str) -> list[Sentence]:
    return [_sentence(line) for line in (POOLS / f"{pool}.txt").read_text().splitlines()]


def _sentence(line: str) -> Sentence:
    to, *texts = [each.strip() for each in line.split(" | ")] if " | " in line else ["", line]
    return Sentence(texts[0], tuple(to.split("; ")) if to else (), tuple(texts[1:]))
