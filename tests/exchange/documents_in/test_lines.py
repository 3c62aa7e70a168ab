import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.exchange.documents_in.lines import MAX_BYTES, Unreadable, lines_of_text, read_lines
from tests.examples import LETTERS

WORDS = "The commissioner’s words – £5, café"


def shown(text: str) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in lines_of_text(text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_files_in_any_usual_encoding(encoding):
    assert [line.text for line in read_lines(WORDS.encode(encoding), "RESPONSE.TXT")] == [WORDS]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028"])
def test_any_line_ending(ending):
    assert shown(f"One.{ending}{ending}Two.") == [("paragraph", "One."), ("paragraph", "Two.")]


def test_lines_are_numbered_without_the_blank_ones():
    assert [(line.number, line.text) for line in lines_of_text("\n\n a\n\n\n b \n")] == [(1, "a"), (2, "b")]


def test_wrapped_lines_become_paragraphs():
    text = (
        "This paragraph was broken by the program that it was written in, at seventy\n"
        "characters or so, and its lines belong together. It was published in May\n"
        "2019. The next one does not, since this one ended early.\n"
        "Another paragraph, which was broken too, and which goes on to the next line,\n"
        "as can be seen.\n"
        "• a bullet that is rather long, so long that it had to be broken somewhere\n"
        "  before its end;\n"
        "• and another.\n"
    )
    assert shown(text) == [
        (
            "paragraph",
            "This paragraph was broken by the program that it was written in, at seventy characters or so, and its "
            "lines belong together. It was published in May 2019. The next one does not, since this one ended early.",
        ),
        (
            "paragraph",
            "Another paragraph, which was broken too, and which goes on to the next line, as can be seen.",
        ),
        ("bullet", "a bullet that is rather long, so long that it had to be broken somewhere before its end;"),
        ("bullet", "and another."),
    ]


def test_short_lines_are_not_joined():
    assert shown("1 The Square\nMarchbury\n\nDear Minister") == [
        ("paragraph", "1 The Square"),
        ("paragraph", "Marchbury"),
        ("paragraph", "Dear Minister"),
    ]


@pytest.mark.parametrize("mark", ["•", "◦", "▪", "-", "–", "*", "\uf0b7"])
def test_bullets(mark):
    (line,) = lines_of_text(f"{mark} agree")
    assert (line.kind, line.mark, line.text) == ("bullet", mark, "agree")


def test_rules():
    assert shown("Words\n\n_____\n\n* * *\n\n1 note") == [
        ("paragraph", "Words"),
        ("rule", "_____"),
        ("rule", "* * *"),
        ("paragraph", "1 note"),
    ]


def test_characters_that_are_not_seen_are_taken_out():
    assert shown("\ufeffon\u200be\u202e tw\u00ado\x07") == [("paragraph", "one two")]


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "This file is empty."),
        (b"", "a.docx", "This file is empty."),
        (b" \n\t\n ", "a.txt", "There is no text in this document."),
        ("\ufeff\u200b".encode(), "a.txt", "There is no text in this document."),
        (b"<html><body><script>x</script></body></html>", "a.html", "There is no text in this document."),
        (b"x" * (MAX_BYTES + 1), "a.txt", "This file is larger than 10 MB."),
        (b"x" * (MAX_BYTES + 1), "a.pdf", "This file is larger than 10 MB."),
        (b"a " * 1_500_000, "a.txt", "This document has far more text than can be read here."),
        (b"a\n" * 10_001, "a.txt", "This document has far more text than can be read here."),
        (b"words", "a.exe", "This kind of file cannot be read. Bring in a .txt, .docx, .pdf or .html file"),
        (b"words", "words", "This kind of file cannot be read."),
        (b"words", "a.docm", "This is a Word document with macros (.docm)."),
        (b"words", "a.doc", "This is an old Word document (.doc)."),
        (b"words", "a.odt", "This is an OpenDocument file (.odt)."),
        (b"words", "a.pdf", "This file's name ends in .pdf but it is not a PDF."),
        (b"words", "a.docx", "This file's name ends in .docx but it is not a Word document."),
        (b"%PDF-1.7 words", "a.txt", "This file's name ends in .txt but it is not text."),
        (b"PK\x03\x04 words", "a.html", "This file's name ends in .html but it is not a web page."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt", "This file's name ends in .txt but it is not text."),
        (bytes(range(256)) * 40, "a.txt", "This file's name ends in .txt but it is not text."),
        (b"%PDF-1.7\nPK\x05\x06", "a.pdf", "This file's name ends in .pdf but it is not a PDF."),
    ],
)
def test_what_is_refused_says_why(data, name, message):
    with pytest.raises(Unreadable) as refused:
        read_lines(data, name)
    assert str(refused.value).startswith(message)


def test_pasting_nothing_is_refused():
    with pytest.raises(Unreadable, match="There is no text"):
        lines_of_text(" \n ")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        lines = read_lines(data, "a.txt")
    except Unreadable:
        return
    assert all(line.text.strip() == line.text for line in lines)


@given(st.text(LETTERS, max_size=300))
def test_every_word_of_a_text_is_in_a_line(text):
    try:
        lines = lines_of_text(text)
    except Unreadable:
        return
    joined = "".join(f"{line.mark}{line.text}" for line in lines)
    seen = "".join(character for character in text if character.isalnum())
    assert "".join(character for character in joined if character.isalnum()) == seen
