"""The words of a document, for texts that are kept word for word."""

from recommendations.exchange.documents_in.lines import lines_of_text, read_lines
from recommendations.exchange.documents_in.plain_words import words_of
from tests.makers.word_file import note, para, word_file


def test_paragraphs_lists_and_tables_keep_their_order_and_notes_come_last():
    text = "The force agrees.\n\nWe do three things:\n• bells\n• logs\n\nRecommendation\tComment\n1\tDone\n"
    assert words_of(lines_of_text(text)) == (
        "The force agrees.\n\nWe do three things:\n\n• bells\n• logs\n\nRecommendation | Comment\n1 | Done"
    )


def test_headers_and_footers_are_left_out():
    body = para("Said", note(1), " first.") + para("Said second.")
    read = read_lines(word_file(body, footnotes={1: "A note."}, header="OFFICIAL"), "a.docx")
    assert words_of(read).startswith("Said")
    assert ("OFFICIAL" in words_of(read), words_of(read).endswith("A note.")) == (False, True)
