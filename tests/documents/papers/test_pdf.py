"""The paper as a file: PDF/UA-1, the same bytes for the same figures, verbatim text, nothing fetched from outside."""

import ctypes
import datetime
import http.server
import subprocess
import threading
from functools import cache

import pypdfium2
import pypdfium2.raw as raw
import pytest
from django.db import transaction

from recommendations.documents.papers.document import scrutiny_paper, stylesheets_of
from recommendations.documents.pdf import render
from tests.documents.papers import samples

AT = datetime.datetime(2026, 10, 14, 8, 12, tzinfo=datetime.UTC)
FIGURES = samples.figures(6)  # one overdue, one closed
SHEETS = stylesheets_of(FIGURES, draft=False)


def paper(figures):
    return scrutiny_paper(figures, author="Hannah Whitlock", created_at=AT)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(each.get_textpage().get_text_bounded().split()) for each in document)


def alternatives(content: bytes) -> list[str]:
    """The alternative text of every figure, in order."""
    document, found = pypdfium2.PdfDocument(content), []
    for each in document:
        tree = raw.FPDF_StructTree_GetForPage(each)
        waiting = [raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(raw.FPDF_StructTree_CountChildren(tree))]
        while waiting:
            element = waiting.pop(0)
            children = range(raw.FPDF_StructElement_CountChildren(element))
            waiting = [*filter(None, (raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in children)), *waiting]
            length = raw.FPDF_StructElement_GetAltText(element, None, 0)
            if length > 2:
                text = ctypes.create_string_buffer(length)
                raw.FPDF_StructElement_GetAltText(element, text, length)
                found.append(text.raw.decode("utf-16-le").rstrip("\0"))
        raw.FPDF_StructTree_Close(tree)
    return found


@cache
def first():
    """The paper as it is made first; test_archive makes it again."""
    return render.render(paper(FIGURES))


@pytest.fixture(scope="module")
def rendered():
    return first()


def test_each_recommendation_is_there_word_for_word(rendered):
    text = text_of(rendered.pdf)
    for entry in FIGURES.entries:
        assert " ".join(entry.text.split()) in text
        assert " ".join(entry.text.split()) in " ".join(rendered.html.split())


def test_every_page_has_marking_issue_trail_and_number(rendered):
    document = pypdfium2.PdfDocument(rendered.pdf)
    for number, each in enumerate(document, start=1):
        text = each.get_textpage().get_text_bounded()
        assert "OFFICIAL" in text
        assert "Issue 1 · trail head 4be1 09c7" in text
        assert f"Page {number} of {len(document)}" in text


def test_each_drawing_has_a_text_that_says_its_numbers(rendered):
    document = paper(FIGURES)
    charts = [chart.drawing for chart in document.charts]
    strips = [document.strips_key, *(each.strip for each in document.exceptions)]
    assert alternatives(rendered.pdf) == [drawing.title for drawing in (*charts, *strips)]


def test_the_sum_and_its_zero_terms(rendered):
    assert "Nothing was added late from older reports, superseded, withdrawn or transferred." in rendered.html


def test_a_document_is_not_rendered_inside_a_transaction(db):
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside transactions"):
        render.render(paper(samples.empty_figures()))


@pytest.fixture
def as_in_an_office(monkeypatch):
    """Begin the child process as the product does, and not as a copy of another (tests/pdf_children.py)."""
    monkeypatch.setattr(render, "subprocess", subprocess)


@pytest.mark.usefixtures("as_in_an_office")
def test_a_document_that_takes_too_long_is_given_up():
    with pytest.raises(render.RenderFailed, match="took longer than 1 seconds"):
        render.press("<p>" + "word " * 400_000, SHEETS, seconds=1)


@pytest.mark.usefixtures("as_in_an_office")
def test_a_document_that_needs_too_much_memory_is_given_up():
    with pytest.raises(render.RenderFailed, match="needed more than 150 MB of memory"):
        render.press("<p>word</p>" * 60_000, SHEETS, memory=150 * 2**20)


@pytest.mark.usefixtures("as_in_an_office")
def test_a_child_that_waits_makes_the_same_file_and_another_waits_after_it():
    """It ends with whoever began it: its input is empty then. One that has ended meanwhile is not asked."""
    page, seconds = '<html lang="en"><title>x</title><body><h1>x</h1>', 77
    begun = render.press(page, SHEETS, seconds=seconds)
    with render.keep_waiting(seconds):
        first = render.waiting[seconds, render.MEMORY]
        assert render.press(page, SHEETS, seconds=seconds) == begun
        (left,) = render.waiting.values()
        assert (left is first, first.is_alive) == (False, False)
        left.process.stdin.close()
        assert left.process.wait(timeout=60) == 0
        assert render.press(page, SHEETS, seconds=seconds) == begun
        (left,) = render.waiting.values()
        assert left.is_alive
    assert (render.waiting, left.is_alive) == ({}, False)


class Counted(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"canary-from-the-network")

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def outside():
    """A server of ours on the loopback address that writes down whoever asks it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counted)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


ELEMENTS = """
<img src="{url}" alt="x">
<img src="data:text/plain,canary" alt="x">
<img srcset="{url} 1x" alt="x">
<object data="{url}" type="image/png">x</object>
<embed src="{url}">
<iframe src="{url}"></iframe>
<link rel="stylesheet" href="{url}">
<link rel="attachment" href="{url}" title="x">
<a rel="attachment" href="{url}">x</a>
<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><image href="{url}" width="9" height="9"/></svg>
<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><use href="{url}#x"/></svg>
"""
STYLES = """
<style>@import url("{url}");</style>
<style>@font-face {{ font-family: X; src: url("{url}"); }} .font {{ font-family: X; }}</style><p class="font">x</p>
<style>.ground {{ background: url("{url}"); }}</style><p class="ground">x</p>
<style>@page {{ background: url("{url}"); }}</style>
<style>.before::before {{ content: url("{url}"); }}</style><p class="before">x</p>
<style>li {{ list-style-image: url("{url}"); }}</style><ul><li>x</li></ul>
"""
BASE = '<base href="{url}/"><img src="x.png" alt="x">'  # a document has one


@pytest.mark.parametrize("payload", [ELEMENTS + STYLES, BASE], ids=["elements and styles", "base"])
def test_nothing_is_fetched_and_no_file_leaks(payload, outside, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-from-a-file")
    for url in (outside, secret.as_uri()):
        planted = payload.format(url=url)
        content = render.press(f'<html lang="en"><title>x</title><body><h1>x</h1>{planted}</body></html>', SHEETS)
        assert b"canary" not in content
        assert "canary" not in text_of(content)
        assert b"EmbeddedFile" not in content
    assert Counted.asked == []
