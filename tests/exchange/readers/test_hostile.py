"""Files that are meant to harm are refused within 10 seconds of a processor and 300 MB, with a message that helps."""

import io
import subprocess
import zipfile

import pypdfium2
import pytest

from recommendations.exchange.documents_in.lines import Unreadable, read_lines
from recommendations.exchange.readers import sandbox
from tests.makers.pdf_file import pdf_file
from tests.makers.word_file import para, word_file, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 2/R 3/Length 128/P -44/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<31><31>]/Size 4>>\n%%EOF"
)
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("k"))
)


# What is read for as long as the sandbox lets it: one such sheet (bomb-of-rows.xlsx) is in the suite. And bombs in a
# workbook, of which a Word file has one in the suite (bomb.docx).
LONG = {"strings.xlsx", "styles.xlsx", "many-attributes.xlsx", "huge-name.xlsx", "huge-attribute.xlsx", "deep.html"}
LONG |= {"bomb.xlsx", "bomb-in-relations.xlsx", "bomb-in-theme.xlsx", "one-string.xlsx", "twenty-sheets.xlsx"}
LONG |= {"large picture", "a million formatted rows"}


def each(files: dict) -> list:
    """The names of files, for parametrize; those that take long are left to the soak."""
    return [pytest.param(name, marks=pytest.mark.soak if name in LONG else ()) for name in files]


def with_document(xml: bytes) -> bytes:
    """A Word file whose main part is this XML."""
    package = zipfile.ZipFile(io.BytesIO(word_file(para("x"))))
    return zipped({name: package.read(name) for name in package.namelist()} | {"word/document.xml": xml})


def scan() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


HOSTILE = {
    "encrypted.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "This Word document is protected by a password"),
    "old.docx": (OLE + b"old" * 100, "This is an old Word document"),
    "not-a-package.docx": (zipped({"readme.txt": b"hello"}), "This Word document is damaged"),
    "cut.docx": (word_file(para("x"))[:700], "This Word document is damaged"),
    "bad-xml.docx": (with_document(b"<w:document"), "This Word document is damaged"),
    "no-body.docx": (with_document(b"<a/>"), "This Word document is damaged"),
    "macros.docx": (word_file(para("x"), more={"word/vbaProject.bin": b"x"}), "This Word document has macros"),
    "bomb.docx": (
        word_file(para("x"), more={"word/media/zeros.xml": b"0" * 90_000_000}),
        "This file could not be read",
    ),
    "many-parts.docx": (word_file(para("x"), more={f"x{n}": b"" for n in range(2_100)}), "This file could not be read"),
    "laughs.docx": (with_document(LAUGHS + b"]><w>&j;</w>"), "This Word document holds instructions"),
    "fetch.docx": (
        with_document(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'),
        "This Word document holds instructions",
    ),
    "deep.docx": (word_file("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000), "This "),
    "long.docx": (word_file(para("word " * 500_000)), "This document has far more text"),
    "many-lines.docx": (word_file(para("x") * 12_000), "This document has far more text"),
    "encrypted.pdf": (ENCRYPTED, "This PDF is protected by a password"),
    "scan.pdf": (scan(), "This PDF has no text in it: it may be a scan."),
    "junk.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 100, "This PDF is damaged"),
    "no-pages.pdf": (ENCRYPTED.replace(b"/Encrypt 3 0 R", b""), "This PDF "),
    "loop.pdf": (pdf_file(b"").replace(b"/Kids[5 0 R]", b"/Kids[2 0 R]"), "This PDF "),
    "long.pdf": (pdf_file(b"BT /F 9 Tf " + b"(words and words) Tj " * 150_000 + b"ET"), "This "),
    "deep.html": (b"<div>" * 300_000 + b"x", "This "),
    "spans.html": (
        b"<table><tr>" + b"<td rowspan=60000 colspan=60000>x" * 400 + b"</table>" * 9,
        "This file could not be read",
    ),
    "long.html": (b"<p>words" * 1_000_000, "This "),
}


@pytest.mark.parametrize("name", each(HOSTILE))
def test_a_hostile_file_is_refused_in_time_and_takes_no_more_memory_than_it_may(readers, name):
    data, message = HOSTILE[name]
    refused = readers.refused("recommendations.exchange.documents_in.lines", "read_lines", data, name)
    assert refused.said.startswith(message)
    assert refused.seconds < 10
    assert refused.kilobytes < 450 * 1024  # the interpreter and the parser's library, and 300 MB


def test_a_script_in_a_web_page_is_words_at_most():
    page = b"<p onclick=x()>Words<img src=x onerror=alert(1)></p><svg onload=alert(1)><p>&lt;script&gt;</p>"
    assert [line.text for line in read_lines(page, "a.html")] == ["Words", "<script>"]


def test_an_entity_in_a_web_page_is_not_fetched():
    page = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>Words &a;</p>'
    assert "root:" not in " ".join(line.text for line in read_lines(page, "a.html"))


def test_a_child_that_dies_or_hangs_is_a_refusal(monkeypatch):
    monkeypatch.setattr(sandbox, "CHILD", "recommendations.exchange.readers.no_such_child")
    with pytest.raises(Unreadable, match="could not be read safely"):
        sandbox.read("docx", b"x")
    monkeypatch.undo()
    monkeypatch.setattr(sandbox, "SECONDS", 0)
    with pytest.raises(Unreadable, match="could not be read safely"):
        sandbox.read("docx", b"x")


def test_a_process_of_its_own_reads_the_same(monkeypatch):
    """As the product begins it, and not as a copy of another (tests/reader_children.py)."""
    copy = sandbox.read("html", b"<p>Words.</p>")
    monkeypatch.setattr(sandbox, "subprocess", subprocess)
    assert sandbox.read("html", b"<p>Words.</p>") == copy != []


def test_the_child_needs_no_settings():
    (line,) = read_lines(word_file(para("Words.")), "a.docx")
    assert line.text == "Words."
