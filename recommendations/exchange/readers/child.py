"""The child process of sandbox.py: bytes on standard input; rows, or a reason for none, as JSON on standard output."""

import codecs
import json
import os
import resource
import sys
from importlib import import_module
from pathlib import Path

from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.system_calls import refuse_system_calls

READERS = {name: name for name in ("docx", "pdf", "html", "plain", "package", "words")}
READERS |= {"xlsx": "spreadsheets.xlsx", "csv": "spreadsheets.csv", "cells": "spreadsheets.plain_cells"}
MEMORY = 300 * 1024 * 1024
CPU_SECONDS = 7
STANDARD = 3  # descriptors: input, output and error
LATE = ("heapq", "bisect", "string", "unicodedata", "stringprep", "decimal", "lzma", "bz2", "zlib", "copy", "warnings")
ENCODINGS = ("cp437", "cp1252", "latin-1", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "ascii", "idna")


def main() -> None:
    module = import_module(f"recommendations.exchange.readers.{READERS[sys.argv[1]]}")
    vocabulary = [getattr(import_module(path), name) for path, name in (each.split(":") for each in sys.argv[2:])]
    _limit()
    _close_doors()
    refuse_system_calls()
    try:
        answer = {"rows": module.rows(sys.stdin.buffer.read(), *vocabulary)}
    except Unreadable as refused:
        answer = {"unreadable": str(refused)}
    except (MemoryError, RecursionError):
        answer = {}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    """Limit the process to its initial memory plus 300 MB, with no files written and no processes started."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    memory = pages * resource.getpagesize() + MEMORY
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def _close_doors() -> None:
    """From here on no file, socket or pipe can be opened, and only the three standard ones are open.

    A limit of no descriptors leaves those open that are, and lets none be opened in the place of one that is closed.
    """
    for name in ENCODINGS:  # otherwise they, and these modules, would be loaded from files later
        codecs.lookup(name)
    for name in LATE:
        import_module(name)
    os.environ.clear()
    os.closerange(STANDARD, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    for limit in (resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE):
        resource.setrlimit(limit, (0, 0))


if __name__ == "__main__":
    main()
