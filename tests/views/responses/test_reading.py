"""A brought-in text as it reads: its footnotes' marks lead to them, each against its word."""

import pytest

from recommendations.views.responses.reading import FootnotedText


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Read by this office ¹.", [("Read by this office", ""), ("¹", "1"), (".", "")]),
        ("Read by this office¹.", [("Read by this office", ""), ("¹", "1"), (".", "")]),
        ("Read. [1] Then done.", [("Read.", ""), ("[1]", "1"), (" Then done.", "")]),
        ("A line\n¹ and another", [("A line\n", ""), ("¹", "1"), (" and another", "")]),
        ("No mark", [("No mark", "")]),
    ],
)
def test_a_mark_stands_against_its_word(text, pieces):
    read = FootnotedText([text], [{"mark": "1", "text": "In May."}])
    assert [(piece.text, piece.mark) for piece in read.narrative[0]] == pieces
