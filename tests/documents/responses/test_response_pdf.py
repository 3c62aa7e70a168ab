"""A response as a file: PDF/UA-1, the same bytes for the same text, its marking on every page, a draft that says so."""

from dataclasses import replace

import page
import pypdfium2
import pytest

from recommendations.documents.pdf import render
from recommendations.documents.responses.response_pdf import response_document
from recommendations.domain.responses.text import ChiefOfficer
from tests.documents.responses import samples

HARD = "Mae’r heddlu’n gwneud ŵyn a ŷd; ⁴ ﬁ \u0007 → 警察"
SAMPLES = {
    "whole": samples.response(),
    "draft": samples.draft(number=2, correction="A number.", items=(*samples.ITEMS, samples.UNANSWERED)),
    "empty narrative": samples.response(markdown="", items=(), chief_officers=(), reply=""),
    "two forces": samples.response(chief_officers=(samples.CHIEF, samples.SILENT)),
    "sixty": samples.large(60, 1, 300),
    "endless": samples.response(markdown="x" * 3000, items=(replace(samples.ITEMS[0], text="word " * 9000),)),
    "hard letters": samples.response(chief_officers=(ChiefOfficer(force="Heddlu’r Ŵyl", text=HARD),)),
    "headings": samples.response(markdown="#### d\n\n# a\n\n###### f\n\n- # in a list\n\n> ## quoted"),
    "lists in lists": samples.response(markdown="- a\n  1. b\n     - c\n\n  d\n- \n\n> - e", reply="- f\n\ng\n\n1. h"),
}


def made(text):
    return render.render(response_document(text, created_at=samples.AT))


def pages(content: bytes) -> list[str]:
    return [" ".join(each.get_textpage().get_text_bounded().split()) for each in pypdfium2.PdfDocument(content)]


@pytest.fixture(scope="module")
def whole():
    return made(samples.response())


@pytest.mark.suite(0, 1, 2)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_response_is_pdf_ua_1(name):
    report = page.validate_pdf_bytes(made(SAMPLES[name]).pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert [str(failure) for failure in report.failures] == []


def test_the_same_text_gives_the_same_bytes(whole):
    assert made(samples.response()).pdf == whole.pdf


def test_every_page_has_marking_version_day_and_number(whole):
    texts = pages(whole.pdf)
    for number, text in enumerate(texts, start=1):
        assert text.count("OFFICIAL") >= 2
        assert "Version 1 · published 8 July 2026" in text
        assert f"Page {number} of {len(texts)}" in text


def test_a_draft_says_so_on_every_page():
    texts = pages(made(samples.draft()).pdf)
    assert len(texts) > 1
    assert ["Draft · not published" in text for text in texts] == [True] * len(texts)
    assert "This is a draft." in texts[0]
    assert "published 8 July" not in " ".join(texts)


def test_a_sensitive_draft_says_so_on_every_page():
    texts = pages(made(samples.draft(marking="OFFICIAL-SENSITIVE")).pdf)
    assert len(texts) > 1
    assert [text.count("OFFICIAL-SENSITIVE") >= 2 for text in texts] == [True] * len(texts)
    assert "It is marked OFFICIAL-SENSITIVE." in texts[-1]


def test_a_published_response_has_no_word_of_a_draft(whole):
    assert "draft" not in whole.html.casefold()


def test_what_was_said_is_there_word_for_word(whole):
    text = " ".join(pages(whole.pdf))
    for item in samples.ITEMS:
        assert " ".join(item.text.split()) in text
    assert samples.CHIEF.text.split("\n\n")[1] in text
    assert "Marian Ashgrove, Chief Constable, 24 June 2026. As submitted." in text


def test_comments_that_were_not_submitted_are_said_to_be_absent():
    html = made(samples.response(chief_officers=(samples.SILENT,))).html
    assert "<h2>Comments of the chief constable</h2>" in html
    assert "<b>None submitted.</b> The chief constable was invited on 1 June 2026" in html


def test_each_recommendation_has_an_address_and_a_bookmark(whole):
    for item in samples.ITEMS:
        assert f'id="{item.anchor}"' in whole.html
    titles = [mark.get_title() for mark in pypdfium2.PdfDocument(whole.pdf).get_toc()]
    assert titles == [
        samples.response().heading,
        "What we did before",
        "Comments of the chief constable",
        "Reply to the chief constable",
        "Recommendations:",
        "Recommendation 1: Clinical advice in the control room at night",
        "Recommendation 2",
        "Recommendation 3",
        "AFI 11",
        "Cause of concern",
        "Notes",
        "About this response",
    ]


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ({}, "8 July 2026, the 42nd day, by Eleanor Thackray"),
        ({"published_on": samples.LAST_DAY}, "22 July 2026, the 56th day, by Eleanor Thackray"),
        ({"published_on": samples.LATE, "holder": ""}, "23 July 2026, the 57th day, 1 day after the last day"),
        ({"published_on": None}, "Not yet. This is a draft."),
    ],
)
def test_the_day_of_publication_is_told_with_its_place_in_the_period(said, fact):
    facts = dict(response_document(samples.response(**said), created_at=samples.AT).facts)
    assert facts["This response published"] == fact
    assert facts["Last day for a response"] == "22 July 2026, the 56th day"


def test_a_correction_names_what_it_replaces():
    facts = dict(response_document(samples.response(number=3, correction="A sum."), created_at=samples.AT).facts)
    assert facts["Version"] == "3. It replaces version 2. It corrects: A sum."


def test_a_letter_without_a_glyph_is_printed_as_its_code_and_told():
    rendered = made(SAMPLES["hard letters"])
    text = " ".join(pages(rendered.pdf))
    assert rendered.coded == ("→", "察", "警")
    assert "[U+2192 rightwards arrow] [U+8B66][U+5BDF]" in text
    assert "Mae’r heddlu’n gwneud ŵyn a ŷd; 4 fi" in text


def test_colour_says_nothing_that_ink_does_not():
    """Every colour of the stylesheets that a response uses is a shade of grey."""
    css = "".join((render.FONTS_CONF.parent / name).read_text() for name in ("response.css", "draft.css", "draft.svg"))
    found = {value for value in css.replace('"', ";").split("#")[1:] if len(value) > 5}
    shades = [[int(value[at : at + 2], 16) for at in (0, 2, 4)] for value in found if value[:6].isalnum()]
    assert [shade for shade in shades if max(shade) - min(shade) > 12] == []


@pytest.mark.soak
def test_the_largest_response_is_made_within_the_limits():
    rendered = made(samples.large(60, 12, 900))
    assert len(pypdfium2.PdfDocument(rendered.pdf)) > 200
    report = page.validate_pdf_bytes(rendered.pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert [str(failure) for failure in report.failures] == []
