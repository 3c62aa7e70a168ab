"""The layouts on record: by which a document is read, and what is learned from one that was checked."""

import datetime
from collections.abc import Sequence

from recommendations.domain.layouts.layouts import NewLayout
from recommendations.domain.layouts.queries import layouts_in_use
from recommendations.enums.layouts import LayoutKind
from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.layouts import (
    Layout,
    WrongLayout,
    layout_of,
    layout_of_json,
    likeliest,
)
from recommendations.models import DocumentLayout, PolicingBody

MOST_LOOKS = 1_000


def likeliest_layout(kind: str, blocks: Sequence[Block]) -> DocumentLayout | None:
    """Return the layout on record that a document of this kind is in, or None. One query.

    None is tried for coroners' reports and the answers to them.
    """
    if kind not in LayoutKind.values:
        return None
    rows = [(row, layout) for row in layouts_in_use(kind) if (layout := layout_on_record(row))]
    found = likeliest(rows, blocks)
    return found[0] if found else None


def layout_on_record(row: DocumentLayout | None) -> Layout | None:
    """Return the layout that a row has, or None if it is of another version of the program."""
    try:
        return layout_of_json(row.layout) if row else None
    except WrongLayout:
        return None


def learned_layout(
    kind: str,
    blocks: Sequence[Block],
    *,
    name: str,
    day: datetime.date | None,
    body: PolicingBody | None = None,
    known: DocumentLayout | None = None,
    read_afresh: bool = False,
) -> NewLayout | None:
    """Return what a checked document teaches. `known` is the layout that it was found to be in: what that knew is kept,
    unless the document was read afresh.

    None for coroners' reports and the answers to them: nothing is learned from those.
    """
    if kind not in LayoutKind.values:
        return None
    layout = layout_of(blocks)
    if not read_afresh:
        layout = with_what_was_known(layout, layout_on_record(known))
    body = body if kind == LayoutKind.RESPONSE else None
    return NewLayout(kind, layout.as_json(), document_name=name, document_on=day, body=body, replaces=known)


def with_what_was_known(new: Layout, before: Layout | None) -> Layout:
    """Return a layout with those looks of the one before that the document did not have. The document has the last
    word. It is the layout before if the document taught nothing new.
    """
    known = {(block.role_before, block.look): block for block in (before.blocks if before else ())}
    known |= {(block.role_before, block.look): block for block in new.blocks}
    return Layout(tuple(known.values())[-MOST_LOOKS:])
