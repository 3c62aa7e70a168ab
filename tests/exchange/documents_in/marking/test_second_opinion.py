"""The second opinion says what to look at, and decides nothing."""

from dataclasses import replace

from recommendations.exchange.documents_in.marking.marks import Mark, apply_marks
from recommendations.exchange.documents_in.marking.reading import marked_blocks
from recommendations.exchange.documents_in.marking.roles import BlockRole
from recommendations.exchange.documents_in.marking.second_opinion import NO_PLACE, REASONS, doubts
from tests.exchange.documents_in.marking.documents import LABELLED, STRANGE, blocks_of_text

MARKS = [Mark(4, 4, BlockRole.NUMBER), Mark(6, 6, BlockRole.COMMENT)]


def test_a_document_that_is_read_right_is_in_no_doubt():
    assert doubts(blocks_of_text(LABELLED)) == {}


def test_what_has_no_place_and_what_reads_otherwise_is_in_doubt():
    found = doubts(blocks_of_text(STRANGE))
    assert {id_: why for id_, why in found.items() if id_ in (5, 9)} == {5: REASONS["asked"], 9: REASONS["asked"]}
    unsure = apply_marks(blocks_of_text(LABELLED), [Mark(3, 3, BlockRole.UNSURE)])
    assert doubts([replace(block, by="") for block in unsure]) == {3: NO_PLACE}


def test_what_a_person_marked_and_what_follows_it_is_in_no_doubt():
    assert doubts(marked_blocks(blocks_of_text(STRANGE), MARKS)) == {}
