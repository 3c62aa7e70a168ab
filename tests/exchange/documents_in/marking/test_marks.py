"""Marks: what a person says that blocks are, as JSON and as they are applied."""

import pytest

from recommendations.exchange.documents_in.marking.marks import Mark, WrongMark, apply_marks, marks_of_json
from recommendations.exchange.documents_in.marking.roles import BlockRole
from tests.exchange.documents_in.marking.documents import LABELLED, blocks_of_text

MARKS = [
    Mark(3, 3, BlockRole.NOTHING),
    Mark(4, 6, BlockRole.NARRATIVE, alone=True),
    Mark(7, 7, BlockRole.COMMENT, of=(4,)),
    Mark(8, 8, BlockRole.COMMENT, of=(4, 6)),
]
AS_JSON = [
    {"id": 3, "role": "nothing"},
    {"id": 4, "to": 6, "role": "narrative", "alone": True},
    {"id": 7, "role": "comment", "of": 4},
    {"id": 8, "role": "comment", "of": [4, 6]},
]
NO_BLOCK = "Mark 1 names a block that the document does not have: it has 9."
WRONG = {
    "no list": ({"id": 1}, "The marks are not a list of objects with “id” and “role”."),
    "no role": ([{"id": 1}], "Mark 1 is not an object with “id” and “role”."),
    "no block": ([{"id": 10, "role": "title"}], NO_BLOCK),
    "not a number": ([{"id": "4", "role": "title"}], NO_BLOCK),
    "backwards": ([{"id": 4, "to": 3, "role": "title"}], NO_BLOCK),
    "of nothing": ([{"id": 4, "role": "part", "of": [0]}], NO_BLOCK),
    "no such role": (
        [{"id": 1, "role": "title"}, {"id": 4, "role": "answer"}],
        f"Mark 2 has a role that there is not: answer. The roles are {', '.join(BlockRole)}.",
    ),
}  # fmt: skip


def test_marks_are_written_and_read_as_json():
    assert [mark.as_json() for mark in MARKS] == AS_JSON
    assert marks_of_json(AS_JSON, 9) == MARKS


@pytest.mark.parametrize(("said", "why"), WRONG.values(), ids=WRONG)
def test_a_wrong_mark_is_refused_and_named(said, why):
    with pytest.raises(WrongMark) as refused:
        marks_of_json(said, 9)
    assert str(refused.value) == why


def test_a_later_mark_counts_over_an_earlier_one():
    blocks = apply_marks(
        blocks_of_text(LABELLED), [Mark(4, 5, BlockRole.NARRATIVE), Mark(5, 5, BlockRole.FORCE, of=(6,))]
    )
    assert [(block.role, block.of, block.by) for block in blocks[3:6]] == [
        (BlockRole.NARRATIVE, (), "you"),
        (BlockRole.FORCE, (6,), "you"),
        (BlockRole.RECOMMENDATION, (), ""),
    ]
