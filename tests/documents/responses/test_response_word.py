"""The draft as a Word document: headings, numbers, notes and links in the response's order; the same bytes."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from recommendations.documents.responses.response_word import response_docx
from tests.documents.responses import samples

DRAFT = samples.draft(
    chief_officers=(samples.CHIEF, samples.SILENT),
    items=(*samples.ITEMS, samples.UNANSWERED),
    number=2,
    correction="A.",
)


def made(text) -> bytes:
    return response_docx(text, by="Hannah Whitlock", at=samples.AT)


@pytest.fixture(scope="module")
def document():
    return docx.Document(io.BytesIO(made(DRAFT)))


def texts(document) -> list[str]:
    return [each.text for each in document.paragraphs if each.text]


def after(document, text: str, count: int) -> list[str]:
    found = texts(document)
    return found[found.index(text) + 1 :][:count]


def test_its_headings_are_those_of_the_response(document):
    headings = [
        (each.style.name, each.text) for each in document.paragraphs if each.style.name[:5] in ("Title", "Headi")
    ]
    assert headings == [
        ("Title", DRAFT.heading),
        ("Heading 1", "What we did before"),
        ("Heading 1", "Comments of the chief constable of Westmarch Police"),
        ("Heading 1", "Comments of the chief constable of Eastvale Constabulary"),
        ("Heading 1", "Reply to the chief officers’ comments"),
        ("Heading 1", "Recommendations:"),
        ("Heading 2", "Recommendation 1: Clinical advice in the control room at night"),
        ("Heading 2", "Recommendation 2"),
        ("Heading 2", "Recommendation 3"),
        ("Heading 2", "AFI 11"),
        ("Heading 2", "Cause of concern"),
        ("Heading 2", "Recommendation 9"),
        ("Heading 1", "Notes"),
        ("Heading 1", "About this response"),
    ]


def test_a_draft_says_first_that_it_is_one(document):
    assert after(document, DRAFT.heading, 1) == [
        "DRAFT: not published. It can change until it is approved and published."
    ]
    facts = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert facts[2:] == [
        ["This version published", "Not yet. This is a draft."],
        ["Version", "2. It replaces version 1. It corrects: A."],
    ]


def test_what_is_published_is_no_draft():
    assert "draft" not in "\n".join(texts(docx.Document(io.BytesIO(made(samples.response()))))).casefold()


def test_what_is_said_stands_under_what_is_asked(document):
    assert after(document, "AFI 11", 8) == [
        "The force should ask callers who rang off what became of them.",
        "Deadline: 31 March 2027",
        "Directed to: force; Mae’r Ŵyl Ŷd",
        "OPCC comment: Action proposed. The force proposes a survey:",
        "of callers;",
        "of their families.",
        "We will read what it finds.",
        "Cause of concern",
    ]
    assert after(document, "Recommendation 9", 2) == ["The force should ask.", "OPCC comment: Not written yet."]
    assert after(document, "Recommendation 2", 2)[1] == (
        "OPCC comment: No action. This is directed to the Home Office and the College of Policing."
    )


def test_marks_are_raised_and_links_are_words_own(document):
    raised = [run.text for each in document.paragraphs for run in each.runs if run.font.superscript]
    linked = [link.address for each in document.paragraphs for link in each.hyperlinks]
    assert (raised, linked) == (
        ["1", "2", "2"],
        ["https://www.example.org/charter", "https://www.example.org/quarterly-papers", DRAFT.report_link],
    )
    assert after(document, "Notes", 2) == [
        "1.\tForce operating statement for nights, Westmarch Police, April 2026.",
        "2.\thttps://www.example.org/quarterly-papers",
    ]


def test_bullets_are_words_own_and_numbers_are_printed(document):
    bullets = [each.text for each in document.paragraphs if each.style.name == "List Bullet"]
    assert bullets[:3] == [
        "that a person who rings is answered;",
        "that what they say is believed;",
        "that somebody comes2, as the charter says.",
    ]
    assert "1.\tWe read the quarterly figures." in texts(document)


def test_the_marking_and_the_page_number_are_on_every_page(document):
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL"
    fields = [each.get(qn("w:instr")) for each in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_same_draft_gives_the_same_bytes():
    assert made(DRAFT) == made(DRAFT)


@pytest.mark.suite(0, 1)
@pytest.mark.parametrize("hostile", ["\x0b\ufffe control", "<w:t>&</w:t>", "=cmd|'/C calc'!A0", "x" * 70_000])
def test_a_hostile_text_stays_text(hostile):
    document = docx.Document(io.BytesIO(made(samples.draft(markdown=hostile))))
    assert hostile.strip("\x0b\ufffe ") in [each.strip() for each in texts(document)]
