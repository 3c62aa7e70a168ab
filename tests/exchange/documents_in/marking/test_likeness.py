"""Blocks like those that were marked are read as they were, and what a mark says follows from it."""

from dataclasses import replace
from time import process_time

import pytest

from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.features import features_of
from recommendations.exchange.documents_in.marking.marks import Mark
from recommendations.exchange.documents_in.marking.reading import MarkedBlocks, marked_blocks
from recommendations.exchange.documents_in.marking.roles import BlockRole
from tests.exchange.documents_in.marking.documents import (
    LABELLED,
    STRANGE,
    blocks_of_lines,
    blocks_of_text,
    marked,
    shown,
)

NUMBER, ANSWER = Mark(4, 4, BlockRole.NUMBER), Mark(6, 6, BlockRole.COMMENT)
TABLE = [
    ("No.", "What they said", "Our word"),
    ("1", "The force should list its cells.", "It has listed them."),
    ("2", "The force should close one.", "It will not."),
    ("3", "The College should write to us.", "It did so in May."),
]


def lines_of_table(rows) -> list[DocumentLine]:
    title = DocumentLine(1, "heading", "HMICFRS: Custody: An inspection of cells", level=1)
    cells = [((row, column), text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    return [title, *(DocumentLine(n, "cell", text, cell=(1, *at)) for n, (at, text) in enumerate(cells, start=2))]


def test_nothing_changes_where_nothing_is_marked():
    blocks = blocks_of_text(STRANGE)
    assert marked_blocks(blocks, []) == blocks


def test_two_marks_read_a_document_in_a_strange_layout():
    assert shown(marked_blocks(blocks_of_text(STRANGE), [NUMBER, ANSWER])) == [
        "title",
        "nothing",
        "narrative",
        "number you",
        "recommendation like 4",
        "comment you",
        "comment like 6",
        "number like 4",
        "recommendation like 4",
        "comment like 6",
        "number like 4",
        "recommendation like 4",
        "part like 4",
        "part like 4",
        "comment like 6",
    ]


def test_numbers_parts_and_deadlines_are_read_from_what_was_marked():
    read = marked(STRANGE, [NUMBER, ANSWER])
    assert [(rec.number, rec.text, rec.limbs, rec.deadline.words, rec.comment) for rec in read.recommendations] == [
        (
            "1",
            "Chief constables should publish each month how many callers gave up.",
            (),
            "",
            "Figures have been on our website since March.\n\n"
            "The May figure is 7.2 per cent, which is too many for me.",
        ),
        (
            "2",
            "The College of Policing should add silent calls to its training by 31 March 2027.",
            (),
            "by 31 March 2027",
            "This is a matter for the College.",
        ),
        (
            "3",
            "Chief constables should:",
            ("survey callers who gave up; and", "publish the results."),
            "",
            "My office wrote the questions.",
        ),
    ]
    assert (read.narrative, read.unplaced, read.unaccounted) == (("I welcome this report.",), (), ())


def test_columns_of_a_table_are_like_each_other():
    blocks = blocks_of_lines(lines_of_table(TABLE))
    marks = [Mark(5, 5, BlockRole.NUMBER), Mark(6, 6, BlockRole.RECOMMENDATION), Mark(7, 7, BlockRole.COMMENT)]
    roles = [block.role for block in marked_blocks(blocks, marks)[4:]]
    assert roles == [BlockRole.NUMBER, BlockRole.RECOMMENDATION, BlockRole.COMMENT] * 3


def test_a_further_paragraph_in_the_cell_of_an_answer_goes_with_it():
    """However it begins, unless it has a label of its own."""
    lines = lines_of_table(TABLE)
    (number, more), last = (6, "We shall look at them again in June of next year."), lines[-1].number
    lines[number:number] = [replace(lines[number - 1], text=more)]
    lines = [replace(line, number=place) for place, line in enumerate(lines, start=1)]
    blocks = blocks_of_lines(lines)
    answer = next(block for block in blocks if block.text == more)
    now = marked_blocks(blocks, [Mark(answer.id - 1, answer.id - 1, BlockRole.FORCE)])
    assert (now[answer.id - 1].role, len(lines)) == (BlockRole.FORCE, last + 1)
    labelled = [replace(line, text="PCC comment: Good.") if line.text == more else line for line in lines]
    now = marked_blocks(blocks_of_lines(labelled), [Mark(answer.id - 1, answer.id - 1, BlockRole.FORCE)])
    assert now[answer.id - 1].role != BlockRole.FORCE


def test_codes_of_fields_tell_labels_apart_and_numbers_do_not():
    def look(text: str) -> object:
        (features,) = features_of([Block(1, DocumentLine(1, "paragraph", text), BlockRole.NOTHING)])
        return features.get("label", features.get("head"))

    assert look("Field B4:") != look("Field B5:")
    assert look("Recommendation 4:") == look("Recommendation 5:")
    assert look("The first recommendation:") == look("The fourth recommendation:")


def test_what_was_passed_over_stays_as_it_is():
    """Marks go down the page: block 5 was looked at on the way to block 9, and its look is the same."""
    blocks = blocks_of_text(LABELLED)
    assert shown(marked_blocks(blocks, [Mark(9, 9, BlockRole.FORCE)]))[4] == "comment"
    assert (
        shown(marked_blocks(blocks, [Mark(9, 9, BlockRole.FORCE), Mark(5, 5, BlockRole.NARRATIVE)]))[8] == "force you"
    )


def test_a_mark_alone_takes_none_with_it():
    blocks = blocks_of_text(STRANGE)
    alone = marked_blocks(blocks, [replace(NUMBER, alone=True), replace(ANSWER, alone=True)])
    assert [block.id for block, was in zip(alone, blocks, strict=True) if block.role != was.role] == [4, 6]


def test_followers_are_those_that_a_mark_would_take_with_it():
    blocks = blocks_of_text(STRANGE)
    unmarked = MarkedBlocks.unmarked(blocks)
    assert unmarked.followers(NUMBER) == (5, 8, 9, 11, 12, 13, 14)
    assert unmarked.with_marks([NUMBER]).followers(ANSWER) == (7, 10, 15)
    assert unmarked.followers(replace(NUMBER, alone=True)) == ()
    assert unmarked.blocks == blocks


def test_a_label_that_blocks_of_one_role_share_is_not_repeated_in_them():
    read = marked(STRANGE, [NUMBER, ANSWER])
    assert [comment.text[:16] for comment in read.comments] == [
        "Figures have bee",
        "This is a matter",
        "My office wrote ",
    ]
    assert [place.taken for place in read.placed if place.kind == "comment"] == [
        ("Where we are now:",),
        (),
        ("Where we are now:",),
        ("Where we are now:",),
    ]


def test_an_answer_that_names_some_in_prose_answers_them():
    text = STRANGE.replace("Where we are now: This is a matter", "As to the first recommendation, this is a matter")
    read = marked(text, [NUMBER, Mark(10, 10, BlockRole.COMMENT)])
    assert [comment.answers for comment in read.comments][:1] == [("1",)]


def test_a_further_paragraph_that_was_read_as_the_marked_one_was_goes_with_it():
    text = LABELLED.replace("PCC comment: It has.", "Chief Constable's statement\n\n{}\n\n{}").format(
        "We have acted on the audit of the spring.", "Cells are looked at each hour by a sergeant."
    )
    blocks = blocks_of_text(text)
    first, second = (block for block in blocks if block.kind == "chief_officer_comments")
    now = marked_blocks(blocks, [Mark(first.id, first.id, BlockRole.COMMENT)])
    assert (now[second.id - 1].role, now[second.id - 1].like) == (BlockRole.COMMENT, first.id)


def test_where_the_title_is_none_the_line_below_it_is():
    text = STRANGE.replace("Response from", "Inspections of other years and months\n\nResponse from")
    blocks = blocks_of_text(text)
    assert (blocks[0].role, blocks[1].role) == (BlockRole.TITLE, BlockRole.UNSURE)
    now = marked_blocks(blocks, [Mark(1, 1, BlockRole.NOTHING)])
    assert [block.role for block in now[:2]] == [BlockRole.NOTHING, BlockRole.TITLE]


def test_an_answer_that_names_several_by_number_answers_them():
    text = STRANGE.replace("Where we are now: This is a matter", "Where we are now, 1 and 2: This is a matter")
    read = marked(text, [NUMBER, Mark(10, 10, BlockRole.COMMENT)])
    assert [comment.answers for comment in read.comments][:1] == [("1", "2")]


def test_a_comment_can_be_on_several():
    read = marked(LABELLED, [Mark(9, 9, BlockRole.COMMENT, of=(4, 6))])
    assert [(comment.answers, comment.text) for comment in read.comments] == [
        (("1",), "It has."),
        (("1", "2"), "There is one."),
    ]


def test_what_is_withheld_is_never_read_as_something_else():
    blocks = [replace(block, kind="withheld") if block.id > 5 else block for block in blocks_of_text(STRANGE)]
    assert [block.role for block in marked_blocks(blocks, [NUMBER])[5:]] == [block.role for block in blocks[5:]]


def long_document(number: int) -> list[Block]:
    blocks = blocks_of_text(STRANGE)
    found = []
    for id_ in range(1, number + 1):
        block = blocks[3 + (id_ - 1) % 12]
        found.append(replace(block, id=id_, line=replace(block.line, number=id_, text=f"{block.text} In {id_}.")))
    return found


@pytest.mark.parametrize(("number", "seconds"), [(500, 0.15), (6000, 3.0)])
def test_a_long_document_is_read_again_at_once(number, seconds):
    """Five times what it takes on a processor that has nothing else to do."""
    blocks = long_document(number)
    marks = [Mark(place, place, BlockRole.NARRATIVE) for place in range(10, 400, 40)]
    began = process_time()
    marked_blocks(blocks, marks)
    assert process_time() - began < seconds


def marked_roles(lines, *marks: Mark) -> list[str]:
    documents = [DocumentLine(place, *line) for place, line in enumerate(lines, start=1)]
    return [block.role.value for block in marked_blocks(blocks_of_lines(documents), marks)]


def test_a_sentence_is_not_left_out_with_a_line_that_is_none():
    lines = [
        ("heading", "HMICFRS: Custody: An inspection of cells"),
        ("paragraph", "Minutes of the meeting in the town hall"),
        ("paragraph", "The Board had before it the report on cells, and was glad to see it."),
    ]
    assert marked_roles(lines, Mark(2, 2, BlockRole.NOTHING))[1:] == ["nothing", "narrative"]


def test_what_the_office_says_in_its_own_name_is_not_read_as_the_forces():
    lines = [
        ("heading", "HMICFRS: Custody: An inspection of cells"),
        ("paragraph", "Recommendation 1: The force should list its cells."),
        ("paragraph", "Response: Westmarch Police has listed all of its cells since May."),
        ("paragraph", "Recommendation 2: The force should:"),
        ("bullet", "close one cell."),
        ("paragraph", "Response: I am glad, and when?"),
    ]
    assert marked_roles(lines, Mark(3, 3, BlockRole.FORCE))[2::3] == ["force", "comment"]


def test_answers_below_the_same_question_are_alike_whatever_its_number():
    blocks = blocks_of_lines(
        [
            DocumentLine(1, "heading", "Q4. And what is being done about that today?", level=2),
            DocumentLine(2, "paragraph", "We send a message."),
            DocumentLine(3, "heading", "Q7. And what is being done about that today?", level=2),
            DocumentLine(4, "paragraph", "It was mended."),
        ]
    )
    looks = features_of(blocks)
    assert looks[1]["above"] == looks[3]["above"] != -1
