"""The text of any file that search can read, regardless of layout: PDF, Word, Excel, plain text.

Runs in the child process of sandbox.py. Returns what was read when the time or space runs out.
"""

import io
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium

from recommendations.exchange.readers import docx
from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.spreadsheets import xlsx
from recommendations.exchange.readers.text import decoded, looks_binary

MOST_CHARACTERS = 400_000
CPU_SECONDS = 5  # below the child's own limit, which would end it without a result
ZIP = b"PK\x03\x04"
UNREADABLE = "There are no words in this file that can be read."


def rows(data: bytes) -> list[dict[str, Any]]:
    """Return one row with the text, one line for each paragraph or cell. Raises Unreadable."""
    found, characters, until = [], 0, time.process_time() + CPU_SECONDS
    for text in _texts(data):
        found.append(" ".join(text.replace("\0", " ").split()))
        characters += len(found[-1]) + 1
        if characters > MOST_CHARACTERS or time.process_time() > until:
            break
    return [{"kind": "words", "text": "\n".join(filter(None, found))[:MOST_CHARACTERS]}]


def _texts(data: bytes) -> Iterator[str]:
    if data.startswith(b"%PDF-"):
        return _of_pdf(data)
    if data.startswith(ZIP):
        return _of_package(data)
    if looks_binary(data[:MOST_CHARACTERS]):
        raise Unreadable(UNREADABLE)
    return iter(decoded(data[: 2 * MOST_CHARACTERS]).splitlines())


def _of_pdf(data: bytes) -> Iterator[str]:
    try:
        document = pdfium.PdfDocument(data)
        for number in range(len(document)):
            yield document[number].get_textpage().get_text_bounded()
    except pdfium.PdfiumError:
        raise Unreadable(UNREADABLE) from None


def _of_package(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
    if "word/document.xml" in names:
        yield from (row["text"] for row in docx.rows(data) if row.get("text"))
    elif any(name.startswith("xl/") for name in names):
        yield from _of_sheets(data)


def _of_sheets(data: bytes) -> Iterator[str]:
    for grid in xlsx.grids_of(data):
        yield grid.name
        for cells in grid.rows.values():
            yield from (cell.text for cell in cells.values())
