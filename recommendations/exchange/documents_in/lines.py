"""Convert every format to lines with their structure, the only input of the grammars."""

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from recommendations.exchange.documents_in.fact_names import stands_alone
from recommendations.exchange.documents_in.plain_text import rows_of_text
from recommendations.exchange.documents_in.sources.columns import heads_any_table
from recommendations.exchange.readers import sandbox
from recommendations.exchange.readers.errors import MAX_BYTES, MAX_CHARACTERS, MAX_LINES, TOO_LONG, Unreadable
from recommendations.exchange.readers.text import BULLET, decode_text, looks_binary

__all__ = ["MAX_BYTES", "DocumentLine", "Unreadable", "lines_of_text", "read_lines"]

READ_IN_A_CHILD = {".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html"}
READ_AS_TEXT = {".txt", ".text"}
MOST_IN_PROCESS = 50_000  # characters of text; a longer one is parsed in a child process, as files are
ACCEPTED = "Bring in a .txt, .docx, .pdf or .html file, or paste the text."
REFUSED = {
    ".docm": "This is a Word document with macros (.docm). Open it in Word, save it as .docx and bring that in.",
    ".dotm": "This is a Word template with macros (.dotm). Open it in Word, save it as .docx and bring that in.",
    ".doc": "This is an old Word document (.doc). Open it in Word, save it as .docx and bring that in.",
    ".rtf": "This is a rich text file (.rtf). Open it in Word, save it as .docx and bring that in.",
    ".odt": "This is an OpenDocument file (.odt). Save it as .docx and bring that in.",
}
OLD_OFFICE_FILE = b"\xd0\xcf\x11\xe0"
NOT_WHAT_ITS_NAME_SAYS = "This file's name ends in {suffix} but it is not {article}. Check the file. " + ACCEPTED
PROTECTED_WORD = (
    "This Word document is protected by a password, so it cannot be read. "
    "Open it in Word, remove the password, save it and bring it in again."
)
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff\u00ad\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class DocumentLine:
    """One line of a document, numbered from 1.

    `kind` is heading, paragraph, bullet, cell, note (a footnote), margin (a page's header or footer) or rule. `level`
    is a heading's level (0 if it is only bold), or the depth of a list item from 0; a line whose number hangs in a
    PDF's margin has -1. `mark` is a bullet's printed mark. `cell` is the table, row and column of the line, and `rows`
    the number of rows that the cell spans. Printed numbers ("1.", "(a)") are part of the text.
    """

    number: int
    kind: str
    text: str
    level: int = 0
    mark: str = ""
    cell: tuple[int, int, int] | None = None
    rows: int = 1


def read_lines(data: bytes, filename: str) -> list[DocumentLine]:
    """Return the lines of an uploaded file. Raises Unreadable."""
    suffix = PurePath(filename.lower()).suffix
    if suffix in REFUSED:
        raise Unreadable(REFUSED[suffix])
    if suffix not in READ_AS_TEXT and suffix not in READ_IN_A_CHILD:
        raise Unreadable("This kind of file cannot be read. " + ACCEPTED)
    if not data:
        raise Unreadable("This file is empty. Choose another file, or paste the text.")
    if len(data) > MAX_BYTES:
        megabytes = MAX_BYTES // (1024 * 1024)
        raise Unreadable(f"This file is larger than {megabytes} MB. Remove pictures, or paste the text instead.")
    _check_what_it_is(data, suffix)
    if suffix in READ_AS_TEXT:
        return lines_of_text(decode_text(data))
    vocabulary = (heads_any_table, stands_alone) if suffix == ".pdf" else ()
    return _lines(sandbox.read(READ_IN_A_CHILD[suffix], data, *vocabulary))


def lines_of_text(text: str) -> list[DocumentLine]:
    """Return the lines of pasted text. Raises Unreadable if it is empty or much too long."""
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(TOO_LONG)
    if len(text) <= MOST_IN_PROCESS:
        return _lines(rows_of_text(text))
    return _lines(sandbox.read("plain", text.encode(errors="replace"), rows_of_text))


def _check_what_it_is(data: bytes, suffix: str) -> None:
    """Check that the bytes are of the type in the file's name. The parser checks the rest."""
    if suffix == ".docx" and data.startswith(OLD_OFFICE_FILE):
        raise Unreadable(PROTECTED_WORD if _utf16("EncryptedPackage") in data else REFUSED[".doc"])
    if suffix == ".docx" and not data.startswith(b"PK\x03\x04"):
        raise Unreadable(NOT_WHAT_ITS_NAME_SAYS.format(suffix=suffix, article="a Word document"))
    if suffix == ".pdf" and (not data.startswith(b"%PDF-") or b"PK\x05\x06" in data[-70_000:]):
        raise Unreadable(NOT_WHAT_ITS_NAME_SAYS.format(suffix=suffix, article="a PDF"))
    if suffix not in (".docx", ".pdf") and looks_binary(data):
        article = "text" if suffix in READ_AS_TEXT else "a web page"
        raise Unreadable(NOT_WHAT_ITS_NAME_SAYS.format(suffix=suffix, article=article))


def _utf16(word: str) -> bytes:
    return word.encode("utf-16-le")


def _lines(rows: list[dict[str, Any]]) -> list[DocumentLine]:
    """Return numbered lines, without invisible characters and empty lines."""
    lines: list[DocumentLine] = []
    for row in rows:
        text = UNSEEN.sub("", row["text"]).strip()
        if row["kind"] in ("paragraph", "cell") and (bullet := BULLET.match(text)):
            row, text = {**row, "kind": "bullet", "mark": bullet["mark"]}, bullet["text"]
        if text or row["kind"] == "rule":
            cell = tuple(row["cell"]) if row.get("cell") else None
            lines.append(DocumentLine(**{**row, "number": len(lines) + 1, "text": text, "cell": cell}))
    if not any(re.search(r"\w", line.text) for line in lines if line.kind != "margin"):
        raise Unreadable("There is no text in this document. Choose another file, or paste the text.")
    if len(lines) > MAX_LINES or sum(len(line.text) for line in lines) > MAX_CHARACTERS:
        raise Unreadable(TOO_LONG)
    return lines
