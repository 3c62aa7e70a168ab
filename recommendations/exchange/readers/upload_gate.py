"""The check that every uploaded file must pass: its content matches its name, and the virus scanner accepts it."""

import io
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile

from recommendations.exchange.readers import package, sandbox
from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.sandbox import Upload
from recommendations.exchange.readers.scanner import scan
from recommendations.exchange.readers.text import looks_binary

PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
PROGRAM = "This file is a program, whatever its name says. It is not taken."
NOT_ITS_NAME = "This file's name ends in {suffix} but it is not {article}. Check the file, and choose another."
# Types of documents, and further types that can be attached to records.
DOCUMENTS = {".pdf": "a PDF", ".docx": "a Word document", ".txt": "text"}
ATTACHED = DOCUMENTS | {
    ".xlsx": "a spreadsheet",
    ".pptx": "a presentation",
    ".csv": "text",
    ".png": "a PNG picture",
    ".jpg": "a JPEG picture",
    ".jpeg": "a JPEG picture",
}
NOT_TAKEN = (
    "Files of this kind cannot be attached. Attach a PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), text "
    "(.txt or .csv) or picture (.png or .jpg)."
)
PACKAGES: dict[str, Callable[[bytes], bool]] = {
    ".docx": package.is_document,
    ".xlsx": package.is_workbook,
    ".pptx": package.is_presentation,
}
BEGINNINGS = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
BEGINNINGS |= dict.fromkeys(PACKAGES, b"PK\x03\x04")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
OLD = "This is an old Word document, or one with a password. Open it in Word, save it as .docx and choose that."
END_OF_ZIP, NEAR_THE_END = b"PK\x05\x06", 70_000
HEAD = 4 * 1024 * 1024  # bytes of a text file that are checked for being text


def problem_of(content: bytes | Upload, name: str, kinds: dict[str, str] = DOCUMENTS) -> str:
    """Return what is wrong with an uploaded file, or "". An upload is read in chunks.

    Files not of these `kinds` are checked only for programs and by the scanner: sheets and web pages are read and not
    stored, and their readers check the type.
    """
    file = upload_in_memory(content, name) if isinstance(content, bytes) else content
    problem = _refusal_of_content(file, PurePath(name.lower()).suffix, kinds) or _scan_refusal(file)
    file.seek(0)
    return problem


def problem_of_attached(file: Upload, name: str) -> str:
    """Return the same for a file to be attached to a record, which must be of a type in ATTACHED."""
    if PurePath(name.lower()).suffix not in ATTACHED:
        return NOT_TAKEN
    return problem_of(file, name, ATTACHED)


def upload_in_memory(content: bytes, name: str) -> Upload:
    """Return bytes as an upload."""
    return InMemoryUploadedFile(io.BytesIO(content), None, name, "", len(content), None)


def _refusal_of_content(file: Upload, suffix: str, kinds: dict[str, str]) -> str:
    head = _read_bytes(file, 0, HEAD)
    if head.startswith(PROGRAMS):
        return PROGRAM
    if not head:
        return ""
    if suffix == ".docx" and head.startswith(OLD_OFFICE):
        return OLD
    if suffix in kinds and not _begins_as(file, head, suffix):
        return NOT_ITS_NAME.format(suffix=suffix, article=kinds[suffix])
    return _refusal_of_package(file, PACKAGES[suffix]) if suffix in kinds and suffix in PACKAGES else ""


def _begins_as(file: Upload, head: bytes, suffix: str) -> bool:
    if suffix in BEGINNINGS:
        is_pdf = suffix == ".pdf"
        also_zip = is_pdf and END_OF_ZIP in _read_bytes(file, max((file.size or 0) - NEAR_THE_END, 0), NEAR_THE_END)
        return head.startswith(BEGINNINGS[suffix]) and not also_zip
    # only whole lines of a longer text: the part that was read may end within a character
    return not looks_binary(head if len(head) < HEAD else head[: head.rfind(b"\n") + 1])


def _read_bytes(file: Upload, start: int, most: int) -> bytes:
    file.seek(start)
    found: bytes = file.read(most)
    return found


def _refusal_of_package(file: Upload, is_main: Callable[[bytes], bool]) -> str:
    try:
        sandbox.read("package", file, is_main)
    except Unreadable as wrong:
        return str(wrong)
    return ""


def _scan_refusal(file: Upload) -> str:
    file.seek(0)
    opened: Any = file
    return scan(opened).refusal
