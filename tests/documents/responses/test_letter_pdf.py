"""A letter as a file: PDF/UA-1, the same bytes for the same letter, its marking and reference on every page."""

import page
import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser

from recommendations.documents.pdf import render
from recommendations.documents.responses.letter_pdf import letter_document
from tests.documents.responses import letters


def made(letter):
    return render.render(letter_document(letter, created_at=letters.AT))


@pytest.fixture(scope="module")
def invitation():
    return made(letters.INVITATION)


@pytest.fixture(scope="module")
def large():
    return made(letters.LETTERS["large"])


def pages(content: bytes) -> list[str]:
    return [" ".join(each.get_textpage().get_text_bounded().split()) for each in pypdfium2.PdfDocument(content)]


def words(html: str, css: str) -> list[str]:
    return [" ".join(node.text(separator=" ").split()) for node in LexborHTMLParser(html).css(css)]


@pytest.mark.suite(0, 1)
@pytest.mark.parametrize("name", letters.LETTERS)
def test_every_letter_is_pdf_ua_1(name):
    report = page.validate_pdf_bytes(made(letters.LETTERS[name]).pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert [str(failure) for failure in report.failures] == []


def test_the_same_letter_gives_the_same_bytes(invitation):
    assert made(letters.INVITATION).pdf == invitation.pdf


def test_what_the_file_says_of_itself(invitation):
    said = pypdfium2.PdfDocument(invitation.pdf).get_metadata_dict()
    assert (said["Title"], said["Author"]) == (
        "Invitation to comment: Calls for help at night",
        "Police and Crime Commissioner for Westmarch",
    )
    assert 'lang="en-GB"' in invitation.html


def test_it_is_one_page_in_the_letters_order(invitation):
    (text,) = pages(invitation.pdf)
    order = (
        "Police and Crime Commissioner for Westmarch",
        "Westmarch OPCC, Tollgate House, 4 Castle Row, Aldermere, scrutiny@westmarch.example",
        "Marian Ashgrove Chief Constable Westmarch Police Weir Road Aldermere",
        "29 May 2026 Our reference WM/R12 Ask for Hannah Ostrow",
        "HMICFRS: Calls for help at night. Your comments, please, by 24 June 2026",
        "Dear Chief Constable,",
        "HMICFRS published Calls for help at night (thematic inspection) on 28 May 2026.",
        "What we ask for",
        "7.1. Silent and relay calls",
        "Yours sincerely,",
        "Eleanor Thackray Police and Crime Commissioner for Westmarch",
        "Page 1 of 1",
    )
    places = [text.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_every_page_has_marking_reference_and_number(large):
    texts = pages(large.pdf)
    assert len(texts) > 3
    for number, text in enumerate(texts, start=1):
        assert text.count("OFFICIAL") >= 2
        assert "Our reference WM/R12" in text
        assert f"Page {number} of {len(texts)}" in text


def test_what_is_enclosed_stands_under_the_signature():
    html = made(letters.COVERING).html
    assert words(html, "h2") == ["Enclosed"]
    assert words(html, ".end + h2 + ul li") == list(letters.COVERING.enclosures)


def test_days_are_a_table_with_headings_and_numbers_hang(invitation):
    assert words(invitation.html, ".days thead th[scope=col]") == ["Day", "What happens"]
    assert words(invitation.html, ".days tbody th[scope=row]") == ["24 June 2026", "22 July 2026"]
    assert words(invitation.html, "ul.hung li b") == ["1.", "2.", "3.", "4.", "7.1."]


def test_a_day_in_the_subject_is_not_parted(invitation):
    (subject,) = (node.text() for node in LexborHTMLParser(invitation.html).css("h1"))
    assert subject.endswith(" by 24\u00a0June\u00a02026")


def test_a_letter_without_a_glyph_is_printed_as_its_code_and_markup_as_text(large):
    assert large.coded == ("→", "✓", "察", "警")
    text = " ".join(pages(large.pdf))
    assert "Tick [U+2713 check mark] [U+2192 rightwards arrow] [U+8B66][U+5BDF] <b>&amp;</b>" in text
    assert "yr Ŵyl a'r Ŷd" in text
