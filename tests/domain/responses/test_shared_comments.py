"""Which parts of a response share a comment."""

from recommendations.domain.responses.draft.shared_comments import sharing_parts
from recommendations.models import DraftPart


def test_a_comment_names_each_part_that_it_answers_too():
    host, alone = DraftPart(recommendation_id=1), DraftPart(recommendation_id=4)
    sharing = [DraftPart(recommendation_id=number, with_part=host) for number in (2, 3)]
    assert sharing_parts([host, *sharing, alone]) == {host.key: [part.key for part in sharing]}
