"""The text of files for searches and redactions: also what their layout does not show, and whether it is everything."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.comments import Comment

from recommendations.exchange.readers.sandbox import read_text
from recommendations.exchange.readers.words import MOST_CHARACTERS
from tests.makers.pdf_file import lines_at, pdf_file
from tests.makers.spreadsheet_file import excel_file
from tests.makers.word_file import para, with_properties_and_comments, word_file, zipped

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + b"\0\0\0\x17tEXtAuthor\0Daniel Farrow"
LINES = b"A line of a long text.\n"
RUNS = "".join(f"<a:r><a:t>{text}</a:t></a:r>" for text in ("Dan", "iel")) + "<a:br/><a:r><a:t>Farrow</a:t></a:r>"
SLIDE = f"<p:sld xmlns:p='p' xmlns:a='a'><a:p>{RUNS}</a:p></p:sld>"


def test_a_word_document_has_its_properties_and_comments():
    text, is_whole = read_text(with_properties_and_comments())
    lines = text.split("\n")
    assert lines[0] == "Daniel Farrow"
    assert [each for each in ("Ann Author", "Of Tim Title", "Ask Kim.", "Rae Reader") if each not in lines] == []
    assert not [line for line in lines if line in ("Normal", "Calibri", "Light Grid Accent 1")]
    assert is_whole


def test_what_was_deleted_with_changes_tracked_and_an_address_of_a_link_are_read():
    body = para("<w:del w:author='Del Eter'><w:r><w:delText>Daniel Farrow</w:delText></w:r></w:del>", "stays")
    text, _ = read_text(word_file(body, links={"rId9": "mailto:tim%20title@example.org"}))
    assert text.split("\n")[0] == "stays"
    assert {"Daniel Farrow", "Del Eter", "mailto:tim title@example.org"} <= {
        part for line in text.split("\n") for part in (line, line.removesuffix("stays"))
    }


def test_a_workbook_has_its_comments_and_properties():
    def comment(sheet):
        sheet["A1"].comment = Comment("Ask Kim", "Rae Reader")
        sheet.parent.properties.creator = "Ann Author"

    text, is_whole = read_text(excel_file([["A"]], comment))
    lines = text.split("\n")
    assert lines[1] == "A"
    assert [each for each in ("Ann Author", "Ask Kim", "Rae Reader") if each not in lines] == []
    assert is_whole


def test_a_presentation_has_its_slides():
    parts = {"ppt/presentation.xml": b"<p/>", "ppt/slides/slide1.xml": SLIDE.encode()}
    assert read_text(zipped(parts)) == ("Daniel Farrow", True)


def test_a_pdf_has_its_properties_and_comments():
    comment = b"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Ask Kim)/T(Rae Reader)>>]/MediaBox"
    made = pdf_file(lines_at(700, "A page.")).replace(b"/MediaBox", comment)
    made = made.replace(
        b"trailer<<", b"90 0 obj<</Author(Ann Author)/Title(Of Tim Title)>> endobj\ntrailer<</Info 90 0 R"
    )
    text, is_whole = read_text(made)
    assert (text.split("\n"), is_whole) == (["A page.", "Ask Kim", "Rae Reader", "Of Tim Title", "Ann Author"], True)


def test_a_damaged_part_leaves_what_was_read_of_the_others():
    damaged = word_file(para("The force should do it."), more={"customXml/item1.txt.xml": b"<a>"})
    assert read_text(damaged)[1] is False
    slides = {"ppt/slides/slide1.xml": SLIDE.encode(), "ppt/slides/slide2.xml": b"<a>", "ppt/presentation.xml": b"<p/>"}
    assert read_text(zipped(slides)) == ("Daniel Farrow", False)


@pytest.mark.parametrize(
    ("content", "is_whole"),
    [
        (LINES, True),
        (LINES * (MOST_CHARACTERS // len(LINES) - 1), True),
        (LINES * (MOST_CHARACTERS // len(LINES) + 1), False),
        (PNG, False),
        (pdf_file(lines_at(700, "A page."), b""), False),
        (word_file(para("x"), more={"word/embeddings/sheet.xlsx": b"PK"}), False),
        (b"PK\x03\x04 damaged", False),
    ],
    ids=["text", "almost too long", "too long", "a picture", "a scanned page", "a file in a file", "damaged"],
)
def test_it_says_whether_it_read_everything(content, is_whole):
    assert read_text(SimpleUploadedFile("x", content))[1] == is_whole
