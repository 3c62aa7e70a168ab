"""Numbered paragraphs: if "2.1", "2.2" number everything in a document, they do not number recommendations.

Such numbers are cut off and placed separately; the text after them (a label, a request, an answer) is read as if they
were not there.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from recommendations.exchange.documents_in.asking import reads_as_recommendation
from recommendations.exchange.documents_in.comment_labels import read_label
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.recommendation_starts import read_section, read_start

NUMBER = re.compile(r"^(?P<printed>(?P<number>\d{1,2}(?:\.\d{1,3}){0,2})[.)]?)\s+(?=\S)")
FEWEST = 3  # numbers in an outline
LONGEST_LABEL = 200


def without_outline(lines: Sequence[DocumentLine]) -> tuple[list[DocumentLine], list[DocumentLine]]:
    """Return the lines without paragraph numbers, and those numbers as separate lines."""
    numbered = _outline(lines)
    kept, numbers = [], []
    for place, line in enumerate(lines):
        match = NUMBER.match(line.text) if place in numbered else None
        kept.append(replace(line, text=line.text[match.end() :]) if match else line)
        numbers += [replace(line, text=match["printed"])] if match else []
    return kept, numbers


def _outline(lines: Sequence[DocumentLine]) -> set[int]:
    """Return the indexes of the lines numbered by an outline, if it numbers more than recommendations."""
    found = {place: _number(line) for place, line in enumerate(lines) if _number(line)}
    whole: set[int] = set()
    for deep in (True, False):
        run = _run([(place, number) for place, number in found.items() if (len(number) > 1) == deep])
        if len(run) >= FEWEST and _numbers_everything([lines[place] for place in run]):
            whole |= set(run)
    return whole


def _number(line: DocumentLine) -> tuple[int, ...]:
    match = NUMBER.match(line.text) if line.kind in ("paragraph", "heading") else None
    return tuple(int(part) for part in match["number"].split(".")) if match else ()


def _run(numbers: list[tuple[int, tuple[int, ...]]]) -> list[int]:
    """Return the longest run of consecutive numbers: 2.1, 2.2, 3.1."""
    longest: list[int] = []
    run: list[int] = []
    last: tuple[int, ...] = ()
    for place, number in numbers:
        run = [*run, place] if last and _follows(last, number) else [place]
        last = number
        longest = run if len(run) > len(longest) else longest
    return longest


def _follows(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    for depth in range(len(last)):
        if number == (*last[:depth], last[depth] + 1, *(1,) * (len(number) - depth - 1)):
            return True
    return number == (*last, 1)


def _numbers_everything(lines: list[DocumentLine]) -> bool:
    """Whether the numbers also cover names, labels or headings of recommendations, and some lines ask nothing."""
    rests = [line.text[match.end() :] for line in lines if (match := NUMBER.match(line.text))]
    tells = [rest for rest in rests if _says_what_follows(rest)]
    asked = [rest for rest in rests if reads_as_recommendation(rest)]
    chapters = {_number(line)[0] for line in lines}
    paragraphs = _number(lines[0]) == (1, 1) and len(chapters) > 1 and 2 * len(asked) < len(rests)
    return paragraphs or (bool(tells) and len(asked) + len(tells) < len(rests))


def _says_what_follows(rest: str) -> bool:
    start = read_start(rest)
    if start is not None and not start.bare and start.number:
        return True
    label, section = (read_label(rest), read_section(rest)) if len(rest) <= LONGEST_LABEL else (None, None)
    return bool((label and not label.rest) or section or (start and not start.bare and not start.rest))
