"""What hung on a recommendation that is none any more."""

import pytest

from recommendations.exchange.documents_in.marking.hanging import HUNG
from recommendations.exchange.documents_in.marking.marks import Mark
from recommendations.exchange.documents_in.marking.reading import marked_blocks
from recommendations.exchange.documents_in.marking.roles import BlockRole
from tests.exchange.documents_in.marking.documents import LABELLED, blocks_of_text, marked, shown

WHERE_IT_GOES = {
    BlockRole.NARRATIVE: ["narrative you", "narrative like 6", "narrative like 6", "narrative like 6"],
    BlockRole.NOTHING: ["nothing you", "nothing like 6", "nothing like 6", "unsure like 6"],
    BlockRole.COMMENT: ["comment you", "comment like 6", "comment like 6", "comment"],
    BlockRole.TITLE: ["title you", "unsure like 6", "unsure like 6", "unsure like 6"],
    BlockRole.MORE: ["more you", "part", "part", "comment"],
}


@pytest.mark.parametrize("role", WHERE_IT_GOES)
def test_parts_and_answers_go_where_their_recommendation_went(role):
    assert shown(marked_blocks(blocks_of_text(LABELLED), [Mark(6, 6, role)]))[5:] == WHERE_IT_GOES[role]


def test_a_recommendation_that_is_narrative_leaves_nothing_behind():
    read = marked(LABELLED, [Mark(6, 6, BlockRole.NARRATIVE)])
    assert [rec.text for rec in read.recommendations] == ["The force should act on its own audit."]
    assert [comment.text for comment in read.comments] == ["It has."]
    assert read.narrative[1:] == (
        "Recommendation 2: Chief constables should:",
        "• list their cells; and",
        "• close one.",
        "PCC comment: There is one.",
    )
    assert read.unaccounted == ()


def test_what_hung_on_a_block_that_was_marked_alone_stays_with_a_doubt():
    blocks = marked_blocks(blocks_of_text(LABELLED), [Mark(6, 6, BlockRole.NARRATIVE, alone=True)])
    assert [(block.role, block.doubt) for block in blocks[6:]] == [
        (BlockRole.PART, HUNG),
        (BlockRole.PART, HUNG),
        (BlockRole.COMMENT, HUNG),
    ]
