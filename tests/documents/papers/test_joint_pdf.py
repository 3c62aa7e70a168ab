"""A joint paper as a file: page 1 over all forces, a chapter for each, one numbering of pages, the registers inside."""

import dataclasses
import re
import zlib

import pypdfium2
import pytest

from recommendations.documents.papers.close_down_dates import DATES_HEADING
from recommendations.documents.papers.joint_document import joint_paper, prefix_anchors
from recommendations.documents.papers.register_files import register_files
from recommendations.documents.pdf import render
from recommendations.domain.papers.data.lines import LabelledCount
from recommendations.domain.papers.data.paper import FORMAT, Sum
from recommendations.domain.papers.joint.data import JointFigures, line_of, totals
from tests.documents.papers import samples
from tests.documents.papers.test_archive import attachments, failures
from tests.documents.papers.test_pdf import AT

EMPTY_BODY = "Northshire Combined Authority"


def of(name: str, count: int):
    figures = samples.figures(count) if count else samples.empty_figures()
    body = figures.body if count else EMPTY_BODY
    return name.split()[0].lower(), dataclasses.replace(figures, force=name, body=body)


def joint(*parts, draft=False):
    lines = tuple(line_of(figures, slug) for slug, figures in parts)
    first = parts[0][1]
    named = ("office", "period_start", "period_end", "period_label", "as_at", "known_at", "committee", "meets_on")
    figures = JointFigures(
        **{name: getattr(first, name) for name in (*named, "trail_head", "trail_count", "definitions")},
        forces=lines,
        **totals(lines),
        front=dataclasses.replace(first.front, matters=(), questions=()),
        format=FORMAT,
    )
    return joint_paper(figures, parts, author="Hannah Whitlock", created_at=AT, draft=draft)


SMALL = (of("Eastvale Police", 1), of("Westmarch Police", 2), of("Northshire Police", 0))
THREE = (of("Eastvale Police", 5), of("Westmarch Police", 6), of("Northshire Police", 0))


@pytest.fixture(scope="module")
def rendered():
    return render.render(joint(*THREE))


LINE_END_HYPHEN = "\x02"  # how a hyphen is read back at the end of a line


def pages(content: bytes) -> list[str]:
    return [" ".join(each.get_textpage().get_text_bounded().split()) for each in pypdfium2.PdfDocument(content)]


def test_it_is_pdf_ua_1_and_pdf_a_3a(rendered):
    assert failures(rendered.pdf) == []


def test_it_holds_the_register_of_each_force_as_that_forces_paper_does(rendered):
    kept = {file.name: file.content for _, figures in THREE for file in register_files(figures)}
    assert attachments(rendered.pdf) == kept
    assert len(kept) == 6
    last = pages(rendered.pdf)[-1].replace(LINE_END_HYPHEN, "-").replace(" ", "")
    assert all(name.rpartition(".")[0] in last for name in kept)


def objects_of(content: bytes) -> str:
    """What stands in the streams of objects, which hold all but streams."""
    streams = re.finditer(rb"/Type /ObjStm.*?/Length (\d+)>>\nstream\n", content)
    packed = [content[found.end() : found.end() + int(found[1])] for found in streams]
    return "".join(zlib.decompress(each).decode("latin-1") for each in packed)


@pytest.mark.soak
def test_one_in_which_nothing_is_overdue_is_pdf_ua_1_and_pdf_a_3a():
    """A table of causes without any has no body that holds nothing."""
    assert failures(render.render(joint(*SMALL)).pdf) == []


def test_each_file_is_associated_once_and_named_in_order(rendered):
    objects = objects_of(rendered.pdf)
    specs = re.findall(r"<</Type /Filespec/F \((.*?)\).*?/EF <</F (\d+) 0 R>>/Desc \((.*?)\)(.*?)>>", objects)
    files = [each for _, figures in THREE for each in register_files(figures)]
    assert [(name, description, more) for name, _, description, more in specs] == [
        (each.name, each.description, "/AFRelationship /Data") for each in files
    ]
    associated = re.search(r"/AF \[(.*?)\]", objects)[1].split(" R")
    assert len(set(associated)) == len(associated) == len(files) + 1  # and what is left after the last
    names = re.findall(r"\((.*?)\)", re.search(r"<</Names \[(\(register-.*?)\]>>", objects)[1])
    assert names == sorted(each.name for each in files)


