"""Layouts of documents, as they are remembered when a document is saved."""

from collections.abc import Iterable

from recommendations.domain.layouts.layouts import NewLayout, remember_layout
from recommendations.enums.layouts import LayoutKind
from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.layouts import layout_of
from recommendations.exchange.documents_in.marking.marks import Mark
from recommendations.exchange.documents_in.marking.reading import marked_blocks
from recommendations.exchange.documents_in.marking.roles import BlockRole
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.models import DocumentLayout
from recommendations.trail import verb
from tests.conftest import AT


def remember(new: NewLayout, *, by=None, at=AT) -> DocumentLayout | None:
    """What saving a document keeps of its layout."""
    with verb("record_published_response", by=by, at=at) as act:
        return remember_layout(act, new)


def new_layout(layout: dict, kind: str = LayoutKind.RESPONSE, **facts) -> NewLayout:
    """What was learned from a document."""
    return NewLayout(kind=kind, layout=layout, **{"document_name": "Custody in Westmarch"} | facts)


def layout_of_text(text: str, marks: Iterable[str] = ()) -> dict:
    """The layout of a response with these marks: "title:3" says that line 3 is the title."""
    pairs = [each.partition(":") for each in marks]
    said = [Mark(int(line), int(line), BlockRole(role)) for role, _, line in pairs]
    return layout_of(marked_blocks(blocks_of(read_response(lines_of_text(text))), said)).as_json()


# A response in a layout that the reader does not know, and what the same office published a year later.
MISREAD = """Marches OPCC: what we say to the inspectors

Published on 2 October 2025

Custody in Westmarch

I am glad to have read this and thank the inspectors for their care.

They want: Call bells in every cell should be tested at the start of each shift.

We say: The force tests them at six in the morning and at six in the evening.

They want: Detained children should be seen by a nurse within an hour.

We say: A nurse is on duty at both suites since August.

They want: Each use of force should be recorded on the custody record.

We say: I have asked for a sample of fifty records each quarter.
"""
NEXT = """Marches OPCC: what we say to the inspectors

Published on 5 October 2026

Roads policing in Westmarch

I welcome this report and what it says of the officers who do this work.

They want: Drivers who are stopped should be told why before anything else is asked of them.

We say: Body-worn video is looked at each month by my office.

They want: The fleet should have its tyres checked each week.

We say: The workshop has a new list, and I have seen it in use.
"""
MARKS = ("nothing:1", "title:3", "recommendation:5", "comment:6")  # put the first right, in this order
