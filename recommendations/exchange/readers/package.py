"""Check a Word, Excel or PowerPoint file as a package, in the child process: its type, and no executable parts."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from recommendations.exchange.readers.errors import Unreadable

MOST_PARTS, MOST_BYTES = 5_000, 400 * 1024 * 1024  # when unpacked
TYPES = "[content_types].xml"
MACROS = "This file has macros in it. Open it, save it without macros as .docx and bring that in."
MACROS_OTHER = "This file has macros in it. Open it, save it without macros and choose that."
PROGRAM = "This file carries a program in it ({name}). Remove it, save the file and bring it in again."
DAMAGED = "This file is damaged, or it is not what its name says. Open it, save it again and bring that in."
TOO_BIG = "This file is far larger when it is unpacked than can be kept. Remove pictures and bring it in again."
RUNS = (".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".msi", ".hta", ".lnk")


def is_document(types: bytes) -> bool:
    """Whether a package with these types of parts is a Word document."""
    return b"wordprocessingml.document.main+xml" in types


def is_workbook(types: bytes) -> bool:
    """Whether a package with these types of parts is a workbook."""
    return b"spreadsheetml.sheet.main+xml" in types


def is_presentation(types: bytes) -> bool:
    """Whether a package with these types of parts is a presentation."""
    return b"presentationml.presentation.main+xml" in types


def rows(data: bytes, is_main: Callable[[bytes], bool] = is_document) -> list[dict[str, Any]]:
    """Return no rows for an acceptable file. Raises Unreadable with what is wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package, is_main)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Unreadable(DAMAGED) from None
    return []


def _check(package: zipfile.ZipFile, is_main: Callable[[bytes], bool]) -> None:
    macros = MACROS if is_main is is_document else MACROS_OTHER
    parts = {part.filename.casefold(): part for part in package.infolist()}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts.values()) > MOST_BYTES:
        raise Unreadable(TOO_BIG)
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name for name in parts):
        raise Unreadable(macros)
    if found := next((part.filename for name, part in parts.items() if name.endswith(RUNS)), None):
        raise Unreadable(PROGRAM.format(name=found[:80]))
    if TYPES not in parts or parts[TYPES].file_size > 1024 * 1024:
        raise Unreadable(DAMAGED)
    types = package.read(parts[TYPES])
    if b"macroenabled" in types.lower():
        raise Unreadable(macros)
    if not is_main(types):
        raise Unreadable(DAMAGED)
    _check_embedded(package, parts)


def _check_embedded(package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> None:
    """Refuse a program embedded under another name."""
    for name, part in parts.items():
        if "/embeddings/" in name or "/media/" in name:
            with package.open(part) as opened:
                if opened.read(2) == b"MZ":
                    raise Unreadable(PROGRAM.format(name=part.filename[:80]))
