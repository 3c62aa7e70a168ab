"""The paper's file is PDF/UA-1 and PDF/A-3a at once, and holds its register as CSV and as a workbook."""

import csv
import dataclasses
import hashlib
import io
import re
import subprocess
import sys

import page
import pydyf
import pypdfium2
import pytest
from openpyxl import load_workbook
from weasyprint import HTML
from weasyprint.document import DocumentMetadata

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.documents.papers.register_files import CSV, XLSX, register_files, register_of
from recommendations.documents.pdf import render
from recommendations.documents.pdf.attachments import embedded_files
from recommendations.documents.responses.letter_pdf import letter_document
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.text.csv_safety import unescape_formula
from tests.documents.papers import samples
from tests.documents.papers.test_pdf import first, text_of
from tests.documents.register.samples import HOSTILE
from tests.documents.responses import letters

BOTH = ("PDF_UA_1", "PDF_A_3A")
FIGURES = samples.figures(6)  # one overdue, one closed
WELSH = "Mae’r heddlu’n gwneud ŵyn a ŷd i bawb: ẁ ẃ ẅ ỳ Ÿ, yna w, y, Y; Llŷr, Siân Ŵyn-Harris; Ngāti, Łódź, ść, a, z. "
WITHOUT_GLYPHS = "✓ → 警察 עברית \u0007 \uf0b7 \ufb01 🏴 e\u0301 x\u0304 \u0101\u0301 x"
FORTY_PAGES = " ".join(f"{number}. {samples.words(number, 900)}" for number in range(1, 131))


def paper(figures, *, draft=False):
    return scrutiny_paper(figures, author="Hannah Whitlock", created_at=samples.KNOWN_AT, draft=draft)


def failures(content: bytes) -> list[str]:
    """What either standard finds wrong."""
    reports = [page.validate_pdf_bytes(content, profile=getattr(page.ValidationProfile, name)) for name in BOTH]
    return [str(failure) for report in reports for failure in report.failures]


def attachments(content: bytes) -> dict[str, bytes]:
    """The attachments as another reader finds them: name → content."""
    document = pypdfium2.PdfDocument(content)
    found = [document.get_attachment(number) for number in range(document.count_attachments())]
    return {each.get_name(): bytes(each.get_data()) for each in found}


def rows_of(content: bytes) -> list[list[str]]:
    return [
        [unescape_formula(cell) for cell in row]
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    ]


@pytest.fixture(scope="module")
def rendered():
    return render.render(paper(FIGURES))


OF_LETTERS = samples.with_text(samples.figures(1), WELSH + WITHOUT_GLYPHS, (WELSH, WITHOUT_GLYPHS))


@pytest.fixture(scope="module")
def of_letters():
    return render.render(paper(OF_LETTERS)).pdf


@pytest.mark.parametrize(
    ("figures", "draft"),
    [
        pytest.param(samples.empty_figures(), False, marks=pytest.mark.soak),
        pytest.param(samples.figures(1), False, marks=pytest.mark.soak),
        (samples.figures(2), True),
        pytest.param(samples.figures(100), False, marks=pytest.mark.soak),
        pytest.param(
            samples.with_text(samples.figures(3), "Mae’r heddlu’n gwneud ŵyn a ŷd; ✓ → 警察 \u0007 \uf0b7 fi"),
            False,
            marks=pytest.mark.soak,
        ),
        pytest.param(
            samples.with_text(samples.figures(3), "x" * 3000, ("part " * 4000,)), False, marks=pytest.mark.soak
        ),
        pytest.param(samples.with_text(samples.figures(2), FORTY_PAGES), False, marks=pytest.mark.soak),
    ],
    ids=["empty", "one", "draft", "hundred", "marks", "endless", "forty pages"],
)
def test_one_file_is_pdf_ua_1_and_pdf_a_3a_and_holds_its_register(figures, draft):
    content = render.render(paper(figures, draft=draft)).pdf
    assert_it_is_both_and_holds_its_register(content, figures, draft)
    pages = pypdfium2.PdfDocument(content)
    assert not draft or all("draft" in each.get_textpage().get_text_bounded().casefold() for each in pages)


def test_one_of_letters_with_marks_is_too(of_letters):
    assert_it_is_both_and_holds_its_register(of_letters, OF_LETTERS)


def assert_it_is_both_and_holds_its_register(content: bytes, figures, draft: bool = False) -> None:
    assert failures(content) == []
    files = register_files(figures, draft=draft)
    assert attachments(content) == {each.name: each.content for each in files}
    assert embedded_files(content) == [(each.media_type, each.content) for each in files]


