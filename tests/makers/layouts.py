"""Layouts of documents, as they are remembered when a document is saved."""

from recommendations.domain.layouts.layouts import NewLayout, remember_layout
from recommendations.enums.layouts import LayoutKind
from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.layouts import layout_of
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.models import DocumentLayout
from recommendations.trail import verb
from tests.conftest import AT


def remember(new: NewLayout, *, by=None, at=AT, read_by: DocumentLayout | None = None) -> DocumentLayout | None:
    """What saving a document keeps of its layout."""
    with verb("record_published_response", by=by, at=at) as act:
        return remember_layout(act, new, read_by)


def new_layout(layout: dict, kind: str = LayoutKind.RESPONSE, **facts) -> NewLayout:
    """What was learned from a document."""
    return NewLayout(kind=kind, layout=layout, **{"document_name": "Custody in Westmarch"} | facts)


def layout_of_text(text: str) -> dict:
    """The layout of a response that is read without a mark."""
    return layout_of(blocks_of(read_response(lines_of_text(text)))).as_json()
