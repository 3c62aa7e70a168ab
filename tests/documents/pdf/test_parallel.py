"""A long paper is made in parts, and is one file all the same: numbers, links, bookmarks, tags, bytes."""

import itertools
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2
import pytest
from django.template.loader import render_to_string

from recommendations.documents.pdf import render as pdf
from recommendations.documents.pdf.split import EACH, FEWEST, cut
from tests.documents.papers import samples
from tests.documents.papers.test_archive import attachments, failures, paper, register_files
from tests.documents.papers.test_joint_pdf import joint, of

IN_FOUR = samples.figures(3 * EACH, length=10)
OF_ONE_INSPECTION = samples.figures(FEWEST, length=100, per_inspection=FEWEST)


def page_of(document) -> str:
    return render_to_string(document.template, {"document": document})


def words_of(document: pypdfium2.PdfDocument) -> list[str]:
    return [" ".join(each.get_textpage().get_text_bounded().split()) for each in document]


@pytest.fixture(scope="module", params=[IN_FOUR, OF_ONE_INSPECTION], ids=["four parts", "two parts"])
def figures(request):
    return request.param


@pytest.fixture(scope="module")
def rendered(figures):
    return pdf.render(paper(figures))


def test_it_is_pdf_ua_1_and_pdf_a_3a_and_holds_its_register(figures, rendered):
    assert failures(rendered.pdf) == []
    assert attachments(rendered.pdf) == {each.name: each.content for each in register_files(figures)}


def test_it_is_cut_where_an_inspection_begins(rendered, figures):
    parts = cut(rendered.html)
    start = r"<h3>" if figures is IN_FOUR else r'<p class="goes-on" data-inspection="[^"]+"></p><h4 id='
    assert all(re.search(rf'<main>\s*<div class="annex">{start}', part) for part in parts.others)
    entries = [re.findall(r'<h4 id="([^"]+)"', part) for part in (parts.first, *parts.others)]
    assert len(entries) == (4 if figures is IN_FOUR else 2)
    assert [*itertools.chain(*entries)] == re.findall(r'<h4 id="([^"]+)"', rendered.html)
    lengths = [len(part) / len(rendered.html) * len(entries) for part in (parts.first, *parts.others)]
    assert 0.7 < min(lengths) <= max(lengths) < 1.4


def test_a_short_register_is_made_in_one_piece():
    assert cut(page_of(paper(samples.figures(FEWEST - 1, length=10)))) is None
    assert cut(page_of(paper(samples.empty_figures()))) is None


def test_each_part_has_an_entry_however_long_one_is():
    words = {70: "x" * 100_000}
    entries = (f'<h4 id="wm-{number}">{words.get(number, "")}' for number in range(3 * EACH))
    parts = cut("<main>" + "".join(f"<h3>{each}</h3>{entry}" for each, entry in enumerate(entries)))
    assert [part.count("<h4") for part in (parts.first, *parts.others)] == [70, 1, 379]


def test_the_same_figures_give_the_same_bytes(figures, rendered):
    assert pdf.render(paper(figures)).pdf == rendered.pdf


def test_one_processor_makes_the_same_bytes():
    document = paper(OF_ONE_INSPECTION)
    made, processors = pdf.render(document).pdf, os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(processors)})
        assert pdf.render(document).pdf == made
    finally:
        os.sched_setaffinity(0, processors)


def test_each_page_has_its_number_and_what_stands_around_it(rendered):
    pages = words_of(pypdfium2.PdfDocument(rendered.pdf))
    for number, words in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in words
        assert "Issue 1 · trail head 4be1 09c7" in words
        assert "HMICFRS recommendations: Westmarch Police" in words or "Held safely" in words


def test_each_entry_is_there_once_and_in_order(figures, rendered):
    text = " ".join(words_of(pypdfium2.PdfDocument(rendered.pdf)))
    places = [text.index(f"{entry.reference} {entry.heading} {entry.rag_word}") for entry in figures.entries]
    assert places == sorted(places)
    for entry in figures.entries:
        assert text.count(f"{entry.reference} {entry.heading} {entry.rag_word}") == 1


def test_a_bookmark_leads_to_the_page_that_is_printed(figures, rendered):
    document = pypdfium2.PdfDocument(rendered.pdf)
    words, pages = words_of(document), {}
    for mark in document.get_toc():
        pages[mark.get_title()] = mark.get_dest().get_index() + 1
    assert f"the register, by inspection, p. {pages['The register, by inspection']} ·" in words[0]
    assert f"what each count and colour means, p. {pages['What each count and colour means']} " in words[0]
    assert "What each count and colour means Counted " in words[pages["What each count and colour means"] - 1]
    entries = [title for title in pages if title.startswith("WM-")]
    assert len(entries) == len(figures.entries)
    assert [pages[title] for title in entries] == sorted(pages[title] for title in entries)


def test_each_chapter_of_a_long_joint_paper_is_told_apart():
    parts = of("Eastvale Police", 60), of("Westmarch Police", FEWEST - 60)
    rendered = pdf.render(joint(*parts))
    assert failures(rendered.pdf) == []
    pages = words_of(pypdfium2.PdfDocument(rendered.pdf))
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    second = cut(rendered.html).others[0]
    assert second.count('<div class="chapter"') == 1
    assert "HMICFRS recommendations: Westmarch Police\n" in second


@pytest.fixture
def started():
    """The child at work on a long paper."""
    document = paper(IN_FOUR)
    command = [sys.executable, "-P", "-s", str(pdf.CHILD), "60", str(pdf.MEMORY)]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, **pipes, env=pdf._environment("/tmp")) as child:
        child.stdin.write(pdf.work_of(document, page_of(document)))
        child.stdin.close()
        yield child


def first_of(started: subprocess.Popen) -> int:
    """The first process that makes a part, once it is there."""
    children = Path(f"/proc/{started.pid}/task/{started.pid}/children")
    while not (found := children.read_text().split()):
        time.sleep(0.01)
    return int(found[0])


def test_where_a_part_is_killed_there_is_no_file(started):
    os.kill(first_of(started), signal.SIGKILL)
    assert started.stdout.read() == b""
    assert started.wait() == -signal.SIGKILL


def test_where_the_child_is_killed_its_parts_end(started):
    first_of(started)
    started.kill()
    assert started.stderr.read() == b""  # it is at its end, so no process has it open