def test_letters_with_marks_are_read_back_as_they_were_written(of_letters):
    text = text_of(of_letters)
    assert WELSH.strip() in text
    assert "[U+2713 check mark] [U+2192 rightwards arrow] [U+8B66][U+5BDF]" in text
    assert "é x[U+0304 combining macron] ā[U+0301 combining acute accent] x" in text


def test_a_letter_is_pdf_ua_1_alone_and_the_other_standard_tells():
    content = render.render(letter_document(letters.INVITATION, created_at=letters.AT)).pdf
    found = {name: page.validate_pdf_bytes(content, profile=getattr(page.ValidationProfile, name)) for name in BOTH}
    assert {name: report.is_compliant for name, report in found.items()} == {"PDF_UA_1": True, "PDF_A_3A": False}
    assert (attachments(content), embedded_files(content)) == ({}, [])


def test_both_standards_stand_in_the_one_plain_description(rendered):
    xmp = rendered.pdf.decode("latin-1")
    assert xmp.count("<rdf:RDF") == 1
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in xmp
    assert 'pdfuaid:part="1"' in xmp
    assert "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/<" in xmp


def test_each_file_says_what_it_is_and_when(rendered):
    parts = rendered.pdf.decode("latin-1")
    params = re.findall(r"/EmbeddedFile/Subtype /(\S+)/Params <</CheckSum <(\w+)>/Size (\d+)(/C.*?)>>", parts)
    at = "/CreationDate (D:20261014081200Z)/ModDate (D:20261014081200Z)"
    assert params == [
        (
            each.media_type.replace("/", "#2f"),
            hashlib.md5(each.content).hexdigest(),
            str(len(each.content)),
            at,
        )
        for each in register_files(FIGURES)
    ]


def test_the_last_page_says_that_they_are_there_and_how_they_are_opened(rendered):
    document = pypdfium2.PdfDocument(rendered.pdf)
    last = document[len(document) - 1].get_textpage().get_text_bounded()
    words = " ".join(last.replace("\x02", "-").split())  # a hyphen at the end of a line
    assert "The register as data This file holds the register of this paper twice more, entry for entry:" in words
    assert "To open them, choose Attachments" in words
    for name in attachments(rendered.pdf):
        assert name in words.replace(" ", "")


def test_the_same_figures_give_the_same_bytes(rendered):
    assert rendered.pdf == first().pdf


