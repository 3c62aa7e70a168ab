"""Plain words become Markdown that reads the same: a document that was brought in can be corrected without a loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.domain.text.markdown import Note, plain_paragraphs, problems
from recommendations.domain.text.plain_to_markdown import as_markdown

SIGNS = st.text(alphabet="ab 1.)-+*_[]<>#=&;\\`~!^:|\"'", min_size=1, max_size=40)


def paragraph(text: str) -> str:
    return " ".join(text.split())


@given(st.lists(SIGNS.map(paragraph).filter(bool), min_size=1, max_size=4))
def test_whatever_signs_a_text_has_it_reads_the_same(texts):
    read, notes = plain_paragraphs(as_markdown(texts))
    assert (list(read), notes) == (texts, ())
    assert problems(as_markdown(texts)) == []


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Plain words.", "Plain words."),
        ("Two things:\n• bells\n• lights\nand more", "Two things:\n\n- bells\n- lights\n\nand more"),
        ("7.1 is a number, 7. is a list.", "7.1 is a number, 7. is a list."),
        ("7. is a list.", "7\\. is a list."),
        ("- a dash", "\\- a dash"),
        ("<https://example.org/a_b>", "<https://example.org/a_b>"),
        ("", ""),
    ],
)
def test_only_what_would_be_read_as_a_sign_is_escaped(text, markdown):
    assert as_markdown([text]) == markdown


def test_each_mark_leads_to_its_note_and_a_note_without_one_is_a_paragraph():
    notes = [Note("1", "First."), Note("1", "Of the next page."), Note("*", "A star."), Note("", "Nowhere marked.")]
    written = as_markdown(["One¹, two[1].", "Three*, ¹²."], notes)
    assert written == (
        "One[^1], two[^2].\n\nThree[^3], ¹².\n\nNowhere marked.\n\n"
        "[^1]: First.\n\n[^2]: Of the next page.\n\n[^3]: A star."
    )
    assert problems(written) == []
    read, found = plain_paragraphs(written)
    assert read == ("One¹, two².", "Three³, ¹².", "Nowhere marked.")
    assert found == (Note("1", "First."), Note("2", "Of the next page."), Note("3", "A star."))
