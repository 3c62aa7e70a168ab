"""Answers in prose: which recommendations a paragraph is about where it says so in its own words."""

import pytest

from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.references import recommendations_named_first, those_named_first
from recommendations.exchange.documents_in.responses.reading import read_response

REC, AFI = "recommendation", "area_for_improvement"
NAMED = {
    "On area for improvement 1, I am told that waits are shorter.": [(AFI, "1")],
    "Areas 2 and 4 have a common cause.": [(AFI, "2"), (AFI, "4")],
    "As to the third area, the unit is at work.": [(AFI, "3")],
    "I take the first and third areas together.": [(AFI, "1"), (AFI, "3")],
    "Recommendations 5 to 7 are really one.": [(REC, "5"), (REC, "6"), (REC, "7")],
    "In response to recommendations 1, 3 and 4.2 the force has acted.": [(REC, "1"), (REC, "3"), (REC, "4.2")],
    "Recommendation 1 and area for improvement 2 belong together.": [(REC, "1"), (AFI, "2")],
    "As for point 3, I agree.": [("", "3")],
    "Like recommendation 2, this needs money.": [],
    "The force has 3 areas of work.": [],
    "I agree. Recommendation 2 is for others.": [],
    "The force and its partners have worked together for some years, and so recommendation 2 is met.": [],
}
LETTER = """PEEL 2025: Norland Police

Response from: Police and Crime Commissioner for the North Coast

Areas for improvement

1. The force should attend sooner.

2. The force should tell victims.

3. The force should train its supervisors.

My response

I thank the inspectors.

On area for improvement 2, my own service rings each victim.

It does so within a day.

Areas 1 and 3 have a common cause.

Area 9 is not ours."""


@pytest.mark.parametrize("text", NAMED)
def test_which_are_named_where_a_paragraph_begins(text):
    assert recommendations_named_first(text) == NAMED[text]


def test_a_number_that_could_be_two_names_none():
    known = [(REC, "3"), (AFI, "3"), (AFI, "4")]
    assert those_named_first("As for point 3, I agree.", known) == []
    assert those_named_first("As for points 4, I agree.", known) == [(AFI, "4")]
    assert those_named_first("Area 9 is not ours.", known) == []


def test_paragraphs_below_one_heading_answer_those_that_they_name():
    """What names none goes on with the last, and what names one that there is not, too."""
    read = read_response(lines_of_text(LETTER))
    labels = [rec.label for rec in read.recommendations]
    assert [(comment.answers, comment.text) for comment in read.comments] == [
        (tuple(labels), "I thank the inspectors."),
        (
            (labels[1],),
            "On area for improvement 2, my own service rings each victim.\n\nIt does so within a day.",
        ),
        ((labels[0], labels[2]), "Areas 1 and 3 have a common cause.\n\nArea 9 is not ours."),
    ]
    assert read.unaccounted == ()


def test_a_comment_on_one_stays_on_it_whatever_it_names():
    text = LETTER.replace("\n\n2. The force should tell victims.\n\n3. The force should train its supervisors.", "")
    (comment,) = read_response(lines_of_text(text)).comments
    assert "Areas 1 and 3" in comment.text
