"""Which recommendations a sentence is about: "On area for improvement 1, I ...", "As to the third and fifth areas"."""

import re
from collections.abc import Collection

from recommendations.exchange.documents_in.vocabulary import (
    ANY_KIND,
    DIGITS,
    IMPROVEMENT,
    KINDS,
    NO,
    ORDINALS,
    plain,
)

FARTHEST = 60  # characters from the beginning of the sentence: what is named later is mostly compared with
MOST_BETWEEN = 30  # "1 to 4"
NAMES = rf"{ANY_KIND}|areas?|points?"
NTH = "|".join(ORDINALS)
AND = r"(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s*&\s*)"
TO = r"(?:\s+to\s+|\s*[-–]\s*)"
BY_NUMBER = re.compile(
    rf"\b(?P<name>{NAMES}){NO}\s+(?P<numbers>{DIGITS}(?:(?:{AND}|{TO}){DIGITS})*)(?![\w.]*\w)", re.IGNORECASE
)
BY_PLACE = re.compile(rf"\b(?P<numbers>(?:{NTH})(?:{AND}(?:the )?(?:{NTH}))*)\s+(?P<name>{NAMES})\b", re.IGNORECASE)
EACH = re.compile(rf"(?P<to>{TO})?(?P<number>{DIGITS}|{NTH})", re.IGNORECASE)
COMPARES = re.compile(r"\b(?:as with|like|unlike|as in|see|see also|compare)\s+(?:the )?$", re.IGNORECASE)
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s")


def recommendations_named_first(text: str) -> list[tuple[str, str]]:
    """Return the kind and number of each recommendation that a paragraph names where it begins.

    "area" alone and "point" may be of any kind: their kind is "". Empty if it begins with none.
    """
    sentence = SENTENCE_ENDS.split(plain(text), maxsplit=1)[0]
    found: list[tuple[str, str]] = []
    matches = sorted([*BY_NUMBER.finditer(sentence), *BY_PLACE.finditer(sentence)], key=lambda each: each.start())
    for match in matches:
        if match.start() <= FARTHEST and not COMPARES.search(sentence[: match.start()]):
            found += [(_kind(match["name"]), number) for number in _numbers(match["numbers"])]
    return list(dict.fromkeys(found))


def those_named_first(text: str, known: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return which of these kinds and numbers a paragraph names where it begins; of a kind that none of them has, those
    with the number. Empty if it names another, or one that could be two.
    """
    kinds = {kind for kind, _ in known}
    named = recommendations_named_first(text)
    found = [
        (of, number)
        for kind, number in named
        for of, its_number in known
        if its_number == number and (of == kind or kind not in kinds)
    ]
    return found if len(found) == len(named) else []


def _kind(name: str) -> str:
    """Return the kind that a word names, "" if it may be any."""
    for kind, pattern in KINDS:
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return kind
    return IMPROVEMENT if name.lower().startswith("area") else ""


def _numbers(words: str) -> list[str]:
    found: list[str] = []
    for match in EACH.finditer(words):
        word = match["number"].lower()
        number = str(ORDINALS.index(word) + 1) if word in ORDINALS else match["number"]
        if match["to"] and found and found[-1].isdigit() and number.isdigit():
            between = int(number) - int(found[-1])
            if 1 < between <= MOST_BETWEEN:
                found += [str(int(found[-1]) + more) for more in range(1, between)]
        found.append(number)
    return found
