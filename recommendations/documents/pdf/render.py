"""Renders a document as HTML and as a PDF/UA-1 file, papers also as PDF/A-3a. A child process (child.py) makes the PDF.
The input is a frozen `Document`; the result is `Rendered`, the bytes with the HTML, which tests read.
The same document always produces the same bytes: its date is its own, not the clock's.
"""

import base64
import datetime
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.db import connections
from django.template.loader import render_to_string

from recommendations.documents.pdf.waiting import FOLDER, WaitingChild
from recommendations.domain.writing.refusals import RenderFailed

CHILD = Path(__file__).with_name("child.py")
ROOT = Path(__file__).resolve().parents[3]
FONTS_CONF = ROOT / "static/documents/fonts.conf"
SECONDS = 60
MEMORY = 2**31  # 2,000 recommendations take half of it
WITHOUT_GLYPH = "Without a glyph: "  # the prefix that child.py uses
TIMED_OUT = (-signal.SIGXCPU, -signal.SIGALRM)
OUT_OF_MEMORY = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGTRAP, -signal.SIGKILL)
waiting: dict[tuple[int, int], WaitingChild] = {}  # by their limits, seconds and bytes
NO_MEMORY_LEFT = ("MemoryError", "lost sys.stderr")  # the second: too little even to report it


@dataclass(frozen=True, kw_only=True)
class EmbeddedFile:
    """A file embedded in a PDF. `created_at` is a UTC moment that belongs to its content, not the clock's."""

    name: str
    media_type: str
    description: str
    created_at: datetime.datetime
    content: bytes

    @property
    def for_child(self) -> dict[str, str]:
        """The file as a dict for JSON."""
        content = base64.b64encode(self.content).decode()
        return vars(self) | {"created_at": self.created_at.isoformat(), "content": content}


@dataclass(frozen=True, kw_only=True)
class Document:
    """What all documents have. `stylesheets` are names in static/documents/.
    `created_at` (UTC) becomes the file's creation date. The template gets the object as `document`.
    """

    template: str
    stylesheets: tuple[str, ...]
    title: str
    author: str
    created_at: datetime.datetime
    language: str = "en-GB"
    archive: ClassVar[bool] = False  # whether its file is PDF/A-3a besides PDF/UA-1

    @property
    def attachments(self) -> tuple[EmbeddedFile, ...]:
        """The files to embed, which only an archive has. Made anew on each access."""
        return ()


@dataclass(frozen=True)
class Rendered:
    """`coded` are the characters that no font has: the PDF prints their codes, "[U+2713 check mark]"."""

    html: str
    pdf: bytes
    coded: tuple[str, ...] = ()


def render(document: Document, *, seconds: int = SECONDS) -> Rendered:
    """Render the document as HTML and PDF. Raises RenderFailed; RuntimeError if a transaction is open.
    `seconds` limits the child process: in a request, to few.
    """
    refuse_in_transaction()
    html = render_to_string(document.template, {"document": document})
    pdf, said = _render_in_child(work_of(document, html), seconds, MEMORY)
    return Rendered(html=html, pdf=pdf, coded=_missing_glyphs(said))


def refuse_in_transaction() -> None:
    """Raise RuntimeError inside a transaction: rendering may take a minute, too long to hold a lock. Tests' own
    do not count."""
    for connection in connections.all(initialized_only=True):
        if connection.in_atomic_block and not connection.atomic_blocks[-1]._from_testcase:  # type: ignore[attr-defined]  # private
            raise RuntimeError("A document is rendered outside transactions.")


def press(html: str, stylesheets: tuple[str, ...], *, seconds: int = SECONDS, memory: int = MEMORY) -> bytes:
    """The PDF of `html`, made in a child process limited to `seconds` and `memory` bytes."""
    work = json.dumps({"html": html, "stylesheets": stylesheets}).encode()
    return _render_in_child(work, seconds, memory)[0]


def work_of(document: Document, html: str) -> bytes:
    """The child's input for a document whose rendered HTML is `html`."""
    work: dict[str, object] = {"html": html, "stylesheets": document.stylesheets}
    if document.archive:
        work |= {"archive": True, "attachments": [each.for_child for each in document.attachments]}
    return json.dumps(work).encode()


@contextmanager
def keep_waiting(seconds: int, memory: int = MEMORY) -> Iterator[None]:
    """Keep a child waiting for the next document with these limits, and a new one after each (waiting.py)."""
    _start_waiting(seconds, memory)
    try:
        yield
    finally:
        waiting.pop((seconds, memory)).end()


def _start_waiting(seconds: int, memory: int) -> None:
    waiting[seconds, memory] = WaitingChild(_command(seconds, memory), _environment)


def _render_in_child(work: bytes, seconds: int, memory: int) -> tuple[bytes, str]:
    """The PDF, and the child's stderr."""
    try:
        child = _run_child(work, seconds, memory)
    except subprocess.TimeoutExpired:
        raise RenderFailed(_too_long(seconds)) from None
    if child.returncode == 0:
        return child.stdout, child.stderr.decode(errors="replace")
    raise RenderFailed(_reason(child, seconds, memory))


def _run_child(work: bytes, seconds: int, memory: int) -> subprocess.CompletedProcess[bytes]:
    """Run a child, a waiting one if there is one, until it ends. Raises TimeoutExpired."""
    waited = waiting.pop((seconds, memory), None)
    if waited is None:
        command = _command(seconds, memory)
        with tempfile.TemporaryDirectory(prefix=FOLDER) as folder:
            env = _environment(folder)
            return subprocess.run(command, input=work, capture_output=True, timeout=seconds, env=env, check=False)
    try:
        if waited.is_alive:
            return waited.run(work, seconds=seconds)
        waited.end()
        return _run_child(work, seconds, memory)
    finally:
        _start_waiting(seconds, memory)


def _command(seconds: int, memory: int) -> list[str]:
    return [sys.executable, "-P", "-s", str(CHILD), str(seconds), str(memory)]


def _missing_glyphs(stderr: str) -> tuple[str, ...]:
    lines = [line for line in stderr.splitlines() if line.startswith(WITHOUT_GLYPH)]
    return tuple(json.loads(lines[-1].removeprefix(WITHOUT_GLYPH))) if lines else ()


def _environment(folder: str) -> dict[str, str]:
    """The child's environment: only the path of ours, no secrets, no database. A fixed hash seed makes output
    reproducible."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "0",
        "HOME": folder,
        "TMPDIR": folder,
        "XDG_CACHE_HOME": folder,
        "FONTCONFIG_FILE": str(FONTS_CONF),
    }


def _reason(child: subprocess.CompletedProcess[bytes], seconds: int, memory: int) -> str:
    """Why the child failed: a limit, or the last line of its stderr."""
    if child.returncode in TIMED_OUT:
        return _too_long(seconds)
    said = child.stderr.decode(errors="replace").strip().splitlines() or [""]
    if child.returncode in OUT_OF_MEMORY or said[-1].startswith(NO_MEMORY_LEFT):
        return f"The PDF needed more than {memory // 2**20:,} MB of memory, so it was not made."
    return f"The PDF was not made. {said[-1]}".strip()


def _too_long(seconds: int) -> str:
    return f"The PDF took longer than {seconds} seconds, so it was not made."
