"""Reads a document or a spreadsheet in a child process that is held to a limit of time and memory.

A hostile file can at worst end the child: nothing that it parses runs in the process that serves people.
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
SECONDS = 25  # by the clock, below the 30 of a web worker: the child's own limit is of processor time (child.py)
ROOT = Path(__file__).resolve().parents[3]
CHILD = "recommendations.exchange.readers.child"


def read(
    reader: str, data: bytes | Upload, *vocabulary: Callable[..., object], refusal: str = TOO_COMPLICATED
) -> list[dict[str, Any]]:
    """The rows (kind, text, level, mark, cell, rows) or the sheets that the named reader finds in the bytes, or in an
    upload, which the child reads itself where it is on the disk.

    `vocabulary` are functions that tell it what the words of a heading mean: the child finds them by their names.

    Raises Unreadable, with the refusal given where the child ran out of time or memory, or died.
    """
    names = [f"{each.__module__}:{each.__name__}" for each in vocabulary]
    try:
        with _given(data) as given:
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


@contextmanager
def _given(data: bytes | Upload) -> Iterator[dict[str, Any]]:
    """What the child is given: bytes, or a file on the disk that it can read and not write."""
    if isinstance(data, bytes):
        yield {"input": data}
    elif isinstance(data, TemporaryUploadedFile):
        with open(data.temporary_file_path(), "rb") as file:
            yield {"stdin": file}
    else:
        data.seek(0)
        yield {"input": data.read()}