@pytest.mark.soak
def test_two_processes_give_the_same_bytes(rendered):
    code = (
        "import django, hashlib; django.setup()\n"
        "from recommendations.documents.papers.document import scrutiny_paper\n"
        "from recommendations.documents.pdf import render as pdf\n"
        "from tests.documents.papers import samples\n"
        "about = {'author': 'Hannah Whitlock', 'created_at': samples.KNOWN_AT}\n"
        "print(hashlib.sha256(pdf.render(scrutiny_paper(samples.figures(6), **about)).pdf).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert other == hashlib.sha256(rendered.pdf).hexdigest()


def test_figures_that_were_kept_give_the_files_that_the_paper_holds(rendered):
    kept = Figures.from_json(FIGURES.to_json())
    assert attachments(rendered.pdf) == {each.name: each.content for each in register_files(kept)}


def test_the_csv_is_the_register_entry_for_entry(rendered):
    figures = FIGURES
    content = next(content for kind, content in embedded_files(rendered.pdf) if kind == CSV)
    heads, *rows = rows_of(content)
    fields = [field.key for field in register_of(figures).fields]
    assert [dict(zip(fields, row, strict=True))["reference"] for row in rows] == [e.reference for e in figures.entries]
    for row, entry in zip(rows, figures.entries, strict=True):
        found = dict(zip(heads, row, strict=True))
        assert found["Recommendation"] == entry.text
        assert found["HMICFRS deadline"] == entry.deadline.on.isoformat()
        voices = {
            "HMICFRS": (entry.hmicfrs, "HMICFRS status", "HMICFRS words", "Date of HMICFRS status"),
            "Force": (entry.force, "Force stage", "Force update", "Date of force update"),
            "OPCC": (entry.office, "OPCC assurance", "OPCC comment", "Date of OPCC assurance"),
        }
        for voice, *columns in voices.values():
            assert [found[column] for column in columns] == [voice.label, voice.words, voice.on.isoformat()]


@pytest.mark.parametrize("text", [FORTY_PAGES, WELSH + WITHOUT_GLYPHS, *HOSTILE], ids=lambda text: repr(text[:12]))
def test_no_text_is_lost_in_either_file(text):
    figures = samples.with_text(samples.figures(2), text, (text,))
    sheet, book = register_files(figures)
    column = [field.key for field in register_of(figures).fields].index("text")
    assert rows_of(sheet.content)[1][column] == text
    opened = load_workbook(io.BytesIO(book.content))
    cell, limb = opened["Register"].cell(2, column + 1), opened["Register"].cell(2, column + 2)
    seen = "".join(each for each in text if each != "\u0007")
    if "Long texts" not in opened.sheetnames:
        assert (cell.value, limb.value) == (seen, seen)
        assert {cell.data_type, limb.data_type} == {"s"}
        return
    assert cell.value == text[: len(cell.value) - 36] + " … (goes on in the sheet Long texts)"
    pieces = list(opened["Long texts"].iter_rows(min_row=2, values_only=True))
    for heading in ("Recommendation", "Sub-recommendations"):
        assert "".join(piece[3] for piece in pieces if piece[:2] == ("WM-0001", heading)) == text


def test_the_workbook_says_which_paper_it_is_of():
    figures = dataclasses.replace(
        samples.figures(3), issue=2, replaces="Replaces issue 1, finalised on 14 October 2026.", marking="OFFICIAL"
    )
    book = load_workbook(io.BytesIO(register_files(figures)[1].content))
    assert [row[0] for row in book["About"].iter_rows(values_only=True)] == [
        "OFFICIAL",
        "The register of the scrutiny report on Westmarch Police, Q2 2026/27, July to September 2026",
        "Issue 2.",
        "Replaces issue 1, finalised on 14 October 2026.",
        "Office: the Police and Crime Commissioner for the Marches",
        "As it stood on 30 September 2026, using entries made by 14 October 2026 at 09:12.",
        "Rows: 3, in the order of the paper’s register. 3 are open.",
        f"Trail: 1,204 entries, head {samples.HEAD}",
        "The words of HMICFRS, of the force and of the office stand in columns of their own, each with its day. "
        "Days are days in London.",
    ]
    assert (book.properties.title, book.properties.creator) == (
        "The register of the scrutiny report on Westmarch Police, Q2 2026/27, July to September 2026",
        "the Police and Crime Commissioner for the Marches",
    )


def test_the_files_are_named_after_the_paper_and_a_draft_says_so():
    names = [each.name for draft in (False, True) for each in register_files(samples.figures(1), draft=draft)]
    base = "register-westmarch-police-2026-07-01-to-2026-09-30-issue-1"
    assert names == [f"{base}.csv", f"{base}.xlsx", f"draft-{base}.csv", f"draft-{base}.xlsx"]
    assert {each.media_type for each in register_files(samples.figures(1))} == {CSV, XLSX}


def test_the_register_of_a_closed_paper_says_so_and_each_of_its_rows_is_marked():
    of = {"marking": "OFFICIAL-SENSITIVE", "restricted_only": True}
    figures = dataclasses.replace(samples.figures(2), **of)
    sheet, book = register_files(figures)
    assert sheet.name == "closed-register-westmarch-police-2026-07-01-to-2026-09-30-issue-1.csv"
    heads, *rows = rows_of(sheet.content)
    assert [row[heads.index("Marking")] for row in rows] == ["OFFICIAL-SENSITIVE"] * 2
    opened = load_workbook(io.BytesIO(book.content))
    title = "The register of the closed scrutiny report on Westmarch Police, Q2 2026/27, July to September 2026"
    assert [row[0] for row in opened["About"].iter_rows(values_only=True)][:2] == ["OFFICIAL-SENSITIVE", title]
    assert opened["Register"].oddHeader.center.text == "OFFICIAL-SENSITIVE"


def test_the_workbook_of_an_open_paper_says_how_many_are_left_out():
    book = load_workbook(io.BytesIO(register_files(dataclasses.replace(samples.figures(2), left_out=3))[1].content))
    sentence = "3 restricted recommendations are left out; they are in the closed paper."
    assert sentence in [row[0] for row in book["About"].iter_rows(values_only=True)]


def test_what_we_put_in_the_place_of_names_inside_weasyprint_and_pydyf_is_there_to_be_replaced():
    """ADR 6 says what each is for, and when it is looked at again."""
    assert isinstance(pydyf.Stream.data, property)
    for owner, name in ((HTML, "_ua_stylesheets"), (DocumentMetadata, "generate_rdf_metadata")):
        assert callable(getattr(owner, name))
    assert callable(DocumentMetadata.include_in_pdf)
