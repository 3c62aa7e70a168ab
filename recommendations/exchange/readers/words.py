"""The text of any file that search and redactions can read, regardless of layout: PDF, Word, Excel, PowerPoint, text.

Runs in the child process of sandbox.py. Returns what was read when the time or space runs out, and whether that is
everything.
"""

import ctypes
import io
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from recommendations.exchange.readers import docx
from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.package_words import is_read_whole, texts_in
from recommendations.exchange.readers.spreadsheets import xlsx
from recommendations.exchange.readers.text import decode_text, looks_binary

MOST_CHARACTERS = 400_000
CPU_SECONDS = 5  # below the child's own limit, which would end it without a result
ZIP = b"PK\x03\x04"
UNREADABLE = "There are no words in this file that can be read."


class FileWords:
    """The lines of one file, and whether they are all that it says."""

    def __init__(self, data: bytes) -> None:
        self.data, self.is_whole = data, True

    def lines(self) -> Iterator[str]:
        """Yield them as they follow each other, empty ones too. Raises Unreadable."""
        if self.data.startswith(b"%PDF-"):
            yield from self._of_pdf()
        elif self.data.startswith(ZIP):
            yield from self._of_package()
        elif looks_binary(self.data[:MOST_CHARACTERS]):
            raise Unreadable(UNREADABLE)
        else:
            self.is_whole = len(self.data) <= 2 * MOST_CHARACTERS
            yield from decode_text(self.data[: 2 * MOST_CHARACTERS]).splitlines()

    def _of_pdf(self) -> Iterator[str]:
        try:
            document = pdfium.PdfDocument(self.data)
            for page in document:
                text = page.get_textpage().get_text_bounded()
                self.is_whole = self.is_whole and bool(text.strip())  # a page without text is a picture
                yield text
                yield from _comments_on(page)
            yield from document.get_metadata_dict().values()
            self.is_whole = self.is_whole and not document.count_attachments()
        except pdfium.PdfiumError:
            raise Unreadable(UNREADABLE) from None

    def _of_package(self) -> Iterator[str]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            names = package.namelist()
            if "word/document.xml" in names:
                yield from (row["text"] for row in docx.rows(self.data) if row.get("text"))
            elif any(name.startswith("xl/") for name in names):
                yield from _sheet_texts(self.data)

    def other_texts(self) -> Iterator[str]:
        """Yield what a package says beside them, and again what they say."""
        if self.data.startswith(ZIP):
            with zipfile.ZipFile(io.BytesIO(self.data)) as package:
                self.is_whole = is_read_whole(package)
                try:
                    yield from texts_in(package) if self.is_whole else ()
                except Exception:  # zipfile, zlib, expat and defusedxml each have their own for a damaged part
                    self.is_whole = False


def rows(data: bytes) -> list[dict[str, Any]]:
    """Return one row with the text, one line for each paragraph or cell, and `is_whole`. Raises Unreadable."""
    found: list[str] = []
    words, characters, until = FileWords(data), 0, time.process_time() + CPU_SECONDS
    for line in _lines(words):
        found.append(line)
        characters += len(line) + 1
        if characters > MOST_CHARACTERS or time.process_time() > until:
            words.is_whole = False
            break
    return [{"kind": "words", "text": "\n".join(found)[:MOST_CHARACTERS], "is_whole": words.is_whole}]


def _lines(words: FileWords) -> Iterator[str]:
    """The lines that are not empty, then each other text that is none of them."""
    known = set()
    for line in map(_plain, words.lines()):
        known.add(line)
        if line:
            yield line
    for text in map(_plain, words.other_texts()):
        if text and text not in known:
            known.add(text)
            yield text


def _plain(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())


def _comments_on(page: pdfium.PdfPage) -> Iterator[str]:
    """The texts of the comments and form fields of a page, and who wrote them."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        for key in (b"Contents", b"T", b"V", b"Subj"):
            length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
            value = ctypes.create_string_buffer(length)
            raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(value, ctypes.POINTER(raw.FPDF_WCHAR)), length)
            yield value.raw.decode("utf-16-le", "ignore")
        raw.FPDFPage_CloseAnnot(annotation)


def _sheet_texts(data: bytes) -> Iterator[str]:
    for grid in xlsx.grids_of(data):
        yield grid.name
        for cells in grid.rows.values():
            yield from (cell.text for cell in cells.values())
