"""Makes the second opinion of the documents here: an averaged perceptron over blocks that are read right."""

import json
from collections import defaultdict
from collections.abc import Sequence
from random import Random

from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.second_opinion import (
    VOICES,
    WEIGHTS,
    opinion_features,
    strengths_of,
    voice_of,
    with_voices_before,
)
from tests.readers.reading import lines_of, read
from tests.readers.source import Source, sources

TIMES, ORDERS = 4, 5
LEAST = 2  # what speaks less for a voice is left out
OF_LABELS = (
    "head=",
    "label=",
    "above=",
    "before=",
    "after=",
    "column_heading=",
    "row_label=",
    "opens=",
    "first words=",
)

type Example = tuple[list[list[str]], list[str]]


def form_of(document: Source) -> str:
    """The form as `doubts` is told it."""
    return "hmicfrs" if document.form == "report" else document.form


def example(document: Source, blocks: Sequence[Block]) -> Example:
    """A document's features and voices, block by block."""
    return opinion_features(blocks, form_of(document)), [voice_of(block.role) for block in blocks]


def examples() -> list[Example]:
    """The corpus, each document as it is and once more without the words of its labels, as in an unknown layout."""
    found = [
        example(document, blocks_of(read(document, lines_of(document, layout))))
        for document in sources()
        for layout in document.files
    ]
    return [each for features, voices in found for each in ((features, voices), (_without_labels(features), voices))]


def _without_labels(features: list[list[str]]) -> list[list[str]]:
    return [[each for each in block if not each.startswith((*OF_LABELS, "word="))] for block in features]


def trained(documents: list[Example]) -> dict[str, dict[str, int]]:
    """What each feature speaks for: the mean of several orders of the documents, as one order gives a chance result.

    The same documents give the same, on each machine.
    """
    sums: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(VOICES, 0.0))
    for order in range(1, ORDERS + 1):
        for feature, each in _trained_in(order, documents).items():
            for voice, weight in each.items():
                sums[feature][voice] += weight
    means = {
        feature: {voice: round(10 * weight / ORDERS) for voice, weight in each.items()}
        for feature, each in sorted(sums.items())
    }
    kept = {
        feature: {voice: weight for voice, weight in each.items() if abs(weight) >= LEAST}
        for feature, each in means.items()
    }
    return {feature: each for feature, each in kept.items() if each}


def _trained_in(order: int, documents: list[Example]) -> dict[str, dict[str, float]]:
    """The averaged weights of one training, with the documents shuffled from this seed."""
    weights: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(VOICES, 0))
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(VOICES, 0))
    shuffled, seen = Random(order), 1
    for _ in range(TIMES):
        for features, voices in shuffled.sample(documents, len(documents)):
            before = before_that = ""
            for block, voice in zip(features, voices, strict=True):
                whole = with_voices_before(block, before, before_that)
                strengths = strengths_of(weights, whole)
                said = max(VOICES, key=strengths.__getitem__)
                for feature in whole if said != voice else ():
                    for which, step in ((voice, 1), (said, -1)):
                        weights[feature][which] += step
                        sums[feature][which] += step * seen
                seen += 1
                before_that, before = before, voice
    return {
        feature: {voice: each[voice] - sums[feature][voice] / seen for voice in VOICES}
        for feature, each in weights.items()
    }


def as_text(weights: dict[str, dict[str, int]]) -> str:
    """The file's text: a line for each feature."""
    lines = (f"{json.dumps(feature)}: {json.dumps(each)}" for feature, each in weights.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write() -> None:
    WEIGHTS.write_text(as_text(trained(examples())))
