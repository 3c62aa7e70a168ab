"""Short documents as the reader takes them apart, and what marks make of them."""

from collections.abc import Sequence

from recommendations.exchange.documents_in.lines import DocumentLine, lines_of_text
from recommendations.exchange.documents_in.marking.assembling import assemble
from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.groups import group_blocks
from recommendations.exchange.documents_in.marking.layouts import Layout
from recommendations.exchange.documents_in.marking.marks import Mark
from recommendations.exchange.documents_in.marking.reading import marked_blocks
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.results import ReadResponse

STRANGE = """HMICFRS: Ringing off: An inspection of abandoned calls

Response from: Police and Crime Commissioner for Fenshire

I welcome this report.

Point 1

Chief constables should publish each month how many callers gave up.

Where we are now: Figures have been on our website since March.

The May figure is 7.2 per cent, which is too many for me.

Point 2

The College of Policing should add silent calls to its training by 31 March 2027.

Where we are now: This is a matter for the College.

Point 3

Chief constables should:

• survey callers who gave up; and

• publish the results.

Where we are now: My office wrote the questions."""
NEXT_YEAR = """HMICFRS: Left at the roadside: An inspection of stranded drivers

Response from: Police and Crime Commissioner for Fenshire

This is a short report.

Point 1

The Home Office should say who pays for recovery by 30 June 2028.

Where we are now: I have asked the Minister.

Point 2

Chief constables should:

• keep a list of garages; and

• look at it each year.

Where we are now: The list is on the website of the force."""
LABELLED = """HMICFRS: Custody: An inspection of cells

Response from: Police and Crime Commissioner for Eastvale

I welcome this report.

Recommendation 1: The force should act on its own audit.

PCC comment: It has.

Recommendation 2: Chief constables should:

• list their cells; and

• close one.

PCC comment: There is one."""


def blocks_of_text(text: str) -> tuple[Block, ...]:
    return blocks_of(read_response(lines_of_text(text)))


def blocks_of_lines(lines: Sequence[DocumentLine]) -> tuple[Block, ...]:
    return blocks_of(read_response(lines))


def marked(text: str, marks: Sequence[Mark], layout: Layout | None = None) -> ReadResponse:
    """What is read of a text once it is marked, each word accounted for."""
    lines = lines_of_text(text)
    return assembled(read_response(lines), marks, lines, layout)


def assembled(
    read: ReadResponse, marks: Sequence[Mark], lines: Sequence[DocumentLine], layout: Layout | None = None
) -> ReadResponse:
    """What is read of these lines once they are marked, each word accounted for."""
    blocks = blocks_of(read)
    return assemble(read, group_blocks(blocks), group_blocks(marked_blocks(blocks, marks, layout)), lines)


def shown(blocks: Sequence[Block]) -> list[str]:
    """Each block's role, and who said so: "comment you", "number like 4"."""
    return [" ".join(filter(None, [each.role.value, each.by, str(each.like or "")])) for each in blocks]
