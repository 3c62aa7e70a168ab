"""A paper with a long register: valid, whole and in order, with the right numbers on pages, in contents and links."""

import re
import zlib

import pypdfium2
import pytest

from recommendations.documents.papers.close_down_dates import DATES_HEADING
from recommendations.documents.papers.document import ScrutinyPaper
from recommendations.documents.pdf import render
from recommendations.documents.pdf.render import EmbeddedFile
from recommendations.domain.papers.finalising import LongBuild
from tests.documents.papers import samples
from tests.documents.papers.test_archive import attachments, failures, paper, register_files

ENTRIES = 50
FIGURES = samples.figures(ENTRIES, length=120)


@pytest.fixture(scope="module")
def rendered():
    return render.render(paper(FIGURES))


@pytest.fixture(scope="module")
def pages(rendered) -> list[str]:
    return [" ".join(each.get_textpage().get_text_bounded().split()) for each in pypdfium2.PdfDocument(rendered.pdf)]


def test_it_is_pdf_ua_1_and_pdf_a_3a_and_holds_its_register(rendered):
    assert failures(rendered.pdf) == []
    assert attachments(rendered.pdf) == {each.name: each.content for each in register_files(FIGURES)}


@pytest.mark.soak
def test_the_same_figures_give_the_same_bytes(rendered):
    assert render.render(paper(FIGURES)).pdf == rendered.pdf


def test_each_page_has_its_number_and_what_stands_around_it(pages):
    for number, words in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in words
        assert "Issue 1 · trail head 4be1 09c7" in words
        assert "HMICFRS recommendations: Westmarch Police" in words or "Held safely" in words


def test_each_entry_is_there_once_in_order_and_word_for_word(pages):
    register = next(number for number, words in enumerate(pages) if "The register, by inspection Each" in words)
    text, places = " ".join(pages[register:]), []
    for entry in FIGURES.entries:
        heading = f"{entry.reference} {entry.heading} {entry.rag_word}"
        assert text.count(heading) == 1
        assert " ".join(entry.text.split()) in text
        places.append(text.index(heading))
    assert (len(places), places) == (ENTRIES, sorted(places))


def test_a_bookmark_leads_to_the_page_that_is_printed(rendered, pages):
    marks = pypdfium2.PdfDocument(rendered.pdf).get_toc()
    led = {mark.get_title(): mark.get_dest().get_index() + 1 for mark in marks}
    register, meaning = led["The register, by inspection"], led["What each count and colour means"]
    assert f"the register, p. {register} · definitions, p. {meaning} " in pages[0]
    assert "What each count and colour means Counted " in pages[meaning - 1]
    entries = [title for title in led if title.startswith("WM-")]
    assert len(entries) == ENTRIES
    assert [led[title] for title in entries] == sorted(led[title] for title in entries)


def test_the_list_of_dates_prints_the_page_that_each_entry_stands_on(rendered, pages):
    led = {mark.get_title(): mark.get_dest().get_index() for mark in pypdfium2.PdfDocument(rendered.pdf).get_toc()}
    first, after = led[DATES_HEADING], led["The register, by inspection"]
    listed = re.findall(r"(WM-\d+) .*? p\. (\d+)", " ".join(pages[first:after]))
    stands = {title[:7]: str(place + 1) for title, place in led.items() if title.startswith("WM-")}
    assert (dict(listed), len(listed)) == (stands, ENTRIES)
    assert after - first <= ENTRIES // 40 + 1


def test_the_contents_print_the_page_that_each_part_begins_on(rendered, pages):
    led = {mark.get_title(): mark.get_dest().get_index() + 1 for mark in pypdfium2.PdfDocument(rendered.pdf).get_toc()}
    contents = next(words for words in pages if "Contents The worst overdue" in words)
    parts = ("Three charts", "All that is overdue", "Targets moved in the period", "The register, by inspection")
    for title in (*parts, "What each count and colour means"):
        assert re.findall(rf"{title} (\d+)\b(?!\.)", contents)[:1] == [str(led[title])]


def ends_with_carriage_return() -> bytes:
    """A content whose compressed bytes end so: the last is the lower half of a sum over what was compressed."""
    contents = (b"a" * length for length in range(1, 300))
    return next(each for each in contents if zlib.compress(each, 9).endswith(b"\r"))


class WithFile(ScrutinyPaper):
    """A paper that holds one file, of that content."""

    @property
    def attachments(self) -> tuple[EmbeddedFile, ...]:
        said = {"name": "ends.txt", "media_type": "text/plain", "description": "Ends so"}
        return (EmbeddedFile(**said, created_at=samples.KNOWN_AT, content=ends_with_carriage_return()),)


@pytest.mark.soak
def test_a_stream_that_ends_with_a_carriage_return_is_as_long_as_it_says():
    """Its last byte could be taken for a part of the line end that follows it."""
    made = render.render(WithFile(**vars(paper(samples.figures(1))))).pdf
    assert made.count(zlib.compress(ends_with_carriage_return(), 9) + b"\r\nendstream") == 1
    assert failures(made) == []
    assert attachments(made) == {"ends.txt": ends_with_carriage_return()}


@pytest.mark.soak
def test_the_largest_paper_is_made_within_the_limits_of_a_build():
    made = render.render(paper(samples.figures(2_000)), seconds=LongBuild.seconds).pdf
    document = pypdfium2.PdfDocument(made)
    assert f"Page {len(document)} of {len(document)}" in document[len(document) - 1].get_textpage().get_text_bounded()
