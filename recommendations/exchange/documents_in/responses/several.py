"""Split a document with several responses, so that each can be imported with its own days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.responses.grammar import SECOND
from recommendations.exchange.documents_in.responses.reading import read_response


@dataclass(frozen=True)
class OneResponse:
    """One response in a document: the line with its title, and its lines, numbered from 1."""

    title: str
    lines: tuple[DocumentLine, ...]


def responses_in(lines: Sequence[DocumentLine]) -> tuple[OneResponse, ...]:
    """Return the responses in these lines, at least one: each begins where a heading reads as its title."""
    read = read_response(lines)
    titles = {placed.line.number: placed.line.text for placed in read.doubts if placed.doubt == SECOND}
    starts = [lines[0].number, *sorted(titles), lines[-1].number + 1] if lines else []
    return tuple(
        OneResponse(titles.get(start, read.title), _renumber(line for line in lines if start <= line.number < end))
        for start, end in pairwise(starts)
    )


def _renumber(lines: Iterable[DocumentLine]) -> tuple[DocumentLine, ...]:
    return tuple(replace(line, number=number) for number, line in enumerate(lines, start=1))