@pytest.mark.soak  # test_archive has a draft of one force
def test_a_draft_is_too_and_says_so():
    content = render.render(joint(*SMALL[:2], draft=True)).pdf
    assert failures(content) == []
    assert "DRAFT: figures are live." in pages(content)[0]


def test_the_first_page_adds_up_over_all_forces(rendered):
    first = pages(rendered.pdf)[0]
    document = joint(*THREE)
    assert document.figures.differences == []
    for line, cells in document.rows:
        assert f"{line.force}, p." in first
        assert " ".join(map(str, cells)) in first
    assert f"All forces {' '.join(map(str, document.total))}" in first
    assert [sum(column) for column in zip(*(cells for _, cells in document.rows), strict=True)] == list(document.total)
    assert EMPTY_BODY in first
    for table in document.kind_tables:
        assert f"{table.kind}: all forces {' '.join(map(str, table.total))}" in " ".join(pages(rendered.pdf)[:2])
        assert tuple(sum(column) for column in zip(*(cells for _, cells in table.rows), strict=True)) == table.total


def test_one_numbering_of_pages_and_the_chapters_are_where_page_1_says(rendered):
    texts = pages(rendered.pdf)
    assert all(f"Page {number} of {len(texts)}" in text for number, text in enumerate(texts, start=1))
    said = dict(re.findall(r"(\w+ Police), p\. (\d+)", texts[0]))
    assert set(said) == {figures.force for _, figures in THREE}
    for force, number in said.items():
        assert f"HMICFRS recommendations: {force}, {THREE[0][1].period_label}" in texts[int(number) - 1]


def test_bookmarks_lead_to_the_chapters(rendered):
    top = [each.get_title() for each in pypdfium2.PdfDocument(rendered.pdf).get_toc() if each.level == 0]
    label = THREE[0][1].period_label
    forces = "Eastvale Police, Westmarch Police and Northshire Police"
    names = (forces, "Eastvale Police", "Westmarch Police", "Northshire Police")
    assert top[:4] == [f"HMICFRS recommendations: {name}, {label}" for name in names]


def test_each_chapter_lists_its_items_with_the_page_of_each_entry(rendered):
    marks, texts = pypdfium2.PdfDocument(rendered.pdf).get_toc(), pages(rendered.pdf)
    led = [(mark.get_title(), mark.get_dest().get_index()) for mark in marks]
    lists = [place for title, place in led if title == DATES_HEADING]
    entries = [(title[:7], place + 1) for title, place in led if title.startswith("WM-")]
    listed = [found for place in lists for found in re.findall(r"(WM-\d+) .*? p\. (\d+)", texts[place])]
    assert len(lists) == 2  # the third force has nothing
    assert sorted((reference, int(number)) for reference, number in listed) == sorted(entries)


def test_every_link_has_a_place(rendered):
    places = re.findall(r' id="([^"]+)"', rendered.html)
    assert len(places) == len(set(places))
    assert set(re.findall(r' href="#([^"]+)"', rendered.html)) <= set(places)
    assert rendered.html.count('id="definitions"') == 1


@pytest.mark.soak
def test_the_same_figures_give_the_same_bytes(rendered):
    assert render.render(joint(*THREE)).pdf == rendered.pdf


def test_a_text_that_looks_like_an_anchor_stays_a_text():
    assert prefix_anchors('<p id="a">x id=&quot;b&quot;</p><a href="#definitions">', "w") == (
        '<p id="w-a">x id=&quot;b&quot;</p><a href="#definitions">'
    )


def test_page_1_adds_up_the_small_tables_of_all_forces():
    """The third force weighs no risk and had nothing overdue: what is open there is not assessed."""
    (first, second, third) = (figures for _, figures in THREE)
    within = (LabelledCount(label="Within date", count=4),)
    third = dataclasses.replace(third, sum=Sum(opening=4, closing=4), by_date=within)
    tables = {each.caption: each for each in joint(*THREE[:2], (THREE[2][0], third)).first_counts}
    assert list(tables) == ["Open, by date", "Overdue, by cause", "Last time’s overdue", "Closed, looked at again"]
    for caption, table in tables.items():
        assert sum(row.count for row in table.rows) == table.sum, caption
    assert tables["Open, by date"].sum == first.sum.closing + second.sum.closing + 4
    page_1 = joint(*THREE[:2], (THREE[2][0], third))
    high, closing = first.risk.high + second.risk.high, first.sum.closing + second.sum.closing + 4
    assert page_1.not_assessed_words.startswith(f"{closing - high} of {closing} open are not assessed")
    assert tables["Closed, looked at again"].sum == 22
