"""Sentences, and quotes found in a text word for word."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recommendations.domain.text.quotations import occurs_in, place_of, same_words, sentences, without_marks


def parts(text: str) -> list[str]:
    return [each.text for each in sentences(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("See rec. 7.1 of the report, i.e. Mr. J. Hale’s.", ["See rec. 7.1 of the report, i.e. Mr. J. Hale’s."]),
        ("It ends in “quotes.” Then goes on.", ["It ends in “quotes.”", "Then goes on."]),
        ("A note¹. Another.² Last[^3]. End.", ["A note¹.", "Another.²", "Last[^3].", "End."]),
        ("1. First.\n2. Second.", ["First.", "Second."]),
        ("We will:\n- look;\n- tell.", ["We will:", "look;", "tell."]),
        ("A line that\nwraps. Then\n\nparagraph", ["A line that\nwraps.", "Then", "paragraph"]),
        ("etc. and more... and then … more. But", ["etc. and more... and then … more.", "But"]),
        (" \n- \n…", []),
        ("[^1]", []),
        ("A note.\n\n[^1] ¹\n\nThe next.", ["A note.", "The next."]),
    ],
)
def test_sentences(text, found):
    assert parts(text) == found


@example("[^1]")
@given(st.text(alphabet='aZ .!?\n-1“”"’é¹*[]^', max_size=60))
def test_a_sentence_stands_where_it_says(text):
    found = list(sentences(text))
    assert [text[each.start : each.start + len(each.text)] for each in found] == [each.text for each in found]
    assert all(occurs_in(each.text, text) for each in found)


@pytest.mark.parametrize(
    ("quote", "text", "stands"),
    [
        ("We will look.", "So: we agree. We will  look. Yes.", "We will  look."),
        ("We will look", "We will look. Yes.", "We will look"),
        ("We will **look**[^1].", "So¹ We will look¹. Yes.", "We will look¹."),
        ("We will look.", "We will\nlook!", "We will\nlook!"),
        ("the panel’s view", "The panel’s view. In the panel's view", "the panel's view"),
        ("We will look.", "We will look at it.", "We will look"),
        ("will look", "swill looks", None),
        ("We will look.", "we will look.", None),
        ("We will not look.", "We will look.", None),
        ("...", "...", None),
        ("", "Words", None),
    ],
)
def test_a_quote_is_found_word_for_word(quote, text, stands):
    place = place_of(quote, text)
    assert (text[slice(*place)] if place else None) == stands


def test_a_quote_reads_without_its_marks():
    assert without_marks("We **will** [look](https://example.org)[^1]\n again¹.") == "We will look again."
    assert same_words("We will look", "We *will* look!")
    assert not same_words("We will look", "We will look again")
