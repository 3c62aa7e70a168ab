"""A response is put together from its blocks: as it was read, and as it was marked."""

import random
from datetime import date

import pytest

from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.marking.assembling import assemble
from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.groups import group_blocks
from recommendations.exchange.documents_in.marking.marks import Mark
from recommendations.exchange.documents_in.marking.reading import marked_blocks
from recommendations.exchange.documents_in.marking.roles import BlockRole
from recommendations.exchange.documents_in.reports.reading import read_report
from recommendations.exchange.documents_in.responses.reading import read_response
from tests.examples import examples
from tests.exchange.documents_in.marking.documents import LABELLED, assembled, marked
from tests.exchange.documents_in.test_accounting import LINES, numbered

# A number, deadline or addressee keeps what is one. Words of a label may have been those of a title that is marked.
KEEP_ALL_WORDS = [
    role
    for role in BlockRole
    if role not in (BlockRole.NUMBER, BlockRole.DEADLINE, BlockRole.ADDRESSEES, BlockRole.TITLE)
]
ELSEWHERE = """HMICFRS: Custody: An inspection of cells

Response from: Police and Crime Commissioner for Eastvale

Recommendation 1: The force should act on its own audit.

Recommendation 2: Chief constables should list their cells.

Our answers

Recommendation 1

It has acted, and I have seen that it did.

Recommendation 2

There is a list."""


@pytest.mark.parametrize("read", [read_response, read_report])
@pytest.mark.parametrize("seed", range(examples(40)))
def test_marks_lose_no_word_and_add_none(read, seed):
    """Lines of many documents, thrown together, and marked at random."""
    drawn = random.Random(seed)
    lines = numbered(drawn.choices(LINES, k=60))
    result = read(lines)
    blocks = blocks_of(result)
    marks = [
        Mark(first, min(first + drawn.choice([0, 0, 3]), len(blocks)), drawn.choice(KEEP_ALL_WORDS))
        for first in sorted(drawn.sample(range(1, len(blocks) + 1), 6))
    ]
    problems = assembled(result, marks, lines).unaccounted
    assert [each for each in problems if "was read as" not in each] == []


def test_a_marked_comment_is_the_forces():
    read = marked(LABELLED, [Mark(5, 5, BlockRole.FORCE, alone=True)])
    assert [(rec.comment, rec.chief_officer_comments) for rec in read.recommendations] == [
        ("", "It has."),
        ("There is one.", ""),
    ]
    assert read.chief_officer_comments == "Recommendation 1: It has."


def test_answers_stand_in_another_part_of_the_document():
    lines = [(block.id, block.text) for block in blocks_of(read_response(lines_of_text(ELSEWHERE)))]
    first = {text: id_ for id_, text in reversed(lines)}
    marks = [
        Mark(first["Our answers"], first["Our answers"], BlockRole.NOTHING),
        Mark(lines[-4][0], lines[-4][0], BlockRole.NUMBER, alone=True),
        Mark(lines[-3][0], lines[-3][0], BlockRole.COMMENT, alone=True),
        Mark(lines[-2][0], lines[-2][0], BlockRole.NUMBER, alone=True),
        Mark(lines[-1][0], lines[-1][0], BlockRole.COMMENT, alone=True),
    ]
    read = marked(ELSEWHERE, marks)
    assert [(rec.number, rec.comment) for rec in read.recommendations] == [
        ("1", "It has acted, and I have seen that it did."),
        ("2", "There is a list."),
    ]


def test_a_title_and_a_reply_are_marked():
    read = marked(LABELLED, [Mark(3, 3, BlockRole.REPLY)])
    assert (read.reply, read.narrative, read.unaccounted) == ("I welcome this report.", (), ())


@pytest.mark.parametrize("role", [None, BlockRole.NARRATIVE])
def test_deadlines_count_from_the_day_that_was_found_later(role):
    """As read, and where a line of the recommendation was marked."""
    said = "Recommendation 1: Within six months, chief constables should list their cells.\n\nThis is the last line."
    read = read_response(lines_of_text(said))
    as_read = group_blocks(blocks_of(read))
    now = group_blocks(marked_blocks(blocks_of(read), [Mark(2, 2, role)] if role else []))
    deadlines = [
        assemble(read, as_read, now, published_on=day).recommendations[0].deadline
        for day in (None, date(2026, 11, 3), date(2026, 12, 3))
    ]
    assert [(each.words, each.kind, each.due_on) for each in deadlines] == [
        ("Within six months", "relative", None),
        ("Within six months", "relative", date(2027, 5, 3)),
        ("Within six months", "relative", date(2027, 6, 3)),
    ]
