"""What was read of a document that is being imported: the same for each mark on it, so the last few are kept."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.layouts import Layout
from recommendations.exchange.documents_in.marking.reading import MarkedBlocks
from recommendations.exchange.documents_in.marking.second_opinion import SecondOpinion
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.sources.documents import read_document
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.forms.documents_in.kept_marks import identify

RESPONSE = "response"  # the kind of a published response; others are DocumentKind's


@dataclass(frozen=True)
class KeptReading:
    """What the reader made of a document, its blocks without a mark, what identifies them, and the second opinion."""

    read: ReadResponse
    unmarked: MarkedBlocks
    identities: tuple[str, ...]
    opinion: SecondOpinion


@lru_cache(maxsize=4)
def read_as(
    kind: str, lines: tuple[DocumentLine, ...], published_on: datetime.date | None, layout: Layout | None
) -> KeptReading:
    """Return what the reader of this kind makes of a document by a layout; deadlines count from the day."""
    if kind == RESPONSE:
        read = read_response(lines, published_on=published_on)
    else:
        read = read_document(DocumentKind(kind), lines, published_on)
    blocks = blocks_of(read)
    return KeptReading(
        read, MarkedBlocks.unmarked(blocks, layout), tuple(identify(blocks)), SecondOpinion(blocks, kind)
    )
