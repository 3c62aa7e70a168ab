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


UNDER_HEADINGS = """HMICFRS: Protest: An inspection of public order

Response from: Police and Crime Commissioner for Eastvale

Theme one

1. Chief constables should train commanders.

2. Chief constables should talk to organisers.

PCC comment: Both are under way."""


def test_what_was_about_a_heading_that_is_none_is_about_the_recommendation_below_it():
    blocks = blocks_of_text(UNDER_HEADINGS)
    heading, first, second, answer = blocks[-4:]
    assert (heading.role, answer.of) == (BlockRole.HEADING, (heading.id, second.id))
    now = marked_blocks(blocks, [Mark(heading.id, heading.id, BlockRole.NOTHING)])
    assert now[-1].of == (first.id, second.id)
