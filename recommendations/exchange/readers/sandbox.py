"""Read a document or a spreadsheet in a child process with limited time and memory.

A hostile file can at worst crash the child: nothing that parses it runs in the web server's process.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from recommendations.exchange.readers.errors import TOO_COMPLICATED, Unreadable

type Upload = UploadedFile[Any]
SECONDS = 25  # wall-clock time, below a web worker's 30; the child limits its own processor time (child.py)
ROOT = Path(__file__).resolve().parents[3]
CHILD = "recommendations.exchange.readers.child"


def read(
    reader: str, data: bytes | Upload, *vocabulary: Callable[..., object], refusal: str = TOO_COMPLICATED
) -> list[dict[str, Any]]:
    """Return the rows (kind, text, level, mark, cell, rows) or sheets that the named reader finds.

    An upload on disk is read by the child directly. `vocabulary` are functions that interpret headings, which the child
    imports by name. Raises Unreadable, with `refusal` if the child ran out of time or memory, or crashed.
    """
    names = [f"{each.__module__}:{each.__name__}" for each in vocabulary]
    try:
        with _child_input(data) as given:
            done = subprocess.run(
                [sys.executable, "-E", "-s", "-m", CHILD, reader, *names],
                **given,
                capture_output=True,
                cwd=ROOT,
                env={"LC_ALL": "C.UTF-8"},
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(refusal) from error
    try:
        answer = json.loads(done.stdout) if done.returncode == 0 else {}
    except ValueError:
        answer = {}
    if "rows" not in answer:
        raise Unreadable(answer.get("unreadable", refusal))
    rows: list[dict[str, Any]] = answer["rows"]
    return rows


def read_text(file: bytes | Upload) -> tuple[str, bool]:
    """Return the text of any file, "" if none can be read, and whether that is all that the file says."""
    try:
        [row] = read("words", file)
    except Unreadable:
        return "", False
    return row["text"], row["is_whole"]


@contextmanager
def _child_input(data: bytes | Upload) -> Iterator[dict[str, Any]]:
    """Yield the child's input as arguments of subprocess.run: bytes, or a file opened for reading."""
    if isinstance(data, bytes):
        yield {"input": data}
    elif isinstance(data, TemporaryUploadedFile):
        with open(data.temporary_file_path(), "rb") as file:
            yield {"stdin": file}
    else:
        data.seek(0)
        yield {"input": data.read()}
