"""The gate that every file from outside passes: it is what its name says, and the scanner lets it through."""

from pathlib import PurePath

from recommendations.exchange.readers import sandbox
from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.scanner import scan
from recommendations.exchange.readers.text import looks_binary

PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
PROGRAM = "This file is a program, whatever its name says. It is not taken."
NOT_ITS_NAME = "This file's name ends in {suffix} but it is not {article}. Check the file, and choose another."
ARTICLES = {".pdf": "a PDF", ".docx": "a Word document", ".txt": "text"}
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
OLD = "This is an old Word document, or one with a password. Open it in Word, save it as .docx and choose that."


def problem_of(content: bytes, name: str) -> str:
    """What is wrong with a file from outside; empty for one that may go on.

    Sheets and web pages are read and not kept: their readers say what they are.
    """
    return _of_content(content, PurePath(name.lower()).suffix) or scan(content).refusal


def _of_content(content: bytes, suffix: str) -> str:
    if content.startswith(PROGRAMS):
        return PROGRAM
    if not content:
        return ""
    if suffix == ".docx" and content.startswith(OLD_OFFICE):
        return OLD
    if suffix in ARTICLES and not _begins_as(content, suffix):
        return NOT_ITS_NAME.format(suffix=suffix, article=ARTICLES[suffix])
    return _of_package(content) if suffix == ".docx" else ""


def _begins_as(content: bytes, suffix: str) -> bool:
    if suffix == ".docx":
        return content.startswith(b"PK\x03\x04")
    if suffix == ".pdf":
        return content.startswith(b"%PDF-") and b"PK\x05\x06" not in content[-70_000:]
    return not looks_binary(content)


def _of_package(content: bytes) -> str:
    try:
        sandbox.read("package", content)
    except Unreadable as wrong:
        return str(wrong)
    return ""
