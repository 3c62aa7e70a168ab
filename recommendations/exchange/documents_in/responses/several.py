"""Several responses in one document, each with its own lines, so that each is brought in with its own days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.responses.grammar import SECOND
from recommendations.exchange.documents_in.responses.reading import read_response


@dataclass(frozen=True)
class OneResponse:
    """One of the responses in a document: the line that titles it, and its lines, numbered from 1."""

    title: str
    lines: tuple[DocumentLine, ...]


def responses_in(lines: Sequence[DocumentLine]) -> tuple[OneResponse, ...]:
    """The responses in these lines, one or more: each begins where a heading reads as its title."""
    read = read_response(lines)
    titles = {placed.line.number: placed.line.text for placed in read.doubts if placed.doubt == SECOND}
    starts = [lines[0].number, *sorted(titles), lines[-1].number + 1] if lines else []
    return tuple(
        OneResponse(titles.get(start, read.title), _numbered(line for line in lines if start <= line.number < end))
        for start, end in pairwise(starts)
    )


def _numbered(lines: Iterable[DocumentLine]) -> tuple[DocumentLine, ...]:
    return tuple(replace(line, number=number) for number, line in enumerate(lines, start=1))
